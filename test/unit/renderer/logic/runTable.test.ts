import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../../src/app/contract.ts';
import { quickPreset } from '../../../../src/app/presets.ts';
import {
  actionable,
  beingAnalysed,
  filtered,
  newestFirst,
  nextOrder,
  sorted,
} from '../../../../src/renderer/logic/runTable.ts';

function run(id: string, change: Partial<RunSummary> & { seed?: number } = {}): RunSummary {
  const { seed = 1, ...rest } = change;
  const { figures: _figures, rules: _rules, seeds: _seeds, ...template } = quickPreset.plan;
  return {
    id: id as RunSummary['id'],
    state: 'done',
    spec: { ...template, dataset: 'd1' as RunSummary['spec']['dataset'], rule: 'bptt', seed },
    ruleLabel: 'BPTT',
    datasetName: 'Monkey A',
    update: 300,
    mainLoss: null,
    secondsLeft: null,
    analyzed: 0,
    checkpoints: 0,
    testError: null,
    errorLabel: 'Normalised error',
    distance: null,
    engine: null,
    error: null,
    analysisError: null,
    origin: null,
    createdAt: 1000,
    startedAt: null,
    finishedAt: null,
    ...rest,
  };
}
const ids = (runs: readonly RunSummary[]): string => runs.map((r) => r.id).join('');

describe('the run table', () => {
  it('shows the newest sweep first, each by seed, then rule', () => {
    const runs = [
      run('d', { seed: 2 }),
      run('c', { seed: 1, ruleLabel: 'e-prop' }),
      run('b', { seed: 1 }),
      run('a', { createdAt: 2000, seed: 9 }),
    ];
    expect(ids(sorted(runs, newestFirst))).toBe('abcd');
  });

  it('puts runs without a value last, whichever way it sorts', () => {
    const runs = [run('a'), run('b', { distance: 0.4 }), run('c', { distance: 0.3 })];
    expect(ids(sorted(runs, { column: 'distance', descending: false }))).toBe('cba');
    expect(ids(sorted(runs, { column: 'distance', descending: true }))).toBe('bca');
  });

  it('turns the order round at the second click', () => {
    const once = nextOrder(newestFirst, 'loss');
    expect(once).toEqual({ column: 'loss', descending: false });
    expect(nextOrder(once, 'loss')).toEqual({ column: 'loss', descending: true });
  });

  it('keeps runs in which every word of the filter occurs', () => {
    const runs = [run('a', { seed: 3 }), run('b', { seed: 4 }), run('c', { seed: 3, state: 'failed' })];
    expect(ids(filtered(runs, 'monkey seed 3'))).toBe('ac');
    expect(ids(filtered(runs, 'SEED 3 failed'))).toBe('c');
    expect(ids(filtered(runs, '  '))).toBe('abc');
  });

  it('takes a number in the filter as a whole, whatever digits ids and other numbers hold', () => {
    const runs = [run('a3', { seed: 3 }), run('b3xY3', { seed: 13 }), run('c', { seed: 30 })];
    expect(ids(filtered(runs, 'seed 3'))).toBe('a3');
    expect(ids(filtered(runs, '13'))).toBe('b3xY3');
  });

  it('finds a run by the beginning of its id', () => {
    const runs = [run('x7Kq12ab'), run('y7Kq12ab')];
    expect(ids(filtered(runs, 'x7kq'))).toBe('x7Kq12ab');
    expect(ids(filtered(runs, '7kq1'))).toBe('');
  });

  it('offers actions to the runs that can take them', () => {
    const runs = [
      run('q', { state: 'queued' }),
      run('r', { state: 'running' }),
      run('p', { state: 'paused', checkpoints: 2 }),
      run('d', { state: 'done', checkpoints: 2, analyzed: 2 }),
    ];
    expect(ids(actionable(runs, 'pause'))).toBe('qr');
    expect(ids(actionable(runs, 'resume'))).toBe('p');
    expect(ids(actionable(runs, 'cancel'))).toBe('qrp');
    expect(ids(actionable(runs, 'remove'))).toBe('qpd');
    expect(ids(actionable(runs, 'analyze'))).toBe('p');
  });

  it('wait for results of those that ended, until an analysis fails', () => {
    const left = { checkpoints: 2, analyzed: 1 };
    const analysisError = { code: 'checkpoint.damaged', message: 'It was damaged.' };
    expect(beingAnalysed(run('a', left))).toBe(true);
    expect(beingAnalysed(run('a', { ...left, state: 'failed' }))).toBe(true);
    expect(beingAnalysed(run('a', { ...left, state: 'paused' }))).toBe(false);
    expect(beingAnalysed(run('a', { ...left, analyzed: 2 }))).toBe(false);
    expect(beingAnalysed(run('a', { ...left, analysisError }))).toBe(false);
  });
});
