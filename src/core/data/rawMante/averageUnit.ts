/** What one file of a folder of units gives, whatever the other files hold. */
import { LabError } from '../../errors.ts';
import type { FileValue } from '../formats/format.ts';
import { averagesOf, binsOf } from './bins.ts';
import type { Bins } from './bins.ts';
import type { UnitOptions } from './options.ts';
import { selections } from './selections.ts';
import { unitOf } from './unit.ts';
import type { RecordedUnit } from './unit.ts';

/** How the first unit that was kept was sampled, which the others have to share. */
export type Sampling = Pick<RecordedUnit, 'samples' | 'firstMs' | 'stepMs'> & {
  readonly file: string;
  readonly bins: Bins;
};

export type AveragedUnit =
  | {
      readonly kept: true;
      readonly sampling: Sampling;
      /** steps × conditions */
      readonly averages: Float64Array;
      /** by condition */
      readonly facts: Readonly<Record<UnitFact, Float64Array>>;
      readonly said: string;
    }
  /** unfit: the length of a step does not fit the samples of the file */
  | { readonly kept: false; readonly why: string; readonly unfit: string | null };

export const unitFacts = ['motionCoherence', 'colourCoherence', 'trialsPerNeuron'] as const;
export type UnitFact = (typeof unitFacts)[number];

/**
 * read: the content of the file. A file that cannot be read, or is no unit, is not kept, and the reason is told. known: null
 * for the first.
 */
export function averageUnit(
  file: string,
  read: () => FileValue,
  options: UnitOptions,
  known: Sampling | null,
): AveragedUnit {
  try {
    const unit = unitOf(read(), file);
    const { samples, firstMs, stepMs, variables } = unit;
    if (known) requireAlike(unit, file, known);
    const sampling = known ?? { samples, firstMs, stepMs, file, bins: binsOf(unit, options) };
    const selected = selections[options.selection](unit);
    if ('why' in selected) return { kept: false, why: selected.why, unfit: null };
    const byCondition = (fact: (trials: readonly number[]) => number): Float64Array =>
      Float64Array.from(selected.trials, fact);
    return {
      kept: true,
      sampling,
      averages: averagesOf(unit, selected.trials, sampling.bins),
      facts: {
        motionCoherence: byCondition(([trial]) => variables.stim_dir[trial]),
        colourCoherence: byCondition(([trial]) => variables.stim_col2dir[trial]),
        trialsPerNeuron: byCondition((trials) => trials.length),
      },
      said: selected.said,
    };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    const why = error.message.replace(/^Reading "[^"]*"[^:]*: /, '');
    return { kept: false, why, unfit: error.code === 'units.dt' ? error.message : null };
  }
}

function requireAlike({ samples, firstMs, stepMs }: RecordedUnit, file: string, known: Sampling): void {
  const alike = Math.abs(firstMs - known.firstMs) < 1e-6 && Math.abs(stepMs - known.stepMs) < 1e-6;
  if (samples === known.samples && alike) return;
  throw new LabError(
    'units.sampling',
    `Reading "${file}": expected ${known.samples} samples of ${known.stepMs} ms from ${known.firstMs} ms, as in "${known.file}", found ${samples} of ${stepMs} ms from ${firstMs} ms.`,
  );
}
