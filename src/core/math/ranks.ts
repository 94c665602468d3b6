/** Ranks and rank correlations. */
import { sortedOrder } from './sortedOrder.ts';

/** Rank of each value from 1; equal values share the mean of their ranks. */
export function averageRanks(values: Float64Array): Float64Array {
  const order = sortedOrder(values);
  const ranks = new Float64Array(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let k = start; k < end; k++) ranks[order[k]] = (start + end + 1) / 2;
  }
  return ranks;
}

/** Pearson's r; NaN where one side does not vary. */
export function pearson(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [a, b].map((v) => v.reduce((sum, x) => sum + x, 0) / v.length);
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [u, v] = [a[i] - meanA, b[i] - meanB];
    ab += u * v;
    aa += u * u;
    bb += v * v;
  }
  return Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
}

/** Spearman's ρ: Pearson's r of the ranks. */
export function spearman(a: Float64Array, b: Float64Array): number {
  return pearson(averageRanks(a), averageRanks(b));
}

/**
 * Kendall's τ-b: (concordant − discordant pairs) / √((pairs − ties in a)(pairs − ties in b)); NaN where one side does not
 * vary. In n log n steps: sorted by a and then b, discordant pairs are those that sorting by b has to exchange.
 * Source: Knight 1966, J. Am. Stat. Assoc. 61:436.
 */
export function kendall(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  const order = sortedOrder(a, sortedOrder(b));
  const byA = Float64Array.from(order, (i) => a[i]);
  const byB = Float64Array.from(order, (i) => b[i]);
  const tiedInBoth = pairsOfEqual(n, (i, j) => byA[i] === byA[j] && byB[i] === byB[j]);
  const tiedInA = pairsOfEqual(n, (i, j) => byA[i] === byA[j]);
  const discordant = sortCountingExchanges(byB);
  const tiedInB = pairsOfEqual(n, (i, j) => byB[i] === byB[j]);
  const pairs = (n * (n - 1)) / 2;
  const difference = pairs - tiedInA - tiedInB + tiedInBoth - 2 * discordant;
  return difference / Math.sqrt(pairs - tiedInA) / Math.sqrt(pairs - tiedInB);
}

/** Pairs of places within runs of equal neighbours. */
function pairsOfEqual(n: number, same: (i: number, j: number) => boolean): number {
  let [pairs, start] = [0, 0];
  for (let i = 1; i <= n; i++) {
    if (i < n && same(i - 1, i)) continue;
    pairs += ((i - start) * (i - start - 1)) / 2;
    start = i;
  }
  return pairs;
}

/** Sorts in place by merging; returns how many pairs were in falling order. */
function sortCountingExchanges(values: Float64Array): number {
  const n = values.length;
  const merged = new Float64Array(n);
  let exchanges = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const [middle, end] = [Math.min(start + width, n), Math.min(start + 2 * width, n)];
      let [left, right] = [start, middle];
      for (let k = start; k < end; k++) {
        if (right >= end || (left < middle && values[left] <= values[right])) merged[k] = values[left++];
        else {
          exchanges += middle - left;
          merged[k] = values[right++];
        }
      }
    }
    values.set(merged);
  }
  return exchanges;
}
