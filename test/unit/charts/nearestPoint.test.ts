import type { Chart } from 'chart.js';
import { describe, expect, it } from 'vitest';
import { nearestPoint } from '../../../src/charts/nearestPoint.ts';
import { plainLine } from '../../../src/core/figures/conditionLines.ts';

/** A plot of 100 × 100 pixels of which each is one unit, y upwards. */
function chartOf(datasets: object[], hidden: number[] = []): Chart {
  const scale = (getPixelForValue: (v: number) => number) => ({ type: 'linear', min: 0, max: 100, getPixelForValue });
  return {
    chartArea: { left: 0, right: 100, top: 0, bottom: 100 },
    scales: { x: scale((v) => v), y: scale((v) => 100 - v) },
    data: { datasets },
    isDatasetVisible: (i: number) => !hidden.includes(i),
  } as unknown as Chart;
}

const line = { ...plainLine('a', 'a', [10, 50, 90], (k) => 10 * k), origins: [0, 1, 2].map((update) => ({ run: 'r', seed: 1, update })) }; // prettier-ignore
const lines = { group: 'a', line, data: [] };
const dots = { group: 'b', line: null, data: [{ x: 52, y: 60, origin: null, n: 3 }] };

describe('the point nearest to the pointer', () => {
  it('is found on lines and among dots, with where it comes from', () => {
    const chart = chartOf([lines, dots]);
    expect(nearestPoint(chart, 55, 88)).toMatchObject({
      left: 50,
      top: 90,
      point: { x: 50, y: 10, origin: { run: 'r', seed: 1, update: 1 }, n: null },
    });
    expect(nearestPoint(chart, 50, 50)).toMatchObject({ dataset: { group: 'b' }, point: { x: 52, n: 3 } });
  });

  it('is none outside of the plot, and never on a line that is hidden', () => {
    expect(nearestPoint(chartOf([lines]), 120, 50)).toBeNull();
    expect(nearestPoint(chartOf([lines, dots], [0]), 10, 100)).toMatchObject({ dataset: { group: 'b' } });
    expect(nearestPoint(chartOf([]), 50, 50)).toBeNull();
  });
});
