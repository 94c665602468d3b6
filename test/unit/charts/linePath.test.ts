import { describe, expect, it } from 'vitest';
import { drawPath, toPixel } from '../../../src/charts/linePath.ts';

type Point = [kind: 'M' | 'L', x: number, y: number];

function pathOf(x: readonly number[], y: readonly number[], column: number): Point[] {
  const points: Point[] = [];
  const path = {
    moveTo: (px: number, py: number) => void points.push(['M', px, py]),
    lineTo: (px: number, py: number) => void points.push(['L', px, py]),
  };
  expect(drawPath(path, { x, y }, [Number, Number], column)).toBe(points.length);
  return points;
}

describe('the path of a line', () => {
  it('goes through every point where they lie in columns of their own, or where no column is given', () => {
    const [x, y] = [[0, 1.2, 2.4], [5, 3, 8]]; // prettier-ignore
    expect(pathOf(x, y, 1)).toEqual([['M', 0, 5], ['L', 1.2, 3], ['L', 2.4, 8]]); // prettier-ignore
    expect(pathOf([0, 0.1, 0.2], [1, 2, 1], 0)).toHaveLength(3);
  });

  it('keeps of each column the first, the lowest, the highest and the last, in their order', () => {
    const y = [5, 4, 9, 6, 1, 5, 3];
    expect(pathOf(y.map((_, i) => 0.1 * i), y, 1).map(([, , v]) => v)).toEqual([5, 9, 1, 3]); // prettier-ignore
    expect(pathOf([0, 0.1, 0.2, 0.3], [5, 1, 9, 5], 1).map(([, , v]) => v)).toEqual([5, 1, 9, 5]);
  });

  it.each([1, 2, 3])('reaches as far up and down in each column as all points do (%i)', (seed) => {
    const x = Array.from({ length: 5000 }, (_, i) => i / 50);
    const y = x.map((_, i) => Math.sin(seed * 12.9898 * i) * (1 + (i % 997)));
    const drawn = pathOf(x, y, 1);
    expect(drawn.length).toBeLessThanOrEqual(400);
    const columns = Map.groupBy(drawn, ([, px]) => Math.floor(px));
    for (const [column, points] of columns) {
      const all = y.filter((_, i) => Math.floor(x[i]) === column);
      expect(Math.min(...points.map(([, , v]) => v))).toBe(Math.min(...all));
      expect(Math.max(...points.map(([, , v]) => v))).toBe(Math.max(...all));
    }
  });

  it('is interrupted where a value has no place', () => {
    expect(pathOf([0, 1, 2, 3], [1, NaN, 2, 3], 1).map(([kind]) => kind).join('')).toBe('MML'); // prettier-ignore
  });
});

describe('places in pixels', () => {
  const scale = (type: string, min: number, max: number, at: (v: number) => number) => toPixel({ type, min, max, getPixelForValue: at }); // prettier-ignore

  it('are those of the scale, straight or logarithmic', () => {
    const straight = (v: number) => 300 - 20 * v;
    expect(scale('linear', 2, 12, straight)(7.3)).toBeCloseTo(straight(7.3), 9);
    const log = (v: number) => 10 + 40 * Math.log10(v);
    expect(scale('logarithmic', 0.01, 100, log)(3)).toBeCloseTo(log(3), 9);
  });

  it('are none for what a logarithmic scale cannot show', () => {
    expect(scale('logarithmic', 1, 10, Math.log10)(0)).toBeNaN();
  });
});
