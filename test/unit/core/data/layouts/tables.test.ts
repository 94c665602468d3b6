/** Tables of condition averages: rates[n][t][c] = 100 n + 10 t + c, written in every layout. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../../../src/core/data/dataset.ts';
import { importDataset } from '../../../../../src/core/data/importDataset.ts';
import { assumptionOf } from '../../../../../src/core/data/layouts/assumptions.ts';
import type { TableMapping } from '../../../../../src/core/data/layouts/mapping.ts';
import { roleOf, unitOfTime } from '../../../../../src/core/data/layouts/tableColumns.ts';
import { codeOf, messageOf } from '../../../../support/files.ts';

const neurons = [0, 1, 2];
const steps = [0, 1, 2, 3];
const conditions = ['left', 'right'];
const rate = (n: number, t: number, c: number): number => 100 * n + 10 * t + c;
const known = neurons.flatMap((n) => steps.flatMap((t) => conditions.map((_, c) => rate(n, t, c))));

function imported(text: string, mapping?: TableMapping): Dataset {
  const bytes = new TextEncoder().encode(text);
  const result = importDataset(bytes, { path: '/a/cells.csv', sha256: '', bytes: bytes.length }, mapping);
  if (result.kind !== 'dataset') throw new Error('a question');
  return result.dataset;
}

const refusal = (text: string): string => `${codeOf(() => imported(text))} ${messageOf(() => imported(text))}`;

const longRows = (time = (t: number): number => -10 + 10 * t): string[] =>
  neurons.flatMap((n) =>
    steps.flatMap((t) => conditions.map((label, c) => `n${n},${time(t)},${label},${rate(n, t, c)}`)),
  );
const long = (head: string, rows = longRows()): string => `${head}\n${rows.join('\n')}\n`;

const wideRows = conditions.flatMap((label, c) =>
  steps.map((t) => [10 * t, label, ...neurons.map((n) => rate(n, t, c))].join('\t')),
);
const wide = (head = 'time_ms\tcondition\ta\tb\tc', rows = wideRows): string => `${head}\n${rows.join('\n')}\n`;

describe('a long table', () => {
  it.each([
    'neuron,time,condition,rate',
    'unit_id,time_ms,stim,firing_rate',
    'Cell ID,Time (ms),Direction,Firing rate (Hz)',
    'neuronId,timeMs,conditionName,spikeRate',
  ])('is understood with the names %s', (head) => {
    const dataset = imported(long(head));
    expect(dataset.activity).toEqual({ shape: [3, 4, 2], data: Float64Array.from(known) });
    expect([...dataset.timeMs]).toEqual([-10, 0, 10, 20]);
    expect(dataset.conditions.map(({ label }) => label)).toEqual(conditions);
    expect(dataset).toMatchObject({ name: 'cells', source: { format: 'csv', layout: 'table-long' } });
    expect(dataset.neuronNames).toEqual(neurons.map((n) => `n${n}`));
    expect(assumptionOf(dataset.source.layout)).toMatch(/seconds/);
  });

  it('may have its rows in any order', () => {
    const [first, ...others] = longRows();
    const dataset = imported(long('neuron,time,condition,rate', [first, ...others.reverse()]));
    const labels = dataset.conditions.map(({ label }) => label);
    expect(labels).toEqual(conditions);
    // neurons in the order in which they appear: n0, n2, n1
    const expected = [0, 2, 1].flatMap((n) => steps.flatMap((t) => conditions.map((_, c) => rate(n, t, c))));
    expect([...dataset.activity.data]).toEqual(expected);
    expect([...dataset.timeMs]).toEqual([-10, 0, 10, 20]);
  });

  it.each([
    ['time_s', (t: number) => 0.29 + t / 100, [290, 300, 310, 320]],
    ['time', (t: number) => t / 100, [0, 10, 20, 30]], // steps below 1: seconds
    ['time', (t: number) => t, [0, 1, 2, 3]],
    ['time (ms)', (t: number) => t / 2, [0, 0.5, 1, 1.5]],
    ['seconds', (t: number) => 2 * t, [0, 2000, 4000, 6000]],
  ])('has times in the unit that the name %s or the step says', (name, time, timeMs) => {
    expect([...imported(long(`neuron,${name},condition,rate`, longRows(time))).timeMs]).toEqual(timeMs);
  });

  it('keeps numbers as values of conditions', () => {
    const rows = longRows().map((row) => row.replace('left', '45').replace('right', '90'));
    expect(imported(long('neuron,time,direction,rate', rows)).conditions).toEqual([
      { label: '45', values: { direction: 45 } },
      { label: '90', values: { direction: 90 } },
    ]);
  });

  it('without conditions has one', () => {
    const dataset = imported('neuron,time,rate\n1,0,5\n1,10,6\n2,0,7\n2,10,8\n');
    expect(dataset.activity).toEqual({ shape: [2, 2, 1], data: Float64Array.of(5, 6, 7, 8) });
    expect(dataset.conditions).toEqual([{ label: 'all', values: {} }]);
  });

  it.each([
    ['one row is missing', longRows().slice(1), 'expected a rate for each of 3 neurons, 4 times and 2 conditions (24), found 23.'], // prettier-ignore
    [
      'one is there twice',
      [longRows()[1], ...longRows().slice(1)],
      'row 2 has the neuron, time and condition of another row.',
    ],
    ['a time is missing', ['n0,,left,1', ...longRows().slice(1)], '"time" is missing in row 1.'],
    ['steps are uneven', longRows((t) => t * t), 'expected times in even steps, found'],
  ])('is refused where %s', (_, rows, what) => {
    expect(refusal(long('neuron,time,condition,rate', rows))).toContain(
      `data.table Reading the table "cells.csv": ${what}`,
    );
  });

  it('is refused where a rate is missing, with its place', () => {
    const rows = longRows().with(5, 'n0,20,right,NaN').with(4, 'n0,10,left,20');
    expect(refusal(long('neuron,time,condition,rate', rows.with(5, longRows()[5].replace(/[^,]*$/, ''))))).toMatch(
      /data.notFinite .*neuron 0, step 2, condition 1/,
    );
  });

  it('is refused with trials at some of their times only, or two columns for one thing', () => {
    const rows = longRows().map((row, i) => `${row},${i}`);
    expect(refusal(long('neuron,time,condition,rate,trial', rows))).toMatch(/missing \(NaN\) at 3 of 4 steps/);
    expect(refusal(long('neuron,time,condition,rate,cell_id', rows))).toMatch(/both "neuron" and "cell_id"/);
  });
});

describe('a wide table', () => {
  it('is understood: times in rows, neurons in columns', () => {
    const dataset = imported(wide());
    expect(dataset.activity).toEqual({ shape: [3, 4, 2], data: Float64Array.from(known) });
    expect(dataset.neuronNames).toEqual(['a', 'b', 'c']);
    expect([...dataset.timeMs]).toEqual([0, 10, 20, 30]);
    expect(dataset.conditions.map(({ label }) => label)).toEqual(conditions);
    expect(dataset.source.layout).toBe('table-wide');
  });

  it('gives the same in any order of rows, but for the order of conditions', () => {
    expect(imported(wide(undefined, [wideRows[0], ...wideRows.slice(1).reverse()])).activity).toEqual(
      imported(wide()).activity,
    );
  });

  it('is refused where a row is there twice or a column is text', () => {
    expect(refusal(wide(undefined, wideRows.with(1, wideRows[0])))).toContain(
      'row 2 has the time and condition of another',
    );
    const worded = wideRows.map((row) => row.replace(/\t\d+$/, '\tx'));
    expect(refusal(wide(undefined, worded))).toContain('expected rates of a neuron in "c", found text');
  });
});

describe('a table of trials', () => {
  /** two neurons, three times, two conditions; the second neuron lacks the last trial of "b" */
  const trials = [['a', 1], ['a', 2], ['b', 1], ['b', 2], ['b', 3]] as const; // prettier-ignore
  const rate = (neuron: number, time: number, trial: number): number => 100 * neuron + 10 * time + trial ** 2;
  const rows = trials.flatMap(([condition, id], trial) =>
    [0, 1, 2].flatMap((time) =>
      (trial === 4 ? [0] : [0, 1]).map((neuron) => [neuron, time * 20, condition, id, rate(neuron, time, trial)]),
    ),
  );
  const csv = (head: string, all: readonly (readonly unknown[])[] = rows): string =>
    [head, ...all.map((row) => row.join(','))].join('\n');

  it('is averaged over the trials of each neuron, which are kept', () => {
    const { activity, singleTrials, neuronNames, conditions, facts } = imported(
      csv('unit,time_ms,condition,trial,rate'),
    );
    const mean = (neuron: number, time: number, of: number[]): number =>
      of.map((trial) => rate(neuron, time, trial)).reduce((a, b) => a + b) / of.length;
    const expected = [0, 1].flatMap((n) => [0, 1, 2].flatMap((t) => [mean(n, t, [0, 1]), mean(n, t, n === 0 ? [2, 3, 4] : [2, 3])])); // prettier-ignore
    expect(activity).toEqual({ shape: [2, 3, 2], data: Float64Array.from(expected) });
    expect([neuronNames, conditions.map(({ label }) => label)]).toEqual([['0', '1'], ['a', 'b']]); // prettier-ignore
    expect(facts['trialsPerNeuron'].data).toEqual(Float64Array.of(2, 2.5));
    expect(singleTrials!.map(({ condition, neurons }) => [condition, [...neurons]])).toEqual([
      [0, [0, 1]], [0, [0, 1]], [1, [0]], [1, [0]], [1, [0]], [1, [1]], [1, [1]],
    ]); // prettier-ignore
  });

  it('is understood by a mapping of its columns, by the same numbers, under any names', () => {
    const mapping: TableMapping = {
      kind: 'table', time: 'c2', timeUnit: 'ms', conditions: ['c3'], trial: 'c4', neuron: 'c1', rate: 'c5',
      alignment: 'cue', name: 'Mine',
    }; // prettier-ignore
    const dataset = imported(csv('c1,c2,c3,c4,c5'), mapping);
    expect(dataset).toMatchObject({ name: 'Mine', alignment: 'cue' });
    expect(dataset.activity).toEqual(imported(csv('unit,time_ms,condition,trial,rate')).activity);
    expect([...imported(csv('c1,c2,c3,c4,c5'), { ...mapping, timeUnit: 's' }).timeMs]).toEqual([0, 20000, 40000]);
    const least = imported(csv('c1,c2,c3,c4,c5'), { ...mapping, minTrials: 2 });
    expect(least.neuronNames).toEqual(['0', '1']);
    expect(() => imported(csv('c1,c2,c3,c4,c5'), { ...mapping, minTrials: 3 })).toThrow(/at least 3 trials/);
    expect(() => imported(csv('c1,c2,c3,c4,c5'), { ...mapping, rate: 'c9' })).toThrow(/no column "c9"/);
    expect(() => imported(csv('c1,c2,c3,c4,c5'), { ...mapping, trial: 'c3' })).toThrow(/"c3" is named twice/);
  });

  it('makes conditions of all columns named, in wide tables too', () => {
    const wide = csv('when,left,right,x,y', [[0, 1, 'go', 1, 2], [10, 1, 'go', 3, 4], [0, 2, 'stop', 5, 6], [10, 2, 'stop', 7, 8]]); // prettier-ignore
    const mapping: TableMapping = { kind: 'table', time: 'when', timeUnit: 'ms', conditions: ['left', 'right'], neurons: ['y', 'x'], alignment: 'cue', name: 'M' }; // prettier-ignore
    const dataset = imported(wide, mapping);
    expect(dataset.conditions).toEqual([
      { label: 'left 1, go', values: { left: 1 } },
      { label: 'left 2, stop', values: { left: 2 } },
    ]);
    expect([...dataset.activity.data]).toEqual([2, 6, 4, 8, 1, 5, 3, 7]);
  });
});

