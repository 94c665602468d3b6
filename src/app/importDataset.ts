/** File → Dataset, kept in the workspace. */
import { baselineId, datasetResults } from '../core/analysis/datasetResults.ts';
import { isRecording, nothingSaid } from '../core/data/dataset.ts';
import type { Behaviour, Dataset, Source } from '../core/data/dataset.ts';
import { encodeDataset } from '../core/data/datasetFile.ts';
import { importDataset as readDataset } from '../core/data/importDataset.ts';
import { LabError } from '../core/errors.ts';
import type { Imported } from '../core/data/importDataset.ts';
import { asLastTime } from '../core/data/layouts/guessMapping.ts';
import type { DatasetSummary, ImportReply } from './contract.ts';
import type { DatasetId, FileToRead } from './plan.ts';
import type { DatasetRow, MappingRow, Ports, ReadProgress } from './ports.ts';

type Needs = Pick<Ports, 'store' | 'workspace' | 'machine'>;
type NeedsReaders = Needs & Pick<Ports, 'readers'>;

/** Who asked for an import hears how far it is, and may stop it. */
export type Watch = {
  tell?: (progress: ReadProgress) => void;
  begun?: (cancel: () => void) => void;
  /** spikes are looked at before they are imported */
  stayOpen?: boolean;
};

/**
 * A dataset with the same content is given back as it is; nothing is stored when anything goes wrong. behaviour: a second
 * file, whose behaviour is added to the recording before it is stored.
 */
export async function importDataset(
  { behaviour, ...recording }: FileToRead & { behaviour?: FileToRead | undefined },
  ports: NeedsReaders,
  watch: Watch = {},
): Promise<ImportReply> {
  const read = await readFile(recording, null, ports, watch);
  if (read.kind === 'question') return askAbout('activity', recording, read, ports);
  if (read.kind === 'spikes') return { kind: 'spikes', spikes: { path: recording.path, ...read.spikes } };
  remember('activity', recording, read, ports);
  if (behaviour) return addTo(read.dataset, behaviour, [recording.path, behaviour.path], ports, watch);
  return kept(read.dataset, [recording.path], ports);
}

/** A new dataset: the one given with the behaviour of another file. */
export async function addBehaviour(
  id: DatasetId,
  file: FileToRead,
  ports: NeedsReaders,
  watch: Watch = {},
): Promise<ImportReply> {
  const about = ports.store.datasets.get(id)?.about;
  const dataset = { ...(await ports.workspace.readDataset(id)), ...(about ? { about } : {}) };
  return addTo(dataset, file, [file.path], ports, watch);
}

async function addTo(
  dataset: Dataset,
  file: FileToRead,
  paths: string[],
  ports: NeedsReaders,
  watch: Watch,
): Promise<ImportReply> {
  const read = await readFile(file, dataset, ports, watch);
  if (read.kind === 'spikes') throw new Error('Spikes are no behaviour.');
  if (read.kind === 'question') return askAbout('behaviour', file, read, ports);
  remember('behaviour', file, read, ports);
  return kept(read.dataset, paths, ports);
}

function readFile(
  { path, mapping, units, rates, table }: FileToRead,
  into: Dataset | null,
  { readers }: NeedsReaders,
  { tell, begun, stayOpen }: Watch,
): Promise<Imported> {
  const { result, cancel } = readers.read({ path, mapping, units, rates, table, into, stayOpen }, tell);
  begun?.(cancel);
  return result;
}

function askAbout(
  of: MappingRow['of'],
  { path }: FileToRead,
  { question, tree }: Extract<Imported, { kind: 'question' }>,
  { store, machine }: Needs,
): ImportReply {
  const row = store.mappings.last(of, machine.sha256(tree));
  const last = row && { mapping: asLastTime(row.mapping, question), file: row.file, at: row.givenAt };
  return { kind: 'question', question: { path, of, ...question, last } };
}

/** The next file that is built alike is asked about with this answer filled in. */
function remember(
  of: MappingRow['of'],
  { path, mapping }: FileToRead,
  { tree }: Extract<Imported, { kind: 'dataset' }>,
  { store, machine }: Needs,
): void {
  if (!mapping || tree === undefined) return;
  const file = path.split(/[\\/]/).at(-1)!;
  store.mappings.remember({ of, tree: machine.sha256(tree), mapping, file, givenAt: machine.now() });
}

