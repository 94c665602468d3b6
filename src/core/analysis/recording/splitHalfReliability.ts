/**
 * Split-half reliability: how far the trials determine the average response of each neuron.
 *
 *   r = corr(x₁, x₂)        over steps and conditions; x₁, x₂: averages over random halves of the trials
 *   R = 2 r̄ / (1 + r̄)       for all of the trials; r̄: mean of r over random halves
 *
 * Halves are drawn within each condition; of an odd number of trials one is left out. Conditions of which a neuron has a
 * single trial tell nothing about it and are left out for this neuron.
 * Source: Spearman 1910 and Brown 1910, Br. J. Psychol. 3:271–322.
 */
import type { Dataset, SingleTrial } from '../../data/dataset.ts';
import type { NumpyGenerator } from '../../math/random/numpyGenerator.ts';

export type SplitHalf = {
  /** R of each neuron, at most 1; null: its trials do not say, see `reasons` */
  readonly reliability: readonly (number | null)[];
  /** r̄ of each neuron, of half of the trials */
  readonly halves: readonly (number | null)[];
  /** why neurons have no number, and how many */
  readonly reasons: Readonly<Record<string, number>>;
  readonly draws: number;
  readonly seed: number;
};

/** A row of a trial: the activity of one neuron. */
type Row = { readonly activity: SingleTrial['activity']['data']; readonly from: number };

export function splitHalfReliability(
  { activity, singleTrials }: Pick<Dataset, 'activity'> & { singleTrials: readonly SingleTrial[] },
  { draws, seed, random }: { draws: number; seed: number; random: NumpyGenerator },
): SplitHalf {
  const [neurons, steps, conditions] = activity.shape as [number, number, number];
  const rows = rowsByNeuron(singleTrials, neurons, conditions, steps);
  const reasons: Record<string, number> = {};
  const without = (why: string): null => {
    reasons[why] = (reasons[why] ?? 0) + 1;
    return null;
  };
  const halves = rows.map((byCondition) => {
    const groups = byCondition.filter((group) => group.length >= 2);
    if (groups.length === 0) return without('fewer than 2 trials of every condition');
    let sum = 0;
    for (let draw = 0; draw < draws; draw++) {
      const [a, b] = averagesOfHalves(groups, steps, random);
      const r = correlation(a, b);
      if (r === null) return without('no variation in one half of its trials');
      sum += r;
    }
    return sum / draws;
  });
  return { halves, reliability: halves.map((r) => (r === null ? null : spearmanBrown(r))), reasons, draws, seed };
}

/** Reliability of twice as many trials; below 0 it is left as it is, for the formula leads to −∞ there. */
export function spearmanBrown(r: number): number {
  return r <= 0 ? r : (2 * r) / (1 + r);
}

/** neurons × conditions → rows */
function rowsByNeuron(trials: readonly SingleTrial[], neurons: number, conditions: number, steps: number): Row[][][] {
  const rows = Array.from({ length: neurons }, () => Array.from({ length: conditions }, (): Row[] => []));
  for (const { condition, neurons: recorded, activity } of trials) {
    recorded.forEach((neuron, row) => rows[neuron][condition].push({ activity: activity.data, from: row * steps }));
  }
  return rows;
}

/** conditions × steps each */
function averagesOfHalves(
  groups: readonly (readonly Row[])[],
  steps: number,
  random: NumpyGenerator,
): [Float64Array, Float64Array] {
  const halves: [Float64Array, Float64Array] = [
    new Float64Array(groups.length * steps),
    new Float64Array(groups.length * steps),
  ];
  groups.forEach((group, g) => {
    const size = Math.floor(group.length / 2);
    const order = random.permutation(group.length);
    for (let place = 0; place < 2 * size; place++) {
      const half = halves[place < size ? 0 : 1];
      const { activity, from } = group[order[place]];
      for (let t = 0; t < steps; t++) half[g * steps + t] += activity[from + t] / size;
    }
  });
  return halves;
}

/** Pearson's; null where one of them does not vary beyond rounding. */
function correlation(a: Float64Array, b: Float64Array): number | null {
  const n = a.length;
  let [sumA, sumB] = [0, 0];
  for (let i = 0; i < n; i++) {
    sumA += a[i];
    sumB += b[i];
  }
  const [meanA, meanB] = [sumA / n, sumB / n];
  let [ab, aa, bb, largest] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [da, db] = [a[i] - meanA, b[i] - meanB];
    ab += da * db;
    aa += da * da;
    bb += db * db;
    largest = Math.max(largest, Math.abs(a[i]), Math.abs(b[i]));
  }
  const rounding = n * (1e-12 * largest) ** 2;
  return aa <= rounding || bb <= rounding ? null : Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
}
