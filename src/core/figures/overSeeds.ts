/** Curves of several seeds in one: their mean where two or more have a value. */
import { valueAtCrossing } from '../statistics/crossing.ts';
import type { Curve } from '../statistics/crossing.ts';
import { meanOf } from '../statistics/summary.ts';

export type MeanCurve = {
  readonly x: number[];
  readonly mean: number[];
  /** of the seeds averaged at each x */
  readonly values: (readonly number[])[];
};

export const noMean: MeanCurve = { x: [], mean: [], values: [] };

/** At each x that two or more curves share. */
export function meanAtEqualX(curves: readonly Curve[]): MeanCurve {
  const values = new Map<number, number[]>();
  for (const { x, y } of curves) {
    x.forEach((at, i) => {
      const here = values.get(at);
      if (here) here.push(y[i]);
      else values.set(at, [y[i]]);
    });
  }
  return meansOf([...values].sort(([a], [b]) => a - b));
}

/**
 * Seeds reach different accuracies at their checkpoints, so they are compared at common levels: each seed's y is read
 * where its accuracy x first crosses the level, on the straight line between the checkpoints before and after.
 * Later returns below the level do not count (the running best accuracy decides). Levels are the multiples of 0.005,
 * and the highest level that two seeds reach.
 */
export function meanAtEqualAccuracy(curves: readonly Curve[]): MeanCurve {
  const best = curves.map(({ x }) => Math.max(...x)).sort((a, b) => b - a);
  if (best.length < 2) return noMean;
  const lowest = Math.min(...curves.map(({ x }) => x[0]));
  const levels: number[] = [];
  for (let k = Math.ceil(lowest / step); k * step < best[1]; k++) levels.push(k * step);
  levels.push(best[1]);
  return meansOf(
    levels.map((level) => [level, curves.map((c) => valueAtCrossing(c, level)).filter((v) => v !== null)]),
  );
}

const step = 0.005;

function meansOf(groups: readonly (readonly [number, readonly number[]])[]): MeanCurve {
  const enough = groups.filter(([, values]) => values.length >= 2);
  return {
    x: enough.map(([x]) => x),
    mean: enough.map(([, values]) => meanOf(values)),
    values: enough.map(([, values]) => values),
  };
}