/** For whoever imports without asking. */
export function requireRates(path: string): never {
  throw new LabError(
    'data.rates',
    `Importing "${path}": it holds spikes, and how they become rates has to be said. Give "rates" (lrlab import ${path} prints a suggestion), or "suggested" to take that.`,
  );
}

/** paths: of the files read, which are forgotten where they were uploaded */
async function kept(dataset: Dataset, paths: string[], ports: Needs): Promise<ImportReply> {
  const { row, keep } = identified(dataset, ports);
  await keep();
  for (const path of paths) await ports.workspace.discardUpload(path);
  return { kind: 'dataset', dataset: summaryOf(row), ...(dataset.files ? { files: dataset.files } : {}) };
}

/** The bundled sample is known to be sound: it is read here. */
export async function importSample(ports: Needs): Promise<DatasetSummary> {
  const { bytes, path, sha256 } = await ports.workspace.readUserFile(ports.workspace.sampleFile);
  const read = readDataset(bytes, { path, sha256, bytes: bytes.length });
  if (read.kind !== 'dataset') throw new Error('The bundled sample is not recognised.');
  const { row, keep } = identified(read.dataset, ports);
  await keep();
  return summaryOf(row);
}

/** Conditions and times of a task that is trained without a recording. `keep` stores them; until then nothing is. */
export function taskAlone(
  dataset: Dataset,
  ports: Needs,
): { id: DatasetId; dataset: Dataset; keep: () => Promise<void> } {
  const sha256 = ports.machine.sha256(encodeDataset(dataset));
  const { row, keep } = identified({ ...dataset, source: { ...dataset.source, sha256 } }, ports);
  return { id: row.id, dataset, keep };
}

/** The dataset's row, that of its equal where there is one. `keep` stores it, unless it is there. */
function identified(dataset: Dataset, ports: Needs): { row: DatasetRow; keep: () => Promise<void> } {
  const contentSha256 = ports.machine.sha256(encodeDataset(withoutOrigin(dataset)));
  const known = ports.store.datasets.list().find((row) => row.contentSha256 === contentSha256);
  if (known) return { row: known, keep: () => Promise.resolve() };
  const row = describe(dataset, contentSha256, ports);
  return {
    row,
    async keep() {
      await ports.workspace.writeDataset(row.id, dataset);
      ports.store.datasets.insert(row);
    },
  };
}

/** What numbers depend on: the same arrays under another name or path are the same data. A task alone has its name. */
function withoutOrigin(dataset: Dataset): Dataset {
  const name = isRecording(dataset) ? '' : dataset.name;
  const { files: _, origin: __, about: ___, ...numbers } = dataset;
  const { behaviour } = numbers;
  return {
    ...numbers,
    name,
    source: nowhere,
    ...(behaviour ? { behaviour: { ...behaviour, source: nowhere } } : {}),
  };
}

const nowhere: Source = { path: '', sha256: '', bytes: 0, format: '', layout: '' };

function describe(dataset: Dataset, contentSha256: string, { machine }: Needs): DatasetRow {
  const [neurons, steps, conditions] = dataset.activity.shape as [number, number, number];
  const results = datasetResults(dataset);
  const value = (id: string): number | null => results.find((r) => r.id === id)?.value ?? null;
  return {
    id: machine.newId() as DatasetId,
    contentSha256,
    name: dataset.name,
    simulated: dataset.simulated,
    neurons,
    steps,
    conditions,
    fromMs: dataset.timeMs[0],
    toMs: dataset.timeMs[steps - 1],
    alignment: dataset.alignment,
    kinematics: Object.keys(dataset.kinematics),
    ...(dataset.behaviour ? { behaviour: describeBehaviour(dataset.behaviour) } : {}),
    participationRatio: value('participationRatio'),
    crossConditionAverage: value(baselineId),
    source: dataset.source,
    ...(dataset.origin ? { origin: dataset.origin } : {}),
    ...(dataset.about ? { about: dataset.about } : {}),
    importedAt: machine.now(),
    appVersion: machine.appVersion,
  };
}

function describeBehaviour({ name, labels, timeMs, source }: Behaviour): NonNullable<DatasetRow['behaviour']> {
  return { name, labels, steps: timeMs.length, fromMs: timeMs[0], toMs: timeMs.at(-1)!, source };
}

export function summaryOf({ contentSha256: _, ...row }: DatasetRow): DatasetSummary {
  const { behaviour = null, about = nothingSaid, origin = null, appVersion = null } = row;
  return { ...row, behaviour, about, origin, appVersion };
}
