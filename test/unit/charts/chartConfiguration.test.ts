import type { Chart } from 'chart.js';
import { describe, expect, it } from 'vitest';
import { chartConfiguration } from '../../../src/charts/chartConfiguration.ts';
import { pointAt } from '../../../src/charts/lineChart.ts';
import type { LineDataset } from '../../../src/charts/lineChart.ts';
import { pointLabel } from '../../../src/charts/pointLabel.ts';
import { distanceBars } from '../../../src/core/figures/distanceBars.ts';
import { distanceVsAccuracy } from '../../../src/core/figures/distanceVsAccuracy.ts';
import { distanceVsUpdates } from '../../../src/core/figures/distanceVsUpdates.ts';
import type { FigureInput } from '../../../src/core/figures/figureInput.ts';
import { figureInput, runCurve, threeRuns } from '../../support/runCurves.ts';

const figure = distanceVsAccuracy.describe(threeRuns());
const configuration = chartConfiguration(figure, 'paper', { fontSize: 10, interactive: true });
const datasets = configuration.data.datasets as unknown as LineDataset[];

describe('the configuration of a chart', () => {
  it('has means on top of members, thick over thin, in one colour per rule', () => {
    expect(datasets.map((d) => d.label)).toEqual(['BPTT, mean', 'BPTT, seed 1', 'BPTT, seed 2', 'E-PROP, seed 1']);
    const [mean, first, second, other] = datasets;
    expect(mean.borderWidth).toBeGreaterThan(first.borderWidth as number);
    expect(first.borderColor).toBe(second.borderColor);
    expect(first.backgroundColor).toBe(mean.backgroundColor);
    expect(other.backgroundColor).not.toBe(mean.backgroundColor);
  });

  it('draws a rule with a single seed in full colour', () => {
    const [, first, , alone] = datasets;
    expect(alone.borderColor).toMatch(/^#[\da-f]{6}$/);
    expect(first.borderColor).toMatch(/^#[\da-f]{8}$/);
  });

  it('keeps the origin of every point for hovering', () => {
    expect(pointAt(datasets[2], 1)).toEqual({
      x: 0.5,
      y: 0.4,
      origin: { run: 'bptt-2', seed: 2, update: 10 },
      n: null,
    });
  });

  it('makes room for bands and references on the y axis', () => {
    const y = configuration.options!.scales!['y'] as { suggestedMin: number; suggestedMax: number };
    expect(y.suggestedMin).toBeLessThan(0.25);
    expect(y.suggestedMax).toBe(0.6);
  });

  it('has one legend entry per rule, and none for a single rule', () => {
    const legend = configuration.options!.plugins!.legend!;
    const chart = { data: { datasets }, isDatasetVisible: () => true } as unknown as Chart;
    const items = legend.labels!.generateLabels!(chart);
    expect(items.map((i) => i.text)).toEqual(['BPTT', 'E-PROP']);
    expect(items[0].strokeStyle).toBe(datasets[0].backgroundColor);
    const single = distanceVsAccuracy.describe({ ...threeRuns(), curves: threeRuns().curves.slice(0, 2) });
    expect(
      chartConfiguration(single, 'paper', { fontSize: 10, interactive: false }).options?.plugins?.legend?.display,
    ).toBe(false);
  });

  it('shows a line of a single point as a dot, longer ones without', () => {
    const first = figureInput([runCurve('bptt', 1, [0.5], [0.6])]);
    const dots = (input: FigureInput) =>
      chartConfiguration(distanceVsUpdates.describe(input), 'paper', { fontSize: 10, interactive: false }).data
        .datasets;
    expect(dots(first).map((d) => d.pointRadius)).toEqual([2.5]);
    expect(dots(threeRuns()).every((d) => d.pointRadius === 0)).toBe(true);
  });

  it('marks whole updates only', () => {
    const x = chartConfiguration(distanceVsUpdates.describe(threeRuns()), 'paper', { fontSize: 10, interactive: false })
      .options!.scales!['x'] as { max: number; ticks: { precision?: number } };
    expect(x).toMatchObject({ max: 20, ticks: { precision: 0 } });
  });

  it('spreads the seeds of a group at its place, each as far in every group, and puts the mean in the middle', () => {
    const bars = distanceBars.describe(threeRuns());
    const drawn = chartConfiguration(bars, 'paper', { fontSize: 10, interactive: false });
    const at = (label: string) => drawn.data.datasets.find((d) => d.label === label)!.data[0].x;
    expect(at('BPTT, seed 1')).toBeCloseTo(-0.22, 12);
    expect(at('BPTT, seed 2')).toBeCloseTo(0.22, 12);
    expect(at('E-PROP, seed 1') - 1).toBeCloseTo(at('BPTT, seed 1'), 12);
    expect(at('BPTT, mean')).toBe(0);
    const x = drawn.options!.scales!['x'] as {
      title: { text: string };
      ticks: { callback: (v: number) => string[] };
      afterBuildTicks: (scale: { min: number; max: number; ticks: unknown }) => void;
    };
    expect(x.title.text).toBe('Dots: seeds (n = 1 to 2); lines: mean, 95 % t interval');
    expect([0, 1].map(x.ticks.callback)).toEqual([['BPTT'], ['E-PROP']]);
    const scale = { min: -0.5, max: 1.5, ticks: [] as unknown };
    x.afterBuildTicks(scale);
    expect(scale.ticks).toEqual([{ value: 0 }, { value: 1 }]);
  });

  it('does not change from call to call', () => {
    const again = chartConfiguration(figure, 'paper', { fontSize: 10, interactive: true });
    expect(JSON.stringify(again)).toBe(JSON.stringify(configuration));
  });
});

describe('the label of a point', () => {
  const label = (dataset: number, point: number) =>
    pointLabel(figure, datasets[dataset], pointAt(datasets[dataset], point));

  it('names rule, seed, update and value', () => {
    expect(label(2, 1)).toBe('BPTT · seed 2 · update 10 · Procrustes distance 0.4');
  });

  it('names for a mean how many seeds it averages', () => {
    expect(label(0, 0)).toBe('BPTT · mean of 2 seeds · Accuracy 0 · Procrustes distance 0.6');
  });
});
