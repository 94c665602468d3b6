/** The ridge penalty of each target, chosen by its error on samples that were held out. */
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { joined } from './predictionFolds.ts';
import type { Samples } from './predictionFolds.ts';
import { fitRidge } from './ridge.ts';
import type { Ridge } from './ridge.ts';

/** Penalties tried, as shares of the total variance of the predictors. */
export const penaltyGrid = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1] as const;

/** For targets predicted from all folds, of which one is left out at a time. */
export function penaltiesFor(folds: readonly Samples[], linear: LinearAlgebra): Float64Array {
  const errors = new GridErrors(folds[0].y.cols);
  folds.forEach((held, i) => errors.add(fitWithout(folds, [i], linear), held));
  return errors.best();
}

/**
 * For each fold, the penalties of targets predicted from the other folds, of which one more is left out at a time. Leaving
 * out two folds is one fit, whichever of them is to be predicted.
 */
export function penaltiesForEach(folds: readonly Samples[], linear: LinearAlgebra): Float64Array[] {
  const errors = folds.map(({ y }) => new GridErrors(y.cols));
  for (let i = 0; i < folds.length; i++) {
    for (let j = i + 1; j < folds.length; j++) {
      const ridge = fitWithout(folds, [i, j], linear);
      errors[i].add(ridge, folds[j]);
      errors[j].add(ridge, folds[i]);
    }
  }
  return errors.map((e) => e.best());
}

export function fitWithout(folds: readonly Samples[], left: readonly number[], linear: LinearAlgebra): Ridge {
  const { x, y } = joined(folds.filter((_, i) => !left.includes(i)));
  return fitRidge(x, y, linear);
}

/** Sums of squared errors of each target under each penalty of the grid. */
class GridErrors {
  readonly #sums: Float64Array[];

  constructor(targets: number) {
    this.#sums = penaltyGrid.map(() => new Float64Array(targets));
  }

  add(ridge: Ridge, { x, y }: Samples): void {
    const placed = ridge.place(x);
    penaltyGrid.forEach((penalty, g) => {
      const { data } = ridge.predict(placed, new Float64Array(y.cols).fill(penalty));
      const sums = this.#sums[g];
      for (let k = 0; k < data.length; k++) sums[k % y.cols] += (y.data[k] - data[k]) ** 2;
    });
  }

  /** The penalty of the smallest error of each target, the smaller one of two equal. */
  best(): Float64Array {
    return this.#sums[0].map((_, target) => {
      let least = 0;
      for (let g = 1; g < penaltyGrid.length; g++) {
        if (this.#sums[g][target] < this.#sums[least][target]) least = g;
      }
      return penaltyGrid[least];
    });
  }
}
