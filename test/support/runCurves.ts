/** Curves of runs with answers known beforehand. */
import type { FigureInput, RunCurve } from '../../src/core/figures/figureInput.ts';
import { performanceMetrics } from '../../src/core/metrics/performance.ts';
import { usualStatistics } from '../../src/core/statistics/compareGroups.ts';

/** Accuracy and distance at updates 0, 10, 20, … */
export function runCurve(rule: string, seed: number, accuracy: number[], distance: (number | null)[]): RunCurve {
  return {
    run: `${rule}-${seed}`,
    rule,
    ruleLabel: rule.toUpperCase(),
    color: rule === 'bptt' ? 0 : 1,
    seed,
    points: accuracy.map((a, i) => ({
      update: 10 * i,
      values: {
        normalizedError: 1 - a,
        procrustes: distance[i],
        'procrustes.test': distance[i],
        'procrustes.train': distance[i] === null ? null : 0.8 * distance[i],
        participationRatio: 2 + i,
        'cosine.Wrec': 1 / (1 + i),
        'normRatio.Wrec': 2 ** -i,
      },
    })),
  };
}

export function figureInput(curves: RunCurve[], rest: Partial<FigureInput> = {}): FigureInput {
  return {
    curves,
    losses: [],
    recorded: true,
    distance: {
      id: 'procrustes',
      label: 'Procrustes distance',
      better: 'lower',
      levels: [{ label: 'average over conditions', kind: 'floor', y: 0.48, past: 'It need not know conditions.' }],
      notes: [],
    },
    recording: { participationRatio: 3.3 },
    performance: performanceMetrics('mean-squared-error', 'published'),
    logY: false,
    band: 'sd',
    part: 'Wrec',
    reading: { at: 'accuracy', accuracy: null },
    statistics: { ...usualStatistics, draws: 200 },
    ...rest,
  };
}

/** Two seeds of one rule, one of another. */
export function threeRuns(): FigureInput {
  return figureInput([
    runCurve('bptt', 1, [0, 0.5, 1], [0.6, 0.5, 0.3]),
    runCurve('bptt', 2, [0, 0.5, 1], [0.6, 0.4, 0.2]),
    runCurve('e-prop', 1, [0, 0.2, 0.4], [0.6, 0.55, 0.5]),
  ]);
}
