import { describe, expect, it } from 'vitest';
import { samplesByNeurons } from '../../../../src/core/analysis/activityMatrix.ts';
import { neuronSplit } from '../../../../src/core/analysis/levels/neuronSplit.ts';
import { comparerOf } from '../../../../src/core/analysis/measure.ts';
import { measureLevel } from '../../../../src/core/analysis/measureNetwork.ts';
import { leaveOneConditionOut } from '../../../../src/core/analysis/protocols/leaveOneConditionOut.ts';
import { normalizedWithData } from '../../../../src/core/analysis/protocols/normalizedWithData.ts';
import { protocols } from '../../../../src/core/analysis/protocols/index.ts';
import type { Protocol } from '../../../../src/core/analysis/protocols/protocol.ts';
import { drawHalves, unitsAt } from '../../../../src/core/analysis/unitSubsets.ts';
import { levelWarnings } from '../../../../src/core/figures/levelWarnings.ts';
import { times } from '../../../../src/core/math/linear/matrix.ts';
import { NumpyGenerator } from '../../../../src/core/math/random/numpyGenerator.ts';
import { tensor } from '../../../../src/core/math/tensor.ts';
import type { Tensor } from '../../../../src/core/math/tensor.ts';
import { byCondition, samplesOf } from '../../../../src/core/metrics/conditions.ts';
import { metrics } from '../../../../src/core/metrics/index.ts';
import { randomRotation } from '../../../support/matrices.ts';
import { figureInput, runCurve } from '../../../support/runCurves.ts';
import { reorderedConditions, syntheticRecording } from '../../../support/syntheticRecording.ts';

const sets = (x: Tensor) => byCondition(samplesByNeurons(x), x.shape[2]);

type Given = { metric?: string; draws?: number; seed?: number; sameNeurons?: boolean };
/** activity, recording: neurons × steps × conditions */
function apply(protocol: Protocol, activity: Tensor, recording: Tensor, given: Given = {}) {
  const { metric = 'procrustes', draws = 10, seed = 1, sameNeurons = false } = given;
  const [x, y] = [sets(activity), sets(recording)];
  const random = NumpyGenerator.seeded(seed);
  return protocol.apply({
    activity: x,
    recording: y,
    sameNeurons,
    comparer: comparerOf({ metric, settings: {} }),
    draws,
    random,
  });
}

/** neurons × steps × conditions */
function rotated(x: Tensor, seed: number): Tensor {
  const [neurons, steps, conditions] = x.shape as [number, number, number];
  const turned = times(samplesOf(sets(x)), randomRotation(neurons, seed)).data;
  return tensor(
    x.shape,
    Float64Array.from({ length: x.data.length }, (_, k) => {
      const [i, t, c] = [Math.floor(k / (steps * conditions)), Math.floor(k / conditions) % steps, k % conditions];
      return turned[(c * steps + t) * neurons + i];
    }),
  );
}

const recording = syntheticRecording({ neurons: 24 });
const network = syntheticRecording({ neurons: 30, seed: 2 });
const noise = syntheticRecording({ neurons: 10, steps: 400, noise: 1000, seed: 3 });

describe('every protocol', () => {
  it.each(protocols.all)('$id has a unique id, says what it does, and gives exactly its parts', (protocol) => {
    expect(protocols.get(protocol.id)).toBe(protocol);
    expect(protocols.all.filter(({ id }) => id === protocol.id)).toHaveLength(1);
    expect(protocol.summary.length).toBeGreaterThan(20);
    const found = apply(protocol, network, recording);
    expect(Object.keys(found)).toEqual(protocol.parts.map(({ id }) => id));
    expect(Object.values(found).every(({ value }) => Number.isFinite(value))).toBe(true);
  });

  it.each(protocols.all)('$id gives the same numbers for conditions in another order', (protocol) => {
    const order = [3, 0, 5, 1, 4, 2];
    const [here, there] = [
      apply(protocol, network, recording),
      apply(protocol, reorderedConditions(network, order), reorderedConditions(recording, order)),
    ];
    for (const { id } of protocol.parts) expect(Math.abs(here[id].value - there[id].value), id).toBeLessThan(1e-9);
  });

  it.each(protocols.all)('$id repeats its numbers, and depends on the seed only where it draws', (protocol) => {
    const [first, again, other] = [1, 1, 2].map((seed) => apply(protocol, network, recording, { seed }));
    expect(again).toEqual(first);
    if (protocol.random) expect(other).not.toEqual(first);
    else expect(other).toEqual(first);
  });
});

