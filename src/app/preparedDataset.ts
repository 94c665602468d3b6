/**
 * A dataset as it will be kept: its file, and what its row says. Made where the file is read (`platform/workers`), for it takes
 * as long as that.
 */
import { baselineId, datasetResults } from '../core/analysis/datasetResults.ts';
import { isRecording } from '../core/data/dataset.ts';
import type { Behaviour, Dataset, FileReport, Source } from '../core/data/dataset.ts';
import { encodeDataset } from '../core/data/datasetFile.ts';
import type { Imported } from '../core/data/importDataset.ts';
import { LabError } from '../core/errors.ts';
import type { LinearAlgebra } from '../core/math/linear/linearAlgebra.ts';
import type { DatasetRow } from './ports.ts';

export type PreparedDataset = {
  readonly row: Omit<DatasetRow, 'id' | 'importedAt' | 'appVersion'>;
  /** see datasetFile.ts */
  readonly file: Uint8Array<ArrayBuffer>;
  /** of a folder */
  readonly files?: readonly FileReport[];
};

/** What came of a file: as `Imported`, but ready to be kept. */
export type Read =
  Exclude<Imported, { kind: 'dataset' }> | { kind: 'dataset'; prepared: PreparedDataset; tree?: string };

type Tools = {
  sha256: (bytes: Uint8Array) => string;
  /** null: what a recording says about itself takes too long to be computed along the way */
  linear: LinearAlgebra | null;
};

/** So much a file of the workspace holds, since Node reads no more at once. */
const mostBytes = 2 ** 31 - 1;

/** Throws LabError `data.size`. */
export function prepareDataset(dataset: Dataset, { sha256, linear }: Tools): PreparedDataset {
  requireRoom(dataset);
  const [neurons, steps, conditions] = dataset.activity.shape as [number, number, number];
  const results = linear === null ? [] : datasetResults(dataset, linear);
  const value = (id: string): number | null => results.find((r) => r.id === id)?.value ?? null;
  const contentSha256 = sha256(encodeDataset(withoutOrigin(dataset)));
  return {
    row: {
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
    },
    file: encodeDataset(dataset),
    ...(dataset.files ? { files: dataset.files } : {}),
  };
}

/** About how many operations `prepareDataset` takes where it computes what a recording says about itself. */
export function preparationCost({ activity }: Pick<Dataset, 'activity'>): number {
  const [neurons, steps, conditions] = activity.shape;
  return 4 * neurons ** 2 * steps * conditions + 20 * neurons ** 3;
}

function requireRoom({ name, activity, singleTrials = [] }: Dataset): void {
  const bytes = singleTrials.reduce((sum, trial) => sum + trial.activity.data.byteLength, activity.data.byteLength);
  if (bytes <= mostBytes) return;
  throw new LabError(
    'data.size',
    `Keeping "${name}": expected 2 GiB of activity at most, found ${(bytes / 2 ** 30).toFixed(1)} GiB. Take longer steps, fewer neurons or trials, or float32 numbers.`,
  );
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

function describeBehaviour({ name, labels, timeMs, source }: Behaviour): NonNullable<DatasetRow['behaviour']> {
  return { name, labels, steps: timeMs.length, fromMs: timeMs[0], toMs: timeMs.at(-1)!, source };
}
