/** What the card of every metric of comparison promises, held to it on trajectories in general position. */
import { describe, expect, it } from 'vitest';
import { times } from '../../src/core/math/linear/matrix.ts';
import { TorchRandom } from '../../src/core/math/random/torchRandom.ts';
import { sizeOf, tensor } from '../../src/core/math/tensor.ts';
import type { Tensor } from '../../src/core/math/tensor.ts';
import { conditionsWhere, samplesOf } from '../../src/core/metrics/conditions.ts';
import { metrics } from '../../src/core/metrics/index.ts';
import { transformations } from '../../src/core/metrics/metric.ts';
import type { Transformation } from '../../src/core/metrics/metric.ts';
import { readMetricSettings } from '../../src/core/metrics/metricSettings.ts';
import { defaultsOf } from '../../src/core/tasks/settings.ts';
import { randomMatrix, randomRotation } from '../support/matrices.ts';

const seeds = [1, 2, 3];
const [conditions, steps] = [5, 16];

/** Units that follow four latent courses, which decay and are pushed at random: conditions × steps × units. */
function activity(seed: number, units = 24, noise = 0.3): Tensor<Float64Array> {
  const draw = TorchRandom.seeded(seed);
  const latent = new Float64Array(conditions * steps * 4);
  const pushes = draw.randn(latent.length);
  for (let i = 0; i < latent.length; i++) {
    const first = Math.floor(i / 4) % steps === 0;
    latent[i] = (first ? 0 : 0.8 * latent[i - 4]) + pushes[i] * (1 + (i % 4));
  }
  const mixed = times({ rows: conditions * steps, cols: 4, data: latent }, randomMatrix(4, units, seed + 50));
  const own = draw.randn(conditions * steps * units);
  return tensor(
    [conditions, steps, units],
    mixed.data.map((v, i) => v + noise * own[i]),
  );
}

/** Each of them in general position. */
const moves: Record<Transformation, (x: Tensor<Float64Array>, seed: number) => Tensor> = {
  rotation: (x, seed) => mapped(x, (n) => randomRotation(n, seed)),
  linear: (x, seed) => mapped(x, (n) => skewed(n, seed)),
  scaling: (x) =>
    tensor(
      x.shape,
      x.data.map((v) => 0.01 * v),
    ),
  shift: (x) =>
    tensor(
      x.shape,
      x.data.map((v, i) => v + 1 + (i % x.shape[2])),
    ),
  permutation: (x) =>
    tensor(
      x.shape,
      x.data.map((_, i) => x.data[i - (i % x.shape[2]) + ((i + 1) % x.shape[2])]),
    ),
};

function mapped(x: Tensor, map: (units: number) => ReturnType<typeof randomRotation>): Tensor {
  return tensor(x.shape, times(samplesOf(x), map(x.shape[2])).data);
}

/** Invertible, and far from a rotation. */
function skewed(n: number, seed: number): ReturnType<typeof randomRotation> {
  const [a, b] = [randomRotation(n, seed), randomRotation(n, seed + 1)];
  return times({ ...a, data: a.data.map((v, i) => v * (1 + (i % n))) }, b);
}

/** The defaults, but for a search of the same kind in fewer directions, which takes a tenth of the time. */
const quicker: Record<string, object> = { dsa: { rank: 8 } };

