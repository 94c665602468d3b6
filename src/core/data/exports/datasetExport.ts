/**
 * A Dataset on its way out: named arrays, and a description as JSON. Together they are all of it, so that what is exported
 * comes back the same; see layouts/exported.ts.
 */
import { tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { Behaviour, Dataset, DatasetAbout, Source } from '../dataset.ts';
import { singleTrialArrays } from '../singleTrialsFile.ts';

/** What is known of a dataset beside its content. */
export type ExportFacts = {
  readonly about: DatasetAbout;
  /** ms since 1970 */
  readonly importedAt: number;
  readonly contentSha256: string;
  readonly appVersion: string;
};

/** The name of the description in a file, by which exports are known. */
export const descriptionKey = 'lrlab_dataset';
export const descriptionVersion = 1;

export type Description = Pick<
  Dataset,
  'name' | 'simulated' | 'alignment' | 'conditions' | 'neuronNames' | 'files' | 'source'
> & {
  readonly version: number;
  readonly about: DatasetAbout;
  readonly behaviour?: Pick<Behaviour, 'name' | 'labels' | 'source'>;
  readonly trialsStart?: number;
  readonly importedAt: string;
  readonly contentSha256: string;
  readonly exportedBy: string;
};

export function descriptionOf(dataset: Dataset, { about, importedAt, contentSha256, appVersion }: ExportFacts): string {
  const { name, simulated, alignment, conditions, neuronNames, files, behaviour, trials } = dataset;
  const description: Description = {
    version: descriptionVersion,
    name,
    simulated,
    alignment,
    conditions,
    ...(neuronNames ? { neuronNames } : {}),
    about,
    source: withoutFolder(dataset.origin ?? dataset.source),
    ...(behaviour
      ? { behaviour: { name: behaviour.name, labels: behaviour.labels, source: withoutFolder(behaviour.source) } }
      : {}),
    ...(trials ? { trialsStart: trials.start } : {}),
    ...(files ? { files } : {}),
    importedAt: new Date(importedAt).toISOString(),
    contentSha256,
    exportedBy: `Learning Rule Lab ${appVersion}`,
  };
  return JSON.stringify(description);
}

/** Folders of this machine are nobody else's business. */
function withoutFolder(source: Source): Source {
  return { ...source, path: source.path.split(/[\\/]/).at(-1)! };
}

/** By name, axes as in Dataset. */
export function arraysOfDataset(dataset: Dataset): Record<string, Tensor> {
  const { activity, timeMs, kinematics, behaviour, singleTrials, trials, facts } = dataset;
  const named = (prefix: string, tensors: Record<string, Tensor>): Record<string, Tensor> =>
    Object.fromEntries(Object.entries(tensors).map(([name, values]) => [`${prefix}.${name}`, values]));
  return {
    activity,
    time_ms: vector(timeMs),
    ...named('kinematics', kinematics),
    ...named('facts', facts),
    ...(behaviour ? named('behaviour', { values: behaviour.values, time_ms: vector(behaviour.timeMs) }) : {}),
    ...(singleTrials ? named('single_trials', singleTrialArrays(singleTrials)) : {}),
    ...(trials ? named('trials', { input: trials.input, target: trials.target, mask: trials.mask }) : {}),
  };
}

const vector = (data: Float64Array): Tensor => tensor([data.length], data);
