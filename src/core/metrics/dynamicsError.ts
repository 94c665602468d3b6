/**
 * How well the linear models that dynamical similarity rests on predict activity in conditions that were held out, over
 * numbers of delays and ranks: what to choose them by.
 *
 *   error       = Σ ‖x̂[t+k] − x[t+k]‖² / Σ ‖x[t+k]‖²       of the newest part of the state, k steps ahead
 *   persistence = Σ ‖x[t] − x[t+k]‖² / Σ ‖x[t+k]‖²         of the guess that nothing changes
 *
 * x: centred and reduced by the conditions fitted. 0: all predicted, 1: no better than the mean. A model that does not
 * beat persistence says nothing about dynamics.
 *
 * Source: Ostrow et al. 2023, NeurIPS, which chooses delays and rank by prediction error.
 */
import { LabError } from '../errors.ts';
import { portableLinearAlgebra } from '../math/linear/linearAlgebra.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { times, transpose } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import type { Tensor } from '../math/tensor.ts';
import { activitySpace } from './activitySpace.ts';
import { conditionsWhere, requireConditions } from './conditions.ts';
import { embed, fitDynamics, requireSteps, stepsOf } from './delayDynamics.ts';
import type { DelayDynamics } from './delayDynamics.ts';
import type { DynamicsSettings } from './dsa.ts';

export type DynamicsError = { readonly error: number; readonly persistence: number };

const name = 'its prediction error';
/** Parts the conditions are divided into, each predicted from the others; condition c belongs to part c mod folds. */
const mostFolds = 5;

/** x: conditions × steps × units. Throws LabError where there are too few conditions or steps. */
export function dynamicsError(
  x: Tensor,
  settings: DynamicsSettings,
  linear: LinearAlgebra = portableLinearAlgebra,
): DynamicsError {
  const { conditions, steps } = requireConditions(x, name, { conditions: 2, steps: 2 });
  const folds = Math.min(conditions, mostFolds);
  let [errors, still, size] = [0, 0, 0];
  for (let fold = 0; fold < folds; fold++) {
    const train = conditionsWhere(x, (c) => c % folds !== fold);
    const test = conditionsWhere(x, (c) => c % folds === fold);
    requireSteps(steps, train.shape[0], settings, name);
    const space = activitySpace(train, { ...settings, alpha: 1 }, name, linear);
    const model = fitDynamics({ samples: space.fitted, conditions: train.shape[0] }, settings, linear);
    const held = embed({ samples: space.place(test), conditions: test.shape[0] }, settings.delays);
    const { before, after } = stepsOf(held, settings.ahead);
    const predicted = newestOf(before, model, space.fitted.cols);
    for (let row = 0; row < before.rows; row++) {
      for (let j = 0; j < predicted.cols; j++) {
        const now = before.data[row * before.cols + j];
        const then = after.data[row * after.cols + j];
        errors += (predicted.data[row * predicted.cols + j] - then) ** 2;
        still += (now - then) ** 2;
        size += then ** 2;
      }
    }
  }
  return { error: errors / size, persistence: still / size };
}

/** States `ahead` steps later, of which only the newest part: h → z → A z → h. */
function newestOf(before: Matrix, { step, axes, sizes }: DelayDynamics, units: number): Matrix {
  const ahead = times(times(before, axes), transpose(step));
  const newest = { rows: units, cols: axes.cols, data: axes.data.slice(0, units * axes.cols) };
  const decode = { ...newest, data: newest.data.map((v, k) => v * sizes[k % axes.cols] ** 2) };
  return times(ahead, transpose(decode));
}

export type SweptDynamics = { readonly delays: number; readonly rank: number } & (
  DynamicsError | { readonly error: null; readonly persistence: null; readonly reason: string }
);

/** The error for every number of delays and rank; null, with the reason, where the activity does not allow it. */
export function sweepDynamics(
  x: Tensor,
  over: { readonly delays: readonly number[]; readonly ranks: readonly number[] },
  settings: DynamicsSettings,
  linear: LinearAlgebra = portableLinearAlgebra,
): SweptDynamics[] {
  return over.delays.flatMap((delays) =>
    over.ranks.map((rank) => {
      try {
        return { delays, rank, ...dynamicsError(x, { ...settings, delays, rank }, linear) };
      } catch (error) {
        if (!(error instanceof LabError)) throw error;
        return { delays, rank, error: null, persistence: null, reason: error.message };
      }
    }),
  );
}
