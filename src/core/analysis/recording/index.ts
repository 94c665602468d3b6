/** What is computed about a recording for its page, in parts, each on a worker thread and kept until its definition changes. */
import type { Dataset } from '../../data/dataset.ts';
import type { LinearAlgebra } from '../../math/linear/linearAlgebra.ts';
import { NumpyGenerator } from '../../math/random/numpyGenerator.ts';
import { LabError } from '../../errors.ts';
import { populationRate } from './populationRate.ts';
import type { PopulationRate } from './populationRate.ts';
import { recordingComponents } from './recordingComponents.ts';
import type { RecordingComponents } from './recordingComponents.ts';
import { recordingFacts } from './recordingFacts.ts';
import type { RecordingFacts } from './recordingFacts.ts';
import { splitHalfReliability } from './splitHalfReliability.ts';
import type { SplitHalf } from './splitHalfReliability.ts';

export type RecordingParts = {
  overview: {
    facts: RecordingFacts;
    rate: PopulationRate;
    axes: Pick<Dataset, 'alignment' | 'conditions' | 'neuronNames'> & {
      timeMs: readonly number[];
      files: number;
      /** on steps of its own; null: none was added */
      behaviour: { readonly name: string; readonly signals: number; readonly steps: number } | null;
    };
  };
  components: RecordingComponents;
  reliability: SplitHalf;
};
export type RecordingPart = keyof RecordingParts;

/** Raised whenever the same recording would give other numbers. */
export const partVersions: Readonly<Record<RecordingPart, number>> = { overview: 2, components: 1, reliability: 1 };

const splits = { draws: 20, seed: 1 };

/** Throws LabError `recording.trials` for the reliability of averages alone. */
export const recordingParts: {
  readonly [P in RecordingPart]: (dataset: Dataset, linear?: LinearAlgebra) => RecordingParts[P];
} = {
  overview(dataset) {
    const { alignment, conditions, neuronNames, timeMs, files = [], behaviour } = dataset;
    return {
      facts: recordingFacts(dataset),
      rate: populationRate(dataset.activity),
      axes: {
        alignment,
        conditions,
        timeMs: Array.from(timeMs),
        files: files.length,
        behaviour: behaviour
          ? { name: behaviour.name, signals: behaviour.labels.length, steps: behaviour.timeMs.length }
          : null,
        ...(neuronNames ? { neuronNames } : {}),
      },
    };
  },
  components: ({ activity }, linear) => recordingComponents(activity, linear),
  reliability({ activity, singleTrials }) {
    if (!singleTrials) {
      throw new LabError(
        'recording.trials',
        'Split-half reliability: it needs single trials, and this recording has averages alone. Import a file that has the trials.',
      );
    }
    const random = NumpyGenerator.seeded(splits.seed);
    return splitHalfReliability({ activity, singleTrials }, { ...splits, random });
  },
};
