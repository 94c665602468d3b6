/** File → Dataset, or the one question that has to be answered first. */
import { LabError } from '../errors.ts';
import type { Floats } from '../math/tensor.ts';
import type { Dataset, Source } from './dataset.ts';
import type { FileValue, Format, OpenFile } from './formats/format.ts';
import { formatOf, formats } from './formats/index.ts';
import { readFitting } from './formats/readFitting.ts';
import type { Fitting } from './formats/readFitting.ts';
import { asSource } from './formats/source.ts';
import type { ByteSource } from './formats/source.ts';
import type { Content, Layout } from './layouts/layout.ts';
import { exported } from './layouts/exported.ts';
import { mante2013 } from './layouts/mante2013.ts';
import { manteTrials } from './layouts/manteTrials.ts';
import { contentByMapping } from './layouts/mapped.ts';
import { contentByColumns } from './layouts/mappedTable.ts';
import { isTableMapping } from './layouts/mapping.ts';
import type { Mapping, Question } from './layouts/mapping.ts';
import { questionAbout } from './layouts/mappingQuestion.ts';
import { behaviourLayouts } from './layouts/behaviourLayouts.ts';
import { reaching } from './layouts/reaching.ts';
import { sussillo2015 } from './layouts/sussillo2015.ts';
import { longTable, wideTable } from './layouts/tables.ts';
import { treeSignature } from './layouts/treeSignature.ts';
import { averageUnit } from './rawMante/averageUnit.ts';
import type { UnitOptions } from './rawMante/options.ts';
import { isUnit } from './rawMante/unit.ts';
import { UnitFolder } from './rawMante/unitFolder.ts';
import { describeSpikes } from './spikes/describe.ts';
import type { SpikesSummary } from './spikes/describe.ts';
import type { RateOptions, ReadAs } from './spikes/rateOptions.ts';
import { ratesOf } from './spikes/rates.ts';
import type { SpikeRecording } from './spikes/recording.ts';
import { spikesIn } from './spikes/sources/index.ts';

const layouts: readonly Layout[] = [exported, reaching, mante2013, manteTrials, sussillo2015, longTable, wideTable];

export type FileFacts = Pick<Source, 'path' | 'sha256' | 'bytes'>;

/** tree: how the file is built (`treeSignature`), where a mapping is asked for or was given */
export type Imported =
  | { kind: 'dataset'; dataset: Dataset; tree?: string }
  | { kind: 'question'; question: Question; tree: string }
  /** spikes, which have to become rates first */
  | { kind: 'spikes'; spikes: SpikesSummary };

/**
 * rates: how spikes become rates; absent: they are described, and `keep` is given them. as: where the file leaves
 * something open, and the rates do not say.
 */
type SpikesWanted = {
  as?: ReadAs | undefined;
  rates?: RateOptions | 'suggested' | undefined;
  keep?: ((recording: SpikeRecording) => void) | undefined;
};

/**
 * A mapping given by the user counts more than spikes, and those more than a layout that is recognised. `among`: as in
 * `openFile`.
 */
export function importDataset(
  content: Uint8Array | ByteSource,
  file: FileFacts,
  mapping?: Mapping,
  among?: readonly Format[],
  { rates, as = {}, keep }: SpikesWanted = {},
): Imported {
  const { name, format, open } = opened(content, file, among);
  const found = mapping ? null : spikesIn(open, name, readAs(rates, as));
  if (found) {
    if (!rates) {
      keep?.(found.recording);
      return { kind: 'spikes', spikes: describeSpikes(found.recording) };
    }
    const options = rates === 'suggested' ? describeSpikes(found.recording).suggestion : rates;
    const { content: made } = ratesOf(found.recording, options);
    const layout = `${found.layout} ${JSON.stringify(options)}`;
    return { kind: 'dataset', dataset: { ...checked(made, name), source: { ...file, format, layout } } };
  }
  if (rates || as.table !== undefined || as.ticksPerSecond !== undefined) requireSpikes(name);
  const { value, leftOut } = readFitting(open);
  requireRecording(value, name);
  const layout = layouts.find((l) => l.recognises(value));
  const accept = (content: Content, layoutId: string): Dataset => ({
    ...checked(content, name),
    source: { ...file, format, layout: layoutId },
  });
  if (mapping) {
    const content = isTableMapping(mapping)
      ? contentByColumns(value, mapping, name)
      : contentByMapping(value, mapping, name);
    const dataset = accept(content, `mapping ${JSON.stringify(mapping)}`);
    return { kind: 'dataset', dataset, tree: treeSignature(format, value) };
  }
  const ask = (): Extract<Imported, { kind: 'question' }> => ({
    kind: 'question',
    question: withLeftOut(questionAbout(value, name), leftOut),
    tree: treeSignature(format, value),
  });
  if (layout) {
    try {
      return { kind: 'dataset', dataset: accept(layout.toContent(value, name), layout.id) };
    } catch (error) {
      if (!(error instanceof LabError && error.code === 'data.shape')) throw error;
      const asked = ask();
      const why = `${error.message} If it is another recording, say what is in it.`;
      return { ...asked, question: { ...asked.question, why } };
    }
  }
  requireActivity(value, name);
  return ask();
}

/** The user is told of arrays that were too large to be offered. */
function withLeftOut(question: Question, leftOut: Fitting['leftOut']): Question {
  if (leftOut.length === 0) return question;
  const told = leftOut.map(({ key, bytes }) => `${key} (${(bytes / 1024 ** 3).toFixed(1)} GiB)`).join(', ');
  return { ...question, why: `${question.why} Left out for their size: ${told}.` };
}

