/** Agreement with scipy, where the system's Python has it. */
import { describe, expect, it } from 'vitest';
import { differenceContrast, meanContrast } from '../../../../src/core/statistics/contrast.ts';
import type { Contrast } from '../../../../src/core/statistics/contrast.ts';
import { incompleteBeta } from '../../../../src/core/statistics/distributions/incompleteBeta.ts';
import { noncentralTCdf } from '../../../../src/core/statistics/distributions/noncentralT.ts';
import { normalCdf, normalQuantile } from '../../../../src/core/statistics/distributions/normal.ts';
import { twoSidedT, twoSidedTQuantile } from '../../../../src/core/statistics/distributions/studentT.ts';
import { acceleration, bcaInterval, percentileInterval } from '../../../../src/core/statistics/intervals.ts';
import { estimateOf } from '../../../../src/core/statistics/contrast.ts';
import { relabelTest, signFlipTest } from '../../../../src/core/statistics/permutationTests.ts';
import { powerOf } from '../../../../src/core/statistics/power.ts';
import { tTest } from '../../../../src/core/statistics/tTest.ts';
import { normalSamples } from '../../../support/normalSamples.ts';
import { python, pythonLacks } from '../../../support/python.ts';

const lacking = pythonLacks('numpy', 'scipy');
const [x, y] = normalSamples(2, 9, 61);
const few = y.slice(0, 5).map((v) => 0.5 + 2 * v);
const differences = x.map((v, i) => v - y[i] + 0.4);
/** so many that no bootstrap sample is the sample itself: versions of scipy count that differently */
const many = normalSamples(1, 30, 62)[0].map(Math.exp);
const unsettled = { draws: 10, seed: 1 };

const args = {
  x,
  few,
  differences,
  many,
  beta: [
    [0.3, 0.5, 2],
    [0.999, 4, 0.5],
    [1e-6, 0.5, 0.5],
    [0.5, 300, 310],
  ],
  z: [-30, -5, -3.0001, -2.9999, 0.2, 7],
  p: [1e-250, 1e-5, 0.2, 0.5, 0.97],
  t: [
    [2.5, 1],
    [-4.3, 2],
    [0.1, 5.5],
    [300, 7],
  ],
  level: [
    [0.05, 1],
    [0.01, 9.3],
  ],
  noncentral: [
    [2, 5, 1],
    [-1, 4, 2],
    [5, 2, 6],
    [3, 2, -1],
    [1.98, 200, 2.8],
  ],
};

const script = `
import json, sys, numpy as np
from scipy import stats, special
a = json.loads(sys.argv[1])
x, few, d, many = (np.array(a[k]) for k in ('x', 'few', 'differences', 'many'))
mean = lambda v, axis=-1: np.mean(v, axis=axis)
gap = lambda u, v, axis=-1: np.mean(u, axis=axis) - np.mean(v, axis=axis)
def boot(data, statistic):
    out = {}
    for method in ('BCa', 'percentile'):
        b = stats.bootstrap(data, statistic, n_resamples=4000, method=method, random_state=np.random.default_rng(1))
        out[method] = [b.confidence_interval.low, b.confidence_interval.high]
        out['estimates'] = sorted(b.bootstrap_distribution.tolist())
    return out
size = lambda statistic: lambda *v, axis=-1: np.abs(statistic(*v, axis=axis))
perm = lambda data, statistic, kind: stats.permutation_test(data, size(statistic), permutation_type=kind, n_resamples=np.inf, alternative='greater', vectorized=True).pvalue
paired, welch = stats.ttest_1samp(d, 0), stats.ttest_ind(x, few, equal_var=False)
def power(effect, n, groups):
    df, delta = (n - 1, effect * n ** 0.5) if groups == 1 else (2 * n - 2, effect * (n / 2) ** 0.5)
    c = stats.t.isf(0.025, df)
    return stats.nct.sf(c, df, delta) + stats.nct.cdf(-c, df, delta)
json.dump({
  'beta': [special.betainc(p, q, v) for v, p, q in a['beta']],
  'cdf': stats.norm.cdf(a['z']).tolist(), 'quantile': stats.norm.ppf(a['p']).tolist(),
  't': [2 * stats.t.sf(abs(t), df) for t, df in a['t']], 'tQuantile': [stats.t.isf(p / 2, df) for p, df in a['level']],
  'noncentral': [stats.nct.cdf(*v) for v in a['noncentral']],
  'paired': [paired.statistic, paired.pvalue], 'welch': [welch.statistic, welch.pvalue],
  'signs': perm((d,), mean, 'samples'), 'labels': perm((x, few), gap, 'independent'),
  'mean': boot((many,), mean), 'gap': boot((x, few), gap),
  'power': [power(0.7, 6, 1), power(1.3, 5, 2)],
}, sys.stdout)
`;

