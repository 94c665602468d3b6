/** Curves of several seeds in one: mean and standard deviation (n − 1 in the denominator), where two or more have a value. */

/** One seed's curve, in order of training; no gaps. */
export type Curve = { readonly x: readonly number[]; readonly y: readonly number[] };

export type MeanCurve = {
  readonly x: number[];
  readonly mean: number[];
  readonly sd: number[];
  /** seeds averaged at each x */
  readonly n: number[];
};

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
  if (best.length < 2) return { x: [], mean: [], sd: [], n: [] };
  const lowest = Math.min(...curves.map(({ x }) => x[0]));
  const levels: number[] = [];
  for (let k = Math.ceil(lowest / step); k * step < best[1]; k++) levels.push(k * step);
  levels.push(best[1]);
  return meansOf(
    levels.map((level) => [level, curves.map((c) => valueAtCrossing(c, level)).filter((v) => v !== null)]),
  );
}

const step = 0.005;

/** y where x first reaches the level from below, or null where it never does. */
export function valueAtCrossing({ x, y }: Curve, level: number): number | null {
  const after = x.findIndex((v) => v >= level);
  if (after < 0) return null;
  if (after === 0) return x[0] === level ? y[0] : null;
  const share = (level - x[after - 1]) / (x[after] - x[after - 1]);
  return y[after - 1] + share * (y[after] - y[after - 1]);
}

function meansOf(groups: readonly (readonly [number, readonly number[]])[]): MeanCurve {
  const enough = groups.filter(([, values]) => values.length >= 2);
  const means = enough.map(([, values]) => values.reduce((sum, v) => sum + v, 0) / values.length);
  return {
    x: enough.map(([x]) => x),
    mean: means,
    sd: enough.map(([, values], i) =>
      Math.sqrt(values.reduce((sum, v) => sum + (v - means[i]) ** 2, 0) / (values.length - 1)),
    ),
    n: enough.map(([, values]) => values.length),
  };
}