describe('leaving one condition out', () => {
  it.each(metrics.comparisons.filter((metric) => 'fit' in metric))(
    '$id knows a rotated copy on conditions it never saw',
    (metric) => {
      const { test, train } = apply(leaveOneConditionOut, rotated(recording, 1), recording, { metric: metric.id });
      const far = apply(leaveOneConditionOut, network, recording, { metric: metric.id });
      expect(Math.abs(test.value - metric.identity)).toBeLessThan(0.02 * Math.abs(far['test'].value - metric.identity));
      expect(Math.abs(train.value - metric.identity)).toBeLessThan(
        0.02 * Math.abs(far['test'].value - metric.identity),
      );
    },
  );

  it('puts a rotated copy past the ceiling, of which the figure warns', () => {
    const measure = { metric: 'procrustes', settings: {}, protocol: leaveOneConditionOut.id, draws: 5, seed: 1 };
    const { value: y } = measureLevel({ activity: recording }, neuronSplit.id, measure);
    const { test } = apply(leaveOneConditionOut, rotated(recording, 1), recording);
    const input = figureInput([runCurve('bptt', 1, [0, 1], [0.9, test.value])]);
    const distance = { ...input.distance, levels: [{ ...neuronSplit, y: y! }] };
    expect(test.value).toBeLessThan(0.01);
    expect(levelWarnings({ ...input, distance })[0]).toMatch(
      /^Warning: 1 of 1 run past the ceiling “half of the neurons .*first at update 10 .*not because the network/,
    );
  });

  it('finds less in conditions left out than in those aligned, where there is only noise', () => {
    const { test, train } = apply(
      leaveOneConditionOut,
      syntheticRecording({ neurons: 40, noise: 100, seed: 5 }),
      syntheticRecording({ neurons: 40, noise: 100, seed: 6 }),
    );
    expect(test.value).toBeGreaterThan(0.95);
    expect(train.value).toBeLessThan(0.8);
  });

  it('refuses a single condition', () => {
    const one = syntheticRecording({ neurons: 8, conditions: 1 });
    expect(() => apply(leaveOneConditionOut, one, one)).toThrow(
      /^Leaving one condition out: expected at least 2 conditions, found 1/,
    );
  });

  it('refuses metrics that learn nothing, by name', () => {
    const comparer = { ...comparerOf({ metric: 'procrustes', settings: {} }), fit: null };
    const [x, y] = [sets(network), sets(recording)];
    const random = NumpyGenerator.seeded(0);
    const input = { activity: x, recording: y, sameNeurons: false, comparer, draws: 1, random };
    expect(() => leaveOneConditionOut.apply(input)).toThrow(/Procrustes distance: expected a metric that learns/);
  });
});