describe.each(metrics.comparisons)('$id', (metric) => {
  const settings = { ...(metric.defaults as object), ...quicker[metric.id] };
  const value = (x: Tensor, y: Tensor) => metric.compare(x, y, settings);
  const pair = (seed: number) => [activity(seed), activity(seed + 100, 30)] as const;

  it('has a complete card, a unique id, and defaults that are those of its settings', () => {
    expect(metrics.comparison(metric.id)).toBe(metric);
    expect(metrics.get(metric.id)).toBe(metric);
    expect(metrics.comparisons.filter(({ id }) => id === metric.id)).toHaveLength(1);
    for (const text of [metric.label, metric.meaning, metric.source, metric.preprocessing, metric.limits]) {
      expect(text.length).toBeGreaterThan(3);
    }
    expect(metric.range[0]).toBeLessThan(metric.range[1]);
    expect(metric.defaults).toEqual(defaultsOf(metric.settings));
    expect(readMetricSettings(metric, {})).toEqual(metric.defaults);
    for (const { label, hint } of Object.values(metric.settings)) expect([label, hint]).not.toContain(undefined);
  });

  it.each(seeds)('lies within its range, farther than a copy of itself, which is at its identity (seed %i)', (seed) => {
    const [x, y] = pair(seed);
    expect(Math.abs(value(x, x) - metric.identity)).toBeLessThan(1e-6 * Math.max(1, value(x, y)));
    expect(value(x, y)).toBeGreaterThanOrEqual(metric.range[0]);
    expect(value(x, y)).toBeLessThanOrEqual(metric.range[1]);
    const far = Math.abs(value(x, y) - metric.identity);
    const near = Math.abs(value(x, nearby(x, seed)) - metric.identity);
    expect(near).toBeGreaterThan(1e-6);
    expect(far).toBeGreaterThan(near);
  });

  it.each(seeds)(`is ${metric.symmetric ? '' : 'not '}symmetric (seed %i)`, (seed) => {
    const [x, y] = pair(seed);
    const difference = Math.abs(value(x, y) - value(y, x));
    if (metric.symmetric) expect(difference).toBeLessThan(1e-10 * Math.max(1, value(x, y)));
    else expect(difference).toBeGreaterThan(1e-3);
  });

  describe.each(transformations)('%s', (transformation) => {
    const move = moves[transformation];
    for (const side of ['x', 'y'] as const) {
      const ignored = metric.ignores[side].includes(transformation);
      it.each(seeds)(`of ${side} ${ignored ? 'is ignored' : 'changes the value'} (seed %i)`, (seed) => {
        const [x, y] = pair(seed);
        const moved = side === 'x' ? value(move(x, seed), y) : value(x, move(y, seed));
        const change = Math.abs(moved - value(x, y)) / Math.max(1, value(x, y));
        if (ignored) expect(change).toBeLessThan(1e-9);
        else expect(change).toBeGreaterThan(1e-6);
      });
    }
  });

  if (metric.triangle) {
    it.each(seeds)('obeys the triangle inequality (seed %i)', (seed) => {
      // x and z in general position; y somewhere, and on the way from x to z, where the inequality is nearly an equation
      const [x, z] = [activity(seed), activity(seed + 200)];
      const between = tensor(
        x.shape,
        x.data.map((v, i) => (v + z.data[i]) / 2),
      );
      for (const y of [activity(seed + 100), between, nearby(x, seed)]) {
        expect(value(x, z)).toBeLessThanOrEqual(value(x, y) + value(y, z) + 1e-9);
      }
    });
  }

  const asks = metric.matched ? 'asks' : 'does not ask';
  it(`does not depend on the order of the conditions, and ${asks} which of x is which of y`, () => {
    const [x, y] = pair(1);
    expect(value(reversed(x), reversed(y))).toBeCloseTo(value(x, y), 9);
    const change = Math.abs(value(reversed(x), y) - value(x, y));
    if (metric.matched) expect(change).toBeGreaterThan(1e-4);
    else expect(change).toBeLessThan(1e-9);
  });

  if (metric.fit) {
    it.each(seeds)(
      'learns: on other samples of the same pair of systems it fits, on another pair it does not (seed %i)',
      (seed) => {
        const x = activity(seed);
        const y = tensor(x.shape, times(samplesOf(x), randomRotation(24, seed)).data);
        const half = (t: Tensor, first: boolean) => conditionsWhere(t, (c) => c < 3 === first);
        const fitted = metric.fit!(half(x, true), half(y, true), settings);
        const same = fitted.score(half(x, false), half(y, false));
        expect(Math.abs(same - metric.identity)).toBeLessThan(1e-3);
        expect(
          Math.abs(fitted.score(half(x, false), half(activity(seed + 9), false)) - metric.identity),
        ).toBeGreaterThan(0.05);
      },
    );
  }

  it('refuses, with the reason, what it cannot measure', () => {
    const [x, y] = pair(1);
    const constant = tensor(x.shape, new Float64Array(sizeOf(x.shape)).fill(0.1));
    expect(() => value(x, constant)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^metric\.constant/) }),
    );
    const broken = tensor(
      y.shape,
      y.data.map((v, i) => (i === 40 ? NaN : v)),
    );
    expect(() => value(x, broken)).toThrow(expect.objectContaining({ code: 'metric.notFinite' }));
    expect(() => value(broken, x)).toThrow(expect.objectContaining({ code: 'metric.notFinite' }));
    const shorter = conditionsWhere(y, (c) => c > 0);
    expect(() => value(x, shorter)).toThrow(expect.objectContaining({ code: 'metric.samples' }));
    expect(() => value(x, shorter)).toThrow(/5 × 16.*4 × 16/);
    expect(() => readMetricSettings(metric, { nonsense: 1 })).toThrow(
      expect.objectContaining({ code: 'metric.settings' }),
    );
  });

  it('handles single units that never change, or says what to do', () => {
    const [x, y] = pair(1);
    const silent = tensor(
      x.shape,
      x.data.map((v, i) => (i % 24 === 2 ? 0 : v)),
    );
    expect(Number.isFinite(value(silent, y))).toBe(true);
    expect(Number.isFinite(value(y, silent))).toBe(true);
  });
});

function nearby(x: Tensor, seed: number): Tensor {
  const draws = TorchRandom.seeded(seed + 1000).randn(x.data.length);
  return tensor(
    x.shape,
    Float64Array.from(x.data, (v, i) => v + 0.05 * draws[i]),
  );
}

/** The conditions in reverse order. */
function reversed(x: Tensor): Tensor {
  const size = x.shape[1] * x.shape[2];
  const data = Float64Array.from(x.data, (_, i) => x.data[(conditions - 1 - Math.floor(i / size)) * size + (i % size)]);
  return tensor(x.shape, data);
}
