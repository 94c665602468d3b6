/** Tables of condition averages: rates[n][t][c] = 100 n + 10 t + c, written in every layout. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../../../src/core/data/dataset.ts';
import { importDataset } from '../../../../../src/core/data/importDataset.ts';
import { assumptionOf } from '../../../../../src/core/data/layouts/assumptions.ts';
import { roleOf, unitOfTime } from '../../../../../src/core/data/layouts/tableColumns.ts';
import { codeOf, messageOf } from '../../../../support/files.ts';

const neurons = [0, 1, 2];
const steps = [0, 1, 2, 3];
const conditions = ['left', 'right'];
const rate = (n: number, t: number, c: number): number => 100 * n + 10 * t + c;
const known = neurons.flatMap((n) => steps.flatMap((t) => conditions.map((_, c) => rate(n, t, c))));

function imported(text: string): Dataset {
  const bytes = new TextEncoder().encode(text);
  const result = importDataset(bytes, { path: '/a/cells.csv', sha256: '', bytes: bytes.length });
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

  it('is refused with single trials, or two columns for one thing', () => {
    const rows = longRows().map((row, i) => `${row},${i}`);
    expect(refusal(long('neuron,time,condition,rate,trial', rows))).toMatch(/single trials \(column "trial"\)/);
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

describe('any other table', () => {
  it('is refused with the names of its columns, and what is expected', () => {
    expect(refusal('x,y\n1,2\n3,4\n')).toMatch(/data.table .*time, condition and one per neuron; found "x", "y"\./);
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
