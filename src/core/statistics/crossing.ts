/** One seed's curve, in order of training; no gaps. */
export type Curve = { readonly x: readonly number[]; readonly y: readonly number[] };

/** The first point at or above the level, and how far on the line to it from the point before (0 to 1]. */
export type Crossing = { readonly after: number; readonly share: number };

/**
 * Where x first reaches the level from below; later returns below it do not count (the running best decides). Null where it
 * never does, or is above it from the start.
 */
export function crossingOf(x: readonly number[], level: number): Crossing | null {
  const after = x.findIndex((v) => v >= level);
  if (after < 0) return null;
  if (after === 0) return x[0] === level ? { after, share: 1 } : null;
  return { after, share: (level - x[after - 1]) / (x[after] - x[after - 1]) };
}

/** y at the crossing, on the straight line between the points before and after; null where there is no crossing. */
export function valueAtCrossing({ x, y }: Curve, level: number): number | null {
  const crossing = crossingOf(x, level);
  if (crossing === null) return null;
  const { after, share } = crossing;
  return after === 0 ? y[0] : y[after - 1] + share * (y[after] - y[after - 1]);
}
