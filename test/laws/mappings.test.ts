/** What holds of every mapping: the same numbers make the same dataset, however they lie in the file. */
import { describe, expect, it } from 'vitest';
import { mappingSchema } from '../../src/app/mapping.ts';
import { measureLevel } from '../../src/core/analysis/measureNetwork.ts';
import { decodeDataset, encodeDataset } from '../../src/core/data/datasetFile.ts';
import type { FileArray, FileValue } from '../../src/core/data/formats/format.ts';
import type { Content } from '../../src/core/data/layouts/layout.ts';
import { contentByMapping } from '../../src/core/data/layouts/mapped.ts';
import type { ArrayMapping, AxisName, Mapping } from '../../src/core/data/layouts/mapping.ts';
import { questionAbout } from '../../src/core/data/layouts/mappingQuestion.ts';
import { treeSignature } from '../../src/core/data/layouts/treeSignature.ts';
import { LabError } from '../../src/core/errors.ts';
import { codeOf, messageOf } from '../support/files.ts';

const extents: Partial<Record<AxisName, number>> = { neuron: 4, time: 6, trial: 5, condition: 3 };
type Place = Partial<Record<AxisName, number>>;

const numbers = (shape: readonly number[], data: ArrayLike<number>): FileArray => ({
  kind: 'array',
  dtype: 'float64',
  shape,
  data: Float64Array.from(data),
});

/** The array with these axes, whose value at a place is told. */
function arrayOf(axes: readonly AxisName[], valueAt: (place: Place) => number, sizes = extents): FileArray {
  const shape = axes.map((axis) => sizes[axis]!);
  const count = shape.reduce((product, n) => product * n, 1);
  const data = Float64Array.from({ length: count }, (_, i) => {
    let rest = i;
    const place: Place = {};
    axes.toReversed().forEach((axis) => {
      place[axis] = rest % sizes[axis]!;
      rest = Math.floor(rest / sizes[axis]!);
    });
    return valueAt(place);
  });
  return numbers(shape, data);
}

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length <= 1
    ? [[...items]]
    : items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((p) => [item, ...p]));

/** Irregular, so that the order of sums would show. */
const rate = ({ neuron = 0, time = 0, trial = 0, condition = 0 }: Place): number =>
  Math.sin(1 + neuron * 7.1 + time * 0.37 + trial * 2.9 + condition * 5.3) * 10 ** (trial - 2);

const mapping = (axes: readonly AxisName[], more: Partial<ArrayMapping> = {}): ArrayMapping => ({
  array: 'rates',
  axes: [...axes],
  dtMs: 10,
  startMs: -20,
  alignment: 'cue',
  name: 'M',
  ...more,
});
const file = (rates: FileValue, others: Record<string, FileValue> = {}): FileValue =>
  new Map<string, FileValue>(Object.entries({ rates, ...others }));
const content = (value: FileValue, m: ArrayMapping): Content => contentByMapping(value, m, 'x.npz');