/** Files of a folder that are read as units, in the order in which they are. */
export const unitFiles = (files: readonly string[]): string[] =>
  files.filter((file) => file.toLowerCase().endsWith('.mat')).sort();

/**
 * A folder of single units, see rawMante/. files: `unitFiles`, each opened when it is its turn and let go after it; facts:
 * as of `datasetOfUnits`.
 */
export function importUnits(
  files: Iterable<{ file: string; sha256: string; read: () => FileValue }>,
  facts: FileFacts,
  options: UnitOptions,
): Dataset {
  const units = new UnitFolder(options);
  for (const { file, sha256, read } of files) {
    units.add(file, sha256, (sampling) => averageUnit(file, read, options, sampling));
  }
  return datasetOfUnits(units, facts, options);
}

/** facts: of the folder, its hash being that of the list of its files' names and hashes. Throws as `UnitFolder.finish`. */
export function datasetOfUnits(units: UnitFolder, { path, sha256, bytes }: FileFacts, options: UnitOptions): Dataset {
  const { files, ...content } = units.finish(lastPart(path));
  return {
    ...checked(content, lastPart(path)),
    source: { path, sha256, bytes, format: 'mat', layout: `mante2013-units ${JSON.stringify(options)}` },
    files,
  };
}

/**
 * What is in a file. among: the formats that it may have, as in `platform/formats` where there are more than the pure ones.
 * The format in the answer is its id.
 */
export function openFile(
  content: Uint8Array | ByteSource,
  file: FileFacts,
  among?: readonly Format[],
): { name: string; format: string; value: FileValue } {
  const { open, ...facts } = opened(content, file, among);
  return { ...facts, value: open.read() };
}

/** A file that is open, its numbers not yet read. */
function opened(
  content: Uint8Array | ByteSource,
  { path }: FileFacts,
  among: readonly Format[] = formats,
): { name: string; format: string; open: OpenFile } {
  const name = lastPart(path);
  const source = asSource(content);
  const format = formatOf(source, name, among);
  return { name, format: format.id, open: format.open(source, name) };
}

function requireSpikes(name: string): never {
  throw new LabError(
    'spikes.none',
    `Reading "${name}" as spikes: expected spike times of units and a table of trials, found none. Import it without options for rates, and the program says what it finds.`,
  );
}

const lastPart = (path: string): string => path.split(/[\\/]/).at(-1)!;

/** Behaviour in a file of its own, and one unit of many, are understood, but are no dataset. */
function requireActivity(value: FileValue, name: string): void {
  if (isUnit(value)) {
    throw new LabError(
      'data.unit',
      `Reading "${name}": expected condition averages of many neurons, found the trials of one (Mante et al. 2013). Import the folder that its file is in: "Import folder" on the page Datasets, or lrlab import FOLDER.`,
    );
  }
  const layout = behaviourLayouts.find((l) => l.recognises(value));
  if (!layout) return;
  const { name: what, values } = layout.toContent(value);
  throw new LabError(
    'data.behaviour',
    `Reading "${name}": expected activity of neurons, found ${what} (${values.shape.join(' × ')}), which belongs to a recording. Import the recording first, then add this file to it: "Add behaviour" on its page, or lrlab import RECORDING --behaviour ${name}.`,
  );
}

/** Published checkpoints look like any file of arrays, but hold a network, not a recording. */
function requireRecording(value: FileValue, name: string): void {
  if (!(value instanceof Map && value.has('model_state_dict'))) return;
  throw new LabError(
    'data.parameters',
    `Reading "${name}": expected a recording, found the parameters of a network. Repeat its training with "lrlab reproduce seed-exact", or choose a recording.`,
  );
}

function checked(content: Content, name: string): Content {
  const { shape, data } = content.activity;
  const [neurons, steps, conditions] = shape as [number, number, number];
  const enough = content.trials ? 0 : 1;
  if (neurons < enough || steps < 2 || conditions < 1) {
    throw new LabError(
      'data.empty',
      `Reading "${name}": expected at least 1 neuron, 2 steps and 1 condition, found ${shape.join(' × ')}.`,
    );
  }
  const bad = firstNotFinite(data);
  if (bad >= 0) {
    const [neuron, step] = [Math.floor(bad / (steps * conditions)), Math.floor(bad / conditions) % steps];
    const count = data.filter((v: number) => !Number.isFinite(v)).length;
    throw new LabError(
      'data.notFinite',
      `Reading "${name}": ${count} of ${data.length} values of the activity are not finite, the first at neuron ${neuron}, step ${step}, condition ${bad % conditions} (from 0). Fill or drop them first.`,
    );
  }
  for (const [signal, values] of Object.entries(content.kinematics)) {
    const at = firstNotFinite(values.data);
    if (at < 0) continue;
    throw new LabError(
      'data.notFinite',
      `Reading "${name}": ${signal} is not finite at step ${at % steps}, condition ${Math.floor(at / steps)} (from 0). A network cannot learn from it; fill it first.`,
    );
  }
  for (const [what, values] of Object.entries(content.trials ?? {})) {
    const at = typeof values === 'number' ? -1 : firstNotFinite(values.data);
    if (at < 0) continue;
    throw new LabError(
      'data.notFinite',
      `Reading "${name}": ${what} of the trials is not finite at value ${at}. A network cannot learn from it; fill it first.`,
    );
  }
  return content;
}

const firstNotFinite = (data: Floats): number => data.findIndex((v: number) => !Number.isFinite(v));

/** What the rates say counts more. */
function readAs(rates: RateOptions | 'suggested' | undefined, as: ReadAs): ReadAs {
  const said: ReadAs = rates === undefined || rates === 'suggested' ? {} : rates;
  return { table: said.table ?? as.table, ticksPerSecond: said.ticksPerSecond ?? as.ticksPerSecond };
}