type Boot = { BCa: number[]; percentile: number[]; estimates: number[] };
type Answer = Record<'beta' | 'cdf' | 'quantile' | 't' | 'tQuantile' | 'noncentral' | 'power', number[]> &
  Record<'paired' | 'welch', number[]> &
  Record<'signs' | 'labels', number> &
  Record<'mean' | 'gap', Boot>;

/** Versions of scipy before 1.11 find quantiles of t to nine digits only. */
const oldQuantiles = 1e-8;

/** Relative, with an absolute 1e-14 for what is nearly 0. */
function expectEqual(found: number[], expected: number[], tolerance = 1e-10): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((v, i) => expect(Math.abs(v - expected[i])).toBeLessThan(tolerance * Math.abs(expected[i]) + 1e-14));
}

describe.skipIf(lacking !== null)(lacking === null ? 'scipy' : `scipy (skipped: ${lacking})`, () => {
  const scipy = lacking === null ? python<Answer>(script, JSON.stringify(args)) : (null as never);

  it('has the same distributions', () => {
    expectEqual(
      args.beta.map(([v, a, b]) => incompleteBeta(v, a, b)),
      scipy.beta,
    );
    expectEqual(args.z.map(normalCdf), scipy.cdf);
    expectEqual(args.p.map(normalQuantile), scipy.quantile);
    expectEqual(
      args.t.map(([t, df]) => twoSidedT(t, df)),
      scipy.t,
    );
    expectEqual(
      args.level.map(([p, df]) => twoSidedTQuantile(p, df)),
      scipy.tQuantile,
      oldQuantiles,
    );
    expectEqual(
      args.noncentral.map(([t, df, delta]) => noncentralTCdf(t, df, delta)),
      scipy.noncentral,
    );
  });

  it("has the same t-tests, paired and Welch's", () => {
    const found = (contrast: Contrast) => {
      const { t, p } = tTest(contrast)!;
      return [t, p];
    };
    expectEqual(found(meanContrast(differences)), scipy.paired);
    expectEqual(found(differenceContrast(x, few)), scipy.welch);
  });

  it('counts the same ways in permutation tests', () => {
    expectEqual(
      [signFlipTest(differences, unsettled).p, relabelTest(x, few, unsettled).p],
      [scipy.signs, scipy.labels],
    );
  });

  it.each(['mean', 'gap'] as const)('makes the same intervals of the same bootstrap estimates (%s)', (what) => {
    const contrast = what === 'mean' ? meanContrast(many) : differenceContrast(x, few);
    const { BCa, percentile, estimates } = scipy[what];
    const sorted = Float64Array.from(estimates);
    const bca = bcaInterval(sorted, estimateOf(contrast), acceleration(contrast), 0.95);
    expectEqual([bca.low, bca.high], BCa);
    const plain = percentileInterval(sorted, 0.95);
    expectEqual([plain.low, plain.high], percentile);
  });

  it('finds the same power', () => {
    const found = [powerOf(0.7, 6, { alpha: 0.05, paired: true }), powerOf(1.3, 5, { alpha: 0.05, paired: false })];
    expectEqual(found, scipy.power, oldQuantiles);
  });
});