describe('a mapping', () => {
  const all: AxisName[] = ['neuron', 'time', 'trial', 'condition'];
  const sets: AxisName[][] = [['neuron', 'time'], ['neuron', 'time', 'condition'], ['neuron', 'time', 'trial'], all];

  it.each(sets.flatMap((axes) => permutations(axes).map((order) => [order.join(' × '), axes, order] as const)))(
    'makes the same dataset of axes in any order: %s',
    (_, axes, order) => {
      const expected = content(file(arrayOf(axes, rate)), mapping(axes));
      const found = content(file(arrayOf(order, rate)), mapping(order));
      expect(found).toEqual(expected);
      expect(found.activity.shape).toEqual([4, 6, axes.includes('condition') ? 3 : 1]);
    },
  );

  it('averages over trials, and keeps them', () => {
    const { activity, singleTrials, facts } = content(file(arrayOf(all, rate)), mapping(all));
    const mean = (place: Place): number =>
      [0, 1, 2, 3, 4].map((trial) => rate({ ...place, trial })).reduce((a, b) => a + b) / 5;
    expect(activity.data).toEqual(arrayOf(['neuron', 'time', 'condition'], mean).data);
    expect(singleTrials).toHaveLength(15);
    expect(singleTrials![1]).toEqual({
      condition: 0,
      neurons: [0, 1, 2, 3],
      activity: { shape: [4, 6], data: arrayOf(['neuron', 'time'], (p) => rate({ ...p, trial: 1 })).data },
    });
    expect(facts['trialsPerNeuron'].data).toEqual(Float64Array.of(5, 5, 5));
  });

  it('keeps trials through storage, so that levels which split them can be computed', () => {
    const value = file({ ...arrayOf(all, rate), dtype: 'float32', data: Float32Array.from(arrayOf(all, rate).data) });
    const source = { path: 'x.npz', sha256: '', bytes: 1, format: 'npz', layout: 'mapping' };
    const dataset = { ...content(value, mapping(all)), source };
    const stored = decodeDataset(encodeDataset(dataset));
    expect(stored.singleTrials).toEqual(dataset.singleTrials);
    expect(stored.singleTrials![0].activity.data).toBeInstanceOf(Float32Array);
    const measure = { metric: 'procrustes', settings: {}, protocol: 'plain', draws: 3, seed: 1 };
    const level = measureLevel(stored, 'trialSplit', measure).value!;
    expect(level).toBeGreaterThan(0);
  });

  it('leaves out trials that are missing, of each neuron its own', () => {
    const isMissing = ({ neuron, trial, condition }: Place): boolean =>
      (condition === 0 && trial! >= 3) || (neuron === 2 && condition === 1 && trial === 0);
    const gaps = arrayOf(all, (place) => (isMissing(place) ? NaN : rate(place)));
    const { activity, singleTrials, facts } = content(file(gaps), mapping(all));
    const mean = (place: Place): number => {
      const there = [0, 1, 2, 3, 4].filter((trial) => !isMissing({ ...place, trial }));
      return there.map((trial) => rate({ ...place, trial })).reduce((a, b) => a + b) / there.length;
    };
    expect(activity.data).toEqual(arrayOf(['neuron', 'time', 'condition'], mean).data);
    expect(facts['trialsPerNeuron'].data).toEqual(Float64Array.of(3, 4.75, 5));
    const of = (condition: number): number[][] =>
      singleTrials!.filter((t) => t.condition === condition).map((t) => [...t.neurons]);
    expect(of(0)).toEqual([[0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 3]]); // prettier-ignore
    expect(of(1).filter((n) => n.join() === '2')).toHaveLength(4);
    expect(of(1).filter((n) => n.join() === '0,1,3')).toHaveLength(5);
  });

  it('refuses neurons without a trial in a condition unless told how many there have to be', () => {
    const gaps = arrayOf(all, (p) => (p.neuron === 1 && p.condition === 2 && p.trial! > 0 ? NaN : rate(p)));
    const none = arrayOf(all, (p) => (p.neuron === 1 && p.condition === 2 ? NaN : rate(p)));
    const names = { neuronNames: 'ids' };
    const ids = ['a', 'b', 'c', 'd'];
    expect(content(file(gaps), mapping(all)).activity.shape).toEqual([4, 6, 3]);
    expect(content(file(gaps, { ids }), mapping(all, { minTrials: 2, ...names })).neuronNames).toEqual(['a', 'c', 'd']);
    expect(codeOf(() => content(file(none), mapping(all)))).toBe('mapping.trials');
    expect(messageOf(() => content(file(none), mapping(all)))).toMatch(/first neuron 2 in condition 3.*minTrials/);
    expect(codeOf(() => content(file(gaps), mapping(all, { minTrials: 9 })))).toBe('mapping.trials');
    const cut = arrayOf(all, (p) => (p.neuron === 1 && p.time === 3 ? NaN : rate(p)));
    expect(messageOf(() => content(file(cut), mapping(all)))).toMatch(/neuron 2 is missing \(NaN\) at 1 of 6 steps/);
  });

  it('leaves out conditions that have no trial at all', () => {
    const gaps = arrayOf(all, (p) => (p.condition === 1 ? NaN : rate(p)));
    const labels = { conditionLabels: ['angle'] };
    const value = file(gaps, { angle: numbers([3], [0, 45, 90]), x: arrayOf(['condition', 'time'], rate) });
    const { conditions, activity, kinematics } = content(value, mapping(all, { ...labels, signals: { handX: 'x' } }));
    expect(conditions.map(({ values }) => values)).toEqual([{ angle: 0 }, { angle: 90 }]);
    expect(activity.shape).toEqual([4, 6, 2]);
    expect([...kinematics['handX'].data.slice(6, 9)]).toEqual([0, 1, 2].map((time) => rate({ time, condition: 2 })));
  });

  describe('with labels of trials', () => {
    const trialAxes: AxisName[] = ['trial', 'neuron', 'time'];
    const rates = arrayOf(trialAxes, rate);
    const stim = numbers([5, 1], [90, 0, 90, 0, 90]);
    const choice = ['left', 'left', 'right', 'left', ''];

    it('makes conditions of what trials are alike in: numbers ascend, texts come as they first appear', () => {
      const value = file(rates, { stim, choice });
      const one = content(value, mapping(trialAxes, { conditionOf: ['stim'] }));
      expect(one.conditions).toEqual([
        { label: 'stim 0', values: { stim: 0 } },
        { label: 'stim 90', values: { stim: 90 } },
      ]);
      const mean = (place: Place): number => {
        const trials = place.condition === 0 ? [1, 3] : [0, 2, 4];
        const own = trials.map((trial) => rate({ neuron: place.neuron!, time: place.time!, trial }));
        return own.reduce((a, b) => a + b) / trials.length;
      };
      expect(one.activity.data).toEqual(arrayOf(['neuron', 'time', 'condition'], mean, { ...extents, condition: 2 }).data); // prettier-ignore
      expect(one.singleTrials!.map(({ condition }) => condition)).toEqual([0, 0, 1, 1, 1]);
      const both = content(value, mapping(trialAxes, { conditionOf: ['stim', 'choice'] }));
      expect(both.conditions.map(({ label }) => label)).toEqual(['stim 0, left', 'stim 90, left', 'stim 90, right']);
      expect(both.singleTrials).toHaveLength(4); // the last trial has no choice
    });

    it('says what does not fit', () => {
      const refused = (more: Partial<ArrayMapping>, axes = trialAxes): string =>
        codeOf(() => content(file(rates, { stim, choice, long: numbers([9], Array(9).fill(1)) }), mapping(axes, more)));
      expect(refused({ conditionOf: ['none'] })).toBe('mapping.array');
      expect(refused({ conditionOf: ['long'] })).toBe('mapping.labels');
      expect(refused({ conditionOf: ['stim'] }, ['condition', 'neuron', 'time'])).toBe('mapping.labels');
      expect(refused({ times: { array: 'long', unit: 's' } })).toBe('mapping.times');
      expect(refused({ neuronNames: 'long' })).toBe('mapping.labels');
      expect(refused({ signals: { x: 'long' } })).toBe('mapping.signals');
    });
  });

  it('takes a list of arrays for one more axis, of ragged ones too', () => {
    const axes: AxisName[] = ['condition', 'trial', 'neuron', 'time'];
    const whole = arrayOf(axes, rate);
    const size = 5 * 4 * 6;
    const item = (condition: number, trials = 5): FileArray =>
      numbers([trials, 4, 6], whole.data.slice(condition * size, condition * size + trials * 4 * 6));
    const list = [0, 1, 2].map((c) => item(c));
    expect(content(file(list), mapping(axes))).toEqual(content(file(whole), mapping(axes)));
    const structs = list.map((data): FileValue => new Map<string, FileValue>([['psth', data]]));
    expect(content(file(structs), mapping(axes, { array: 'rates.psth' }))).toEqual(content(file(whole), mapping(axes)));
    const ragged = content(file([item(0, 2), item(1, 5), item(2, 3)]), mapping(axes));
    expect(ragged.facts['trialsPerNeuron'].data).toEqual(Float64Array.of(2, 5, 3));
    const turned = [numbers([4, 2, 6], Array.from({ length: 48 }, (_, i) => i)), numbers([4, 3, 6], Array.from({ length: 72 }, (_, i) => 100 + i))]; // prettier-ignore
    const { activity } = content(file(turned), mapping(['condition', 'neuron', 'trial', 'time']));
    expect([activity.data[0], activity.data[1]]).toEqual([3, 106]);
  });

  it('uses what else is in the file: times, names, labels, signals', () => {
    const axes: AxisName[] = ['condition', 'time', 'neuron'];
    const value = file(arrayOf(axes, rate), {
      t: numbers([1, 6], [-0.1, -0.05, 0, 0.05, 0.1, 0.15]),
      ids: numbers([4], [11, 12, 13, 14]),
      where: ['left', 'middle', 'right'],
      hand: arrayOf(['time', 'condition'], rate),
      eye: arrayOf(['condition', 'time'], rate),
    });
    const found = content(value, {
      array: 'rates', axes, times: { array: 't', unit: 's' }, neuronNames: 'ids', conditionLabels: ['where'],
      signals: { handX: 'hand', eyeX: 'eye' }, alignment: 'go', name: 'M',
    }); // prettier-ignore
    expect([...found.timeMs]).toEqual([-100, -50, 0, 50, 100, 150]);
    expect(found.neuronNames).toEqual(['11', '12', '13', '14']);
    expect(found.conditions.map(({ label }) => label)).toEqual(['left', 'middle', 'right']);
    expect(found.kinematics['handX']).toEqual(found.kinematics['eyeX']);
    expect(found.kinematics['handX'].data).toEqual(arrayOf(['condition', 'time'], rate).data);
  });

  it('takes several axes of conditions for all their combinations', () => {
    const sizes = { neuron: 2, time: 3, trial: 2, condition: 6 };
    const flat = arrayOf(['neuron', 'time', 'condition'], rate, sizes);
    const grid = file(
      { ...flat, shape: [2, 3, 2, 3] },
      { context: ['colour', 'motion'], coherence: numbers([3], [-1, 0, 1]) },
    );
    const axes: AxisName[] = ['neuron', 'time', 'condition', 'condition'];
    const found = content(grid, mapping(axes, { conditionLabels: ['context', 'coherence'] }));
    expect(found.activity).toEqual({ shape: [2, 3, 6], data: flat.data });
    expect(found.conditions[4]).toEqual({ label: 'motion, coherence 0', values: { coherence: 0 } });
    expect(codeOf(() => content(grid, mapping(axes, { conditionLabels: ['context'] })))).toBe('mapping.labels');
  });

  it('goes through JSON and its schema as it is, also one of before there were trials', () => {
    const old: Mapping = mapping(['neuron', 'time', 'condition']);
    const full: Mapping = {
      ...mapping(['trial', 'neuron', 'time']), conditionOf: ['a.b', 'c'], times: { array: 't', unit: 's' }, neuronNames: 'n',
      signals: { handX: 'x' }, minTrials: 3,
    }; // prettier-ignore
    const table: Mapping = {
      kind: 'table',
      time: 't',
      timeUnit: 's',
      neurons: ['a'],
      conditions: [],
      alignment: 'x',
      name: 'y',
    };
    for (const one of [old, full, table]) expect(mappingSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
    const { dtMs: _, ...without } = old;
    expect(mappingSchema.safeParse(without).error!.issues[0].message).toMatch(/"times"/);
    expect(mappingSchema.safeParse({ ...old, conditonOf: ['a'] }).success).toBe(false);
    expect(mappingSchema.safeParse({ ...table, neuron: 'n' }).success).toBe(false);
  });
});

describe('a guess at a mapping', () => {
  const guessed = (value: FileValue) => questionAbout(value, 'monkey.mat');

  it('names axes by rows as long as they are, and says so', () => {
    const { suggestion, reasons } = guessed(
      file(arrayOf(['trial', 'time', 'neuron'], rate), {
        t_sec: numbers([6, 1], [0, 0.01, 0.02, 0.03, 0.04, 0.05]),
        unitIds: numbers([4], [5, 6, 7, 8]),
        trial_type: numbers([5], [1, 2, 1, 2, 1]),
        reactionTime: numbers([5], [0.1, 0.4, 0.2, 0.6, 0.3]),
        velocity: arrayOf(['trial', 'time'], rate),
      }),
    );
    expect(suggestion).toEqual({
      array: 'rates',
      axes: ['trial', 'time', 'neuron'],
      times: { array: 't_sec', unit: 's' },
      conditionOf: ['trial_type'],
      neuronNames: 'unitIds',
      alignment: 'alignment event',
      name: 'monkey',
      signals: { velocity: 'velocity' },
    });
    expect(reasons).toMatchObject({
      'axis 1': 'as long as “trial_type”',
      'axis 2': 'as long as “t_sec”',
      times: 'step 10 ms: from “t_sec”, 6 values 0.01 s apart',
      conditionOf: '2 different values over the trials',
    });
    expect(content(file(arrayOf(['trial', 'time', 'neuron'], rate), { t_sec: numbers([6], [0, 0.01, 0.02, 0.03, 0.04, 0.05]), unitIds: numbers([4], [5, 6, 7, 8]), trial_type: numbers([5], [1, 2, 1, 2, 1]), velocity: arrayOf(['trial', 'time'], rate) }), suggestion as ArrayMapping).kinematics['velocity'].shape).toEqual([2, 6]); // prettier-ignore
  });

  it('knows what is of neurons from what is of trials', () => {
    const { suggestion } = guessed(
      file(numbers([9, 4, 5], Array(180).fill(1)), {
        area: Array.from({ length: 9 }, (_, i) => (i < 4 ? 'M1' : 'PMd')),
      }),
    );
    expect(suggestion).toMatchObject({ axes: ['neuron', 'condition', 'time'] });
    expect(suggestion).not.toHaveProperty('conditionOf');
  });

  it.each<[string, Record<string, FileValue>, number, RegExp]>([
    ['dt', { dt: 0.02 }, 20, /“dt” is 0.02/],
    ['bin_size_ms', { bin_size_ms: numbers([1, 1], [5]) }, 5, /“bin_size_ms” is 5/],
    ['fs', { fs: 500 }, 2, /“fs” is 500 per second/],
    ['nothing', {}, 10, /not told by the file/],
  ])('takes the step from %s', (_, others, dtMs, reason) => {
    const { suggestion, reasons } = guessed(file(arrayOf(['neuron', 'time', 'condition'], rate), others));
    expect(suggestion).toMatchObject({ dtMs });
    expect(reasons['times']).toMatch(reason);
  });

  it('takes the longer of two axes for time, and of four the shortest for conditions, the next for trials', () => {
    expect(guessed(numbers([9, 3], Array(27).fill(1))).suggestion).toMatchObject({ axes: ['time', 'neuron'] });
    expect(guessed(numbers([9, 7, 5, 3], Array(945).fill(1))).suggestion).toMatchObject({
      axes: ['neuron', 'time', 'trial', 'condition'],
    });
    const cells = [2, 3, 4].map((trials) => numbers([trials, 2, 5], Array(trials * 10).fill(1)));
    expect(guessed(file(cells)).suggestion).toMatchObject({ axes: ['condition', 'trial', 'neuron', 'time'] });
  });
});

describe('the signature of how a file is built', () => {
  const built = (neurons: number, dt = 0.01): string =>
    treeSignature(
      'npz',
      file(numbers([neurons, 2, 2], Array(4 * neurons).fill(1)), { dt, list: Array(neurons).fill('a') }),
    );

  it('is the same for files of other sizes and numbers, another for other keys, types and axes', () => {
    expect(built(3)).toBe(built(5, 0.02));
    const others = [
      treeSignature('mat', file(numbers([3, 2, 2], Array(12).fill(1)), { dt: 0.01, list: ['a'] })),
      treeSignature('npz', file(numbers([3, 4], Array(12).fill(1)), { dt: 0.01, list: ['a'] })),
      treeSignature('npz', file(numbers([3, 2, 2], Array(12).fill(1)), { list: ['a'] })),
    ];
    for (const other of others) expect(other).not.toBe(built(3));
  });
});

describe('any file of arrays', () => {
  const names = ['rates', 't', 'time_s', 'unit', 'trial_type', 'dir', 'x', 'names', 'area', 'dt', 'fs', 'a.b', ''];

  /** A tree of arrays, lists, texts and dictionaries that share a few extents. */
  function randomTree(seed: number): FileValue {
    let state = seed;
    const draw = (n: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    const sizes = [1, 2, 3, 5, 8, 0];
    const array = (): FileArray => {
      const shape = Array.from({ length: draw(5) }, () => sizes[draw(6)]);
      const count = shape.reduce((product, n) => product * n, 1);
      const ramp = draw(2) === 0;
      return numbers(
        shape,
        Array.from({ length: count }, (_, i) => (draw(40) === 0 ? NaN : ramp ? i / 10 : draw(3))),
      );
    };
    const value = (depth: number): FileValue => {
      const kind = draw(depth > 2 ? 5 : 8);
      if (kind < 3) return array();
      if (kind === 3) return draw(2) === 0 ? 0.01 : 'text';
      if (kind === 4) return Array.from({ length: sizes[draw(6)] }, () => 'abc'[draw(3)]);
      if (kind === 5) return Array.from({ length: sizes[draw(6)] }, () => value(depth + 1));
      const same = array();
      if (kind === 6) return Array.from({ length: 1 + draw(5) }, () => new Map<string, FileValue>([['r', same]]));
      return new Map(Array.from({ length: draw(8) }, () => [names[draw(names.length)], value(depth + 1)]));
    };
    return value(0);
  }

  it('is a question whose guess passes the schema and makes a dataset or a LabError (seeds 1 to 4000)', () => {
    let made = 0;
    for (let seed = 1; seed <= 4000; seed++) {
      const tree = randomTree(seed);
      try {
        const { suggestion } = questionAbout(tree, 'x.npz');
        const mapping = mappingSchema.parse(JSON.parse(JSON.stringify(suggestion))) as ArrayMapping;
        const { activity, conditions, timeMs, neuronNames = [], kinematics } = contentByMapping(tree, mapping, 'x.npz');
        const [neurons, steps, count] = activity.shape;
        expect([timeMs.length, conditions.length]).toEqual([steps, count]);
        expect([0, neurons]).toContain(neuronNames.length);
        for (const signal of Object.values(kinematics)) expect(signal.shape).toEqual([count, steps]);
        expect(activity.data).toHaveLength(neurons * steps * count);
        made++;
      } catch (error) {
        if (!(error instanceof LabError)) throw new Error(`seed ${seed}`, { cause: error });
        expect(error.message).toMatch(/[a-z]+.*\.$/s);
      }
      expect(treeSignature('npz', tree)).toBe(treeSignature('npz', tree));
    }
    expect(made).toBeGreaterThan(500);
  });
});
