import { describe, expect, it } from 'vitest';
import type { Line } from '../../../../src/core/figures/figure.ts';
import { figures } from '../../../../src/core/figures/index.ts';
import { figureInput, runCurve, threeRuns } from '../../../support/runCurves.ts';

const described = (id: string, input = threeRuns()) => figures.get(id).describe(input);
const members = (lines: readonly Line[]) => lines.filter((l) => l.role === 'member');
const means = (lines: readonly Line[]) => lines.filter((l) => l.role === 'mean');

describe.each(figures.all.filter((f) => !f.reads))('$id', (definition) => {
  const losses = threeRuns().curves.map(({ points, ...run }) => ({
    ...run,
    updates: points.map((p) => p.update),
    loss: points.map((p) => 1 / (1 + p.update)),
    gradientNorm: points.map((p) => 2 / (1 + p.update)),
  }));
  const input = { ...threeRuns(), losses };
  /** two distances of one checkpoint, whose seeds have no x in common */
  const averaged = definition.id !== 'trainVsTest';

  it('draws every seed with the origin of each point, a mean where there are two, one group per rule', () => {
    const figure = definition.describe(input);
    expect(figure.id).toBe(definition.id);
    expect(figure.groups.map((g) => g.label)).toEqual(['BPTT', 'E-PROP']);
    expect(members(figure.lines)).toHaveLength(3);
    for (const line of members(figure.lines)) {
      expect(line.origins.map((o) => o.update)).toEqual([0, 10, 20]);
      expect(line.y).toHaveLength(3);
    }
    expect(means(figure.lines).map((l) => l.group)).toEqual(averaged ? ['bptt'] : []);
    expect(figure.bands.map((b) => b.group)).toEqual(averaged ? ['bptt'] : []);
  });

  it('says n, and that a single seed has no mean', () => {
    const { notes } = definition.describe(input);
    expect(notes).toContain(averaged ? 'BPTT: mean ± SD over seeds, n = 2.' : 'BPTT: n = 2, no mean.');
    expect(notes).toContain('E-PROP: n = 1, no mean.');
  });

  it('is an empty figure, not an error, without runs', () => {
    const figure = definition.describe(figureInput([], { recording: {} }));
    expect(figure.lines).toEqual([]);
    expect(figure.groups).toEqual([]);
  });
});

describe('conditions left out against conditions aligned', () => {
  it('has what was aligned along x, what was left out along y, and the diagonal', () => {
    const figure = described('trainVsTest');
    expect(figure.lines[0].y).toEqual([0.6, 0.5, 0.3]);
    expect(figure.lines[0].x).toEqual([0.6, 0.5, 0.3].map((d) => 0.8 * d));
    expect(figure.diagonal).toBe('equal');
  });

  it('says what to do where nothing was measured in that way', () => {
    const figure = described('trainVsTest', figureInput([{ ...threeRuns().curves[0], points: [] }]));
    expect(figure.lines).toEqual([]);
    expect(figure.whyEmpty).toBe('Measure by “Leave one condition out” to see this');
    expect(figure.notes[0]).toMatch(/^Needs distances by “Leave one condition out”/);
  });
});

describe('a figure along training', () => {
  it('ends at the last update, and wherever it likes before there is one', () => {
    expect(described('distanceVsUpdates').x).toMatchObject({ min: 0, max: 20 });
    expect(described('distanceVsUpdates', figureInput([])).x).toMatchObject({ min: 0, max: null });
  });
});

