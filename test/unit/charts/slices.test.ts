import type { Chart } from 'chart.js';
import { describe, expect, it } from 'vitest';
import { inSlices, inTurn } from '../../../src/charts/slices.ts';

type Hook = (chart: Chart) => void;

function drawing() {
  const waiting = new Set<() => void>();
  const plugin = inSlices((draw) => {
    waiting.add(draw);
    return () => void waiting.delete(draw);
  });
  const ctx = { save() {}, beginPath() {}, rect() {}, clip() {}, restore() {} };
  const chart = { width: 1000, ctx, chartArea: { left: 0, top: 0, width: 1, height: 1 } } as unknown as Chart;
  const drawn: string[] = [];
  const start = (names: string, points = 1000): void => {
    (plugin.beforeDatasetsDraw as Hook)(chart);
    for (const name of names) inTurn(chart, points, () => void drawn.push(name));
    (plugin.afterDatasetsDraw as Hook)(chart);
  };
  const nextFrame = (): void => {
    const [draw] = waiting;
    waiting.delete(draw);
    draw();
  };
  return { start, nextFrame, waiting, drawn, end: () => (plugin.beforeDestroy as Hook)(chart) };
}

describe('marks of many points', () => {
  it('are drawn three thousand points a frame, in their order', () => {
    const { start, nextFrame, waiting, drawn } = drawing();
    start('abcdefgh');
    expect(drawn.join('')).toBe('abc');
    nextFrame();
    expect(drawn.join('')).toBe('abcdef');
    nextFrame();
    expect(drawn.join('')).toBe('abcdefgh');
    expect(waiting.size).toBe(0);
  });

  it('count for no more points than are drawn, so that even the longest line is drawn', () => {
    const { start, nextFrame, drawn } = drawing();
    start('ab', 1e6);
    expect(drawn).toEqual(['a']);
    nextFrame();
    expect(drawn).toEqual(['a', 'b']);
  });

  it('are forgotten when all is drawn anew, or the chart is gone', () => {
    const { start, end, waiting, drawn } = drawing();
    start('abcd');
    start('xyzw');
    expect(waiting.size).toBe(1);
    expect(drawn.join('')).toBe('abcxyz');
    end();
    expect(waiting.size).toBe(0);
  });
});
