/** MATLAB files of one unit each, as the public recordings of Mante et al. 2013 are, made for a test. */
import { contextConditionFrom } from '../../src/core/data/contextConditions.ts';
import { manteConditions } from '../../src/core/data/layouts/mante2013.ts';
import { matFile, matNumbers, matStruct } from './matFile.ts';

export type UnitTrial = {
  choice: number;
  motion: number;
  colour: number;
  context: number;
  correct: number;
  rate: number;
};

/** One correct trial per condition, each with as many spikes per sample as `rate` says, its place unless told otherwise. */
export function unitTrials(change: (trial: UnitTrial, place: number) => Partial<UnitTrial> = () => ({})): UnitTrial[] {
  return manteConditions.map((condition, place) => {
    const { motion, colour, context, choice } = contextConditionFrom(condition)!;
    const trial = { choice: choice === 2 ? 1 : -1, motion, colour, context, correct: 1, rate: place };
    return { ...trial, ...change(trial, place) };
  });
}

type UnitShape = { samples?: number; stepMs?: number; firstMs?: number; lastTrial?: number };

export function unitFile(
  trials: readonly UnitTrial[],
  { samples = 31, stepMs = 1, firstMs = 100, lastTrial = trials.length }: UnitShape = {},
): Uint8Array {
  const variable = (of: (trial: UnitTrial, place: number) => number) => matNumbers([trials.length, 1], trials.map(of));
  const time = Array.from({ length: samples }, (_, s) => (firstMs + s * stepMs) / 1000);
  return matFile(
    [
      [
        'unit',
        matStruct(
          [1, 1],
          [
            {
              time: matNumbers([samples, 1], time),
              response: matNumbers(
                [trials.length, samples],
                time.flatMap(() => trials.map(({ rate }) => rate)),
              ),
              task_variable: matStruct(
                [1, 1],
                [
                  {
                    targ_dir: variable(({ choice }) => choice),
                    stim_dir: variable(({ motion }) => motion),
                    stim_col2dir: variable(({ colour }) => colour),
                    context: variable(({ context }) => context),
                    correct: variable(({ correct }) => correct),
                    stim_trial: variable((_, place) => (place === trials.length - 1 ? lastTrial : place + 1)),
                  },
                ],
              ),
            },
          ],
        ),
      ],
    ],
    { compressed: true },
  );
}