describe('any other table', () => {
  const asked = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    const result = importDataset(bytes, { path: '/a/cells.csv', sha256: '', bytes: bytes.length });
    if (result.kind !== 'question') throw new Error('understood');
    return result.question;
  };

  it('is the one question what its columns are, with a guess', () => {
    const { columns, suggestion, reasons } = asked('x,stage,y\n1,go,2\n2,go,4\n');
    expect(columns).toEqual([
      { name: 'x', numbers: true, levels: 2, first: '1, 2' },
      { name: 'stage', numbers: false, levels: 1, first: 'go, go' },
      { name: 'y', numbers: true, levels: 2, first: '2, 4' },
    ]);
    expect(suggestion).toMatchObject({
      kind: 'table',
      time: 'x',
      conditions: ['stage'],
      neurons: ['y'],
      name: 'cells',
    });
    expect(reasons['time']).toBe('the first column of numbers');
  });

  it('is guessed to be a matrix where its columns have no names', () => {
    const { suggestion, arrays } = asked(Array.from({ length: 5 }, (_, i) => `${i},${i * 2},${i + 3}`).join('\n'));
    expect(suggestion).toMatchObject({ array: 'numbers', axes: ['time', 'neuron'] });
    expect(arrays.map(({ key }) => key)).toEqual(['numbers', 'names']);
  });

  it('is refused where it holds no numbers', () => {
    expect(() => asked('x,y\na,b\nc,d\n')).toThrow(/columns of numbers, found text alone/);
  });
});

describe('names of columns', () => {
  it.each([
    ['t', 'time', null], ['t [s]', 'time', 1000], ['ms', 'time', 1], ['Time_sec', 'time', 1000], ['times', null, null],
    ['unit 1', null, null], ['Rate (spikes/s)', null, 1000], ['hz', null, null], ['', null, null], ['trial_number', 'trial', null],
  ] as const)('say what is in them: %j', (name, role, unit) => {
    expect([roleOf(name), unitOfTime(name)]).toEqual([role, unit]);
  }); // prettier-ignore
});