describe('distance against accuracy', () => {
  it('has accuracy and distance as its axes and compares at equal accuracy', () => {
    const { lines } = described('distanceVsAccuracy');
    expect(members(lines)[0].x).toEqual([0, 0.5, 1]);
    expect(members(lines)[0].y).toEqual([0.6, 0.5, 0.3]);
    const [mean] = means(lines);
    expect(mean.y[mean.x.indexOf(0.5)]).toBeCloseTo(0.45, 12);
  });

  it('shows the baseline and the untrained level', () => {
    expect(described('distanceVsAccuracy').references).toEqual([
      { label: 'average over conditions', y: 0.48 },
      { label: 'untrained', y: 0.6 },
    ]);
  });

  it('counts the checkpoints that have no value or lie outside the axes', () => {
    const { notes, lines } = described(
      'distanceVsAccuracy',
      figureInput([runCurve('bptt', 1, [-1, 0, 0.5, 1], [0.5, null, 0.4, 0.3])]),
    );
    expect(members(lines)[0].x).toEqual([-1, 0.5, 1]);
    expect(notes).toContain('Checkpoints without a value, left out: 1 of 4.');
    expect(notes).toContain('Checkpoints with accuracy below 0, left of the axis: 1; the table has them.');
  });

  it('uses the test set when every run has one, and names which', () => {
    const curve = runCurve('bptt', 1, [0, 1], [0.6, 0.3]);
    const tested = {
      ...curve,
      points: curve.points.map((p) => ({ ...p, values: { ...p.values, testError: 0.7 } })),
    };
    const both = described('distanceVsAccuracy', figureInput([tested]));
    expect(both.x.label).toContain('test set');
    expect(both.lines[0].x).toEqual([1 - 0.7, 1 - 0.7]);
    const mixed = described('distanceVsAccuracy', figureInput([tested, { ...curve, seed: 2 }]));
    expect(mixed.x.label).toContain('analysis trials');
  });
});

describe('figures along training', () => {
  it('show the dimensionality of the recording', () => {
    expect(described('participationRatioVsUpdates').references).toEqual([{ label: 'recording', y: 3.3 }]);
  });

  it('turn logarithmic on request', () => {
    expect(described('errorVsUpdates').y).toMatchObject({ scale: 'linear', min: 0 });
    expect(described('errorVsUpdates', { ...threeRuns(), logY: true }).y).toMatchObject({ scale: 'log', min: null });
  });
});

describe('figures of gradients', () => {
  const ofValues = (values: Record<string, (number | null)[]>) => {
    const points = Object.values(values)[0].map((_, i) => ({
      update: 10 * i,
      values: Object.fromEntries(Object.entries(values).map(([id, v]) => [id, v[i]])),
    }));
    return [{ ...runCurve('bptt', 1, [], []), points }];
  };

  it('show the part asked for, and name it', () => {
    const curves = ofValues({ 'cosine.Wrec': [1, 0.5], 'cosine.Wout': [1, 1], 'normRatio.Wout': [2, 4] });
    const cosines = described('gradientAlignment', figureInput(curves, { part: 'Wout' }));
    expect(cosines.title).toMatch(/Wout/);
    expect(cosines.lines.map((l) => l.y)).toEqual([[1, 1]]);
    expect(described('gradientAlignment', figureInput(curves)).lines.map((l) => l.y)).toEqual([[1, 0.5]]);
    expect(described('gradientNormRatio', figureInput(curves, { part: 'Wout' })).lines[0].y).toEqual([2, 4]);
  });

  it('reach below 0 only where a gradient points uphill', () => {
    const range = (cosines: number[]) =>
      described('gradientAlignment', figureInput(ofValues({ 'cosine.Wrec': cosines }))).y;
    expect(range([0.2, 0.9])).toMatchObject({ scale: 'linear', min: 0, max: 1 });
    expect(range([0.2, -0.1])).toMatchObject({ min: -1, max: 1 });
  });

  it('leave out comparisons without a value, and lengths of zero on their logarithmic axis, and count them', () => {
    const curves = ofValues({ 'cosine.Wrec': [null, 0.5, 0.6], 'normRatio.Wrec': [0, 1, null] });
    const cosines = described('gradientAlignment', figureInput(curves));
    expect(cosines.lines[0].x).toEqual([10, 20]);
    expect(cosines.notes).toContain('Comparisons without a value, left out: 1 of 3.');
    const lengths = described('gradientNormRatio', figureInput(curves));
    expect(lengths.y.scale).toBe('log');
    expect(lengths.lines[0].x).toEqual([10]);
    expect(lengths.notes).toContain('Comparisons without a value, left out: 2 of 3.');
  });
});

describe('the list of figures', () => {
  it('names the figures there are when asked for another', () => {
    expect(() => figures.get('pie')).toThrow(expect.objectContaining({ code: 'figure.unknown' }));
  });
});