describe('normalising with data', () => {
  it.each(['procrustes', 'cka', 'metricCka'])('puts a network of noise near 1 (%s)', (metric) => {
    const long = syntheticRecording({ neurons: 20, steps: 400 });
    const { normalized } = apply(normalizedWithData, noise, long, { metric });
    expect(normalized.value).toBeGreaterThan(0.9);
    expect(normalized.value).toBeLessThanOrEqual(1);
  });

  it('puts other neurons of the same brain near 0, and a network without their noise below', () => {
    const brain = { steps: 60, neurons: 40, noise: 0.6 };
    const neurons = syntheticRecording(brain);
    const others = apply(normalizedWithData, syntheticRecording({ ...brain, seed: 9 }), neurons, { draws: 40 });
    const [mean, sd] = [others['normalized'].value, others['normalized'].sd!];
    expect(Math.abs(mean)).toBeLessThan(sd);
    const clean = syntheticRecording({ ...brain, neurons: 400, noise: 0, seed: 8 });
    expect(apply(normalizedWithData, clean, neurons, { draws: 40 })['normalized'].value).toBeLessThan(-0.02);
  });

  it('is what its parts say, in every single draw', () => {
    const one = apply(normalizedWithData, network, recording, { draws: 1 });
    const [d1, d2, d3] = [one['neurons'], one['network'], one['average']].map(({ value }) => value);
    expect(one['normalized'].value).toBeCloseTo((d2 - d1) / (1 - d1), 12);
    expect(one['baseline'].value).toBeCloseTo((d3 - d1) / (1 - d1), 12);
    expect(one['normalized']).not.toHaveProperty('sd');
  });

  it('takes as many units as neurons, and no more neurons than units', () => {
    const few = apply(normalizedWithData, syntheticRecording({ neurons: 3, seed: 4 }), recording);
    expect(few['normalized'].value).toBeLessThan(1);
    expect(few['neurons'].value).toBeGreaterThan(apply(normalizedWithData, network, recording)['neurons'].value);
  });

  it('never compares a neuron with itself where activity of the same neurons stands in for a network', () => {
    const same = apply(normalizedWithData, recording, recording, { sameNeurons: true });
    expect(same['network'].value).toBeCloseTo(same['neurons'].value, 12);
    expect(same['normalized'].value).toBeCloseTo(0, 12);
  });

  it('refuses two neurons, and measures that are no distance from 0 to 1', () => {
    expect(() => apply(normalizedWithData, network, syntheticRecording({ neurons: 2 }))).toThrow(
      /expected at least 4 neurons, found 2/,
    );
    expect(() => apply(normalizedWithData, network, recording, { metric: 'procrustesSize' })).toThrow(
      /^Normalising Procrustes distance with size with data: expected a distance from 0/,
    );
  });
});

describe('a metric on some of the units', () => {
  it.each(metrics.comparisons)('$id gives what it gives for these units alone', (metric) => {
    const comparer = comparerOf({ metric: metric.id, settings: {} });
    const [x, y] = [sets(network), sets(recording)];
    const [ofX, ofY] = [
      [3, 0, 7, 8, 29, 12],
      [1, 20, 5, 9, 4],
    ];
    const alone = comparer.compare(unitsAt(x, ofX), unitsAt(y, ofY));
    expect(comparer.compareUnits(x, y)(ofX, ofY)).toBeCloseTo(alone, 12);
  });

  it('does so too where settings leave nothing to share, and refuses units that are all constant', () => {
    const half = comparerOf({ metric: 'procrustes', settings: { alpha: 0.5 } });
    const [x, y] = [sets(network), sets(recording)];
    const alone = half.compare(unitsAt(x, [1, 2, 3]), unitsAt(y, [4, 5, 6]));
    expect(half.compareUnits(x, y)([1, 2, 3], [4, 5, 6])).toBe(alone);
    const silent = tensor(
      x.shape,
      Float64Array.from(x.data, (v, k) => (k % x.shape[2] < 2 ? 0 : v)),
    );
    const compare = comparerOf({ metric: 'procrustes', settings: {} }).compareUnits(silent, y);
    expect(() => compare([0, 1], [0, 1])).toThrow(/found 2 constant units/);
  });
});

describe('halves of neurons', () => {
  it('are of equal size and have no neuron in common', () => {
    const random = NumpyGenerator.seeded(1);
    for (const neurons of [4, 5, 21]) {
      const [a, b] = drawHalves(neurons, random);
      expect([a.length, b.length]).toEqual([Math.floor(neurons / 2), Math.floor(neurons / 2)]);
      expect(new Set([...a, ...b]).size).toBe(a.length + b.length);
    }
  });

  it('are taken out of activity in the order drawn', () => {
    const x = tensor([2, 1, 3], Float64Array.of(1, 2, 3, 4, 5, 6));
    expect(unitsAt(x, [2, 0])).toEqual(tensor([2, 1, 2], Float64Array.of(3, 1, 6, 4)));
  });
});
