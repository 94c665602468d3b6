/**
 * A Dataset as HDF5 laid out as NWB 2 has it, written by the HDF5 library into its own memory. Where things lie is told in
 * core/data/exports/nwbContent.ts. Not checked by NWB's validator: condition averages have no start of a session, which NWB
 * asks for, so it is given as 1900 and the description says that it is unknown.
 *
 * The same dataset gives the same bytes: object ids come from a hash.
 */
import { createHash } from 'node:crypto';
import { LabError } from '../../core/errors.ts';
import type { Dataset } from '../../core/data/dataset.ts';
import { arraysOfDataset, descriptionKey, descriptionOf } from '../../core/data/exports/datasetExport.ts';
import type { ExportFacts } from '../../core/data/exports/datasetExport.ts';
import { nwbScratch, nwbSeries, scratchName } from '../../core/data/exports/nwbContent.ts';
import type { Tensor } from '../../core/math/tensor.ts';
import { loadLibrary } from './h5Module.ts';

/** The library has 4 GiB of memory, for the file and for what is on its way into it. */
const largest = 2 ** 30;
const unknownTime = '1900-01-01T00:00:00+00:00';

type Attributes = Record<string, string | number | readonly string[]>;
type Made = { create_attribute(name: string, data: unknown, shape?: number[] | null, dtype?: string | null): void };

let written = 0;

/** Throws LabError `export.large`. */
export async function nwbExport(dataset: Dataset, facts: ExportFacts): Promise<Uint8Array> {
  const arrays = arraysOfDataset(dataset);
  const bytes = Object.values(arrays).reduce((sum, { data }) => sum + data.byteLength, 0);
  if (bytes > largest) {
    throw new LabError(
      'export.large',
      `Exporting "${dataset.name}" as NWB: its ${(bytes / 2 ** 30).toFixed(1)} GiB of numbers are more than the 1 GiB that the HDF5 library writes here. Export it as npz.`,
    );
  }
  await loadLibrary();
  const h5 = await import('h5wasm');
  const { FS } = await h5.ready;
  const name = `export${written++}.nwb`;
  const file = new h5.File(name, 'w');
  try {
    write(file, dataset, arrays, facts);
  } finally {
    file.close();
  }
  try {
    return FS.readFile(name).slice();
  } finally {
    FS.unlink(name);
  }
}

type File = InstanceType<typeof import('h5wasm').File>;

function write(file: File, dataset: Dataset, arrays: Record<string, Tensor>, facts: ExportFacts): void {
  const { name, conditions, neuronNames, alignment } = dataset;
  const { about, contentSha256, appVersion } = facts;
  const about_ = (path: string, attributes: Attributes): void => {
    const made = file.get(path) as unknown as Made;
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === 'number' && Number.isInteger(value) && key === 'interval') {
        made.create_attribute(key, value, null, '<i4');
      } else if (typeof value === 'number') made.create_attribute(key, value, null, '<d');
      else made.create_attribute(key, value);
    }
  };
  const typed = (type: string, path: string, namespace = 'core'): Attributes => ({
    neurodata_type: type,
    namespace,
    object_id: idOf(`${contentSha256} ${path}`),
  });
  const group = (path: string, attributes: Attributes = {}): void => {
    file.create_group(path);
    about_(path, attributes);
  };
  const numbers = (path: string, { data, shape }: Tensor, attributes: Attributes = {}): void => {
    file.create_dataset({ name: path, data, shape: [...shape], dtype: data instanceof Float32Array ? '<f' : '<d' });
    about_(path, attributes);
  };
  const texts = (path: string, data: string | string[], attributes: Attributes = {}): void => {
    file.create_dataset({ name: path, data });
    about_(path, attributes);
  };

  const root = file as unknown as Made;
  const rootAttributes = { nwb_version: '2.7.0', ...typed('NWBFile', '/') };
  for (const [key, value] of Object.entries(rootAttributes)) root.create_attribute(key, value);
  texts('/identifier', contentSha256);
  texts(
    '/session_description',
    `${name}: averages over trials by condition, aligned to ${alignment}. When the session was recorded is unknown; 1900 stands for it.`,
  );
  texts('/session_start_time', unknownTime);
  texts('/timestamps_reference_time', unknownTime);
  texts('/file_create_date', [new Date(facts.importedAt).toISOString()]);
  for (const path of ['/acquisition', '/analysis', '/stimulus', '/stimulus/presentation', '/stimulus/templates']) {
    group(path);
  }
  group('/general');
  texts('/general/source_script', `Learning Rule Lab ${appVersion}`, { file_name: 'lrlab datasets export' });
  const notes = [about.notes, about.licence === '' ? '' : `Licence: ${about.licence}`].filter((text) => text !== '');
  if (notes.length > 0) texts('/general/notes', notes.join('\n'));
  if (about.citation !== '') texts('/general/related_publications', [about.citation]);

  const neurons = dataset.activity.shape[0];
  group('/units', { ...typed('Units', '/units'), description: 'The neurons', colnames: ['neuron_name'] });
  file.create_dataset({
    name: '/units/id',
    data: Int32Array.from({ length: neurons }, (_, n) => n),
    shape: [neurons],
    dtype: '<i',
  });
  about_('/units/id', typed('ElementIdentifiers', '/units/id', 'hdmf-common'));
  const names = neuronNames ?? Array.from({ length: neurons }, (_, n) => String(n));
  texts('/units/neuron_name', [...names], {
    ...typed('VectorData', '/units/neuron_name', 'hdmf-common'),
    description: 'What its file calls it, or its number',
  });

  group('/processing');
  group('/processing/ecephys', { ...typed('ProcessingModule', '/processing/ecephys'), description: 'Activity' });
  const series = nwbSeries(arrays, conditions.map(({ label }) => label)); // prettier-ignore
  if (series.some(({ path }) => path.startsWith('/processing/behavior/'))) {
    group('/processing/behavior', { ...typed('ProcessingModule', '/processing/behavior'), description: 'Behaviour' });
  }
  for (const { path, data, times, description } of series) {
    const { data: ms } = arrays[times];
    group(path, { ...typed('TimeSeries', path), description, comments: `Time 0 is ${alignment}` });
    numbers(`${path}/data`, data, { conversion: 1, offset: 0, resolution: -1, unit: 'not stated by the source' });
    numbers(`${path}/timestamps`, { shape: [ms.length], data: Float64Array.from(ms, (t) => t / 1000) }, { interval: 1, unit: 'seconds' }); // prettier-ignore
  }

  group('/scratch');
  for (const [of, values] of nwbScratch(arrays)) {
    const path = `/scratch/${scratchName(of)}`;
    numbers(path, values, { ...typed('ScratchData', path), notes: of });
  }
  texts(`/scratch/${descriptionKey}`, descriptionOf(dataset, facts), {
    ...typed('ScratchData', `/scratch/${descriptionKey}`),
    notes: 'Description of the dataset (JSON) for Learning Rule Lab',
  });
}

/** A UUID that belongs to the text alone. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((parseInt(hex[16], 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
