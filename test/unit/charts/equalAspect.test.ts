import { describe, expect, it } from 'vitest';
import { equalRanges } from '../../../src/charts/equalAspect.ts';
import { drawSvg } from '../../../src/charts/drawSvg.ts';
import { plainLine } from '../../../src/core/figures/conditionLines.ts';
import type { Figure } from '../../../src/core/figures/figure.ts';

const width = ({ min, max }: { min: number; max: number }): number => max - min;

describe('equal ranges', () => {
  it('show as much of both axes per pixel, all of the data in the middle', () => {
    const { x, y } = equalRanges({ min: -1, max: 1 }, { min: 0, max: 8 }, 600, 300);
    expect(width(x) / 600).toBeCloseTo(width(y) / 300, 12);
    expect(width(y)).toBeCloseTo(8.8, 12);
    expect((x.min + x.max) / 2).toBe(0);
    expect((y.min + y.max) / 2).toBe(4);
  });

  it('take a single point', () => {
    const { x, y } = equalRanges({ min: 3, max: 3 }, { min: 2, max: 2 }, 100, 50);
    expect(width(x)).toBe(100);
    expect(width(y)).toBe(50);
  });
});

describe('a circle at equal aspect', () => {
  const turn = Array.from({ length: 73 }, (_, k) => (2 * Math.PI * k) / 72);
  const circle = {
    ...plainLine('circle', 'circle', turn.map(Math.cos), (k) => Math.sin(turn[k])),
    dashed: true as const,
  };
  const figure: Figure = {
    id: 'circle',
    title: 'Circle',
    x: { label: 'x', scale: 'linear', min: null, max: null },
    y: { label: 'y', scale: 'linear', min: null, max: null },
    aspect: 'equal',
    groups: [{ id: 'circle', label: 'circle', color: 0 }],
    palette: 'distinct',
    lines: [circle],
    bands: [],
    references: [],
    notes: [],
  };

  it('is round on a page that is wider than high, and dashed', () => {
    const svg = drawSvg(figure, {
      widthMm: 160,
      heightMm: 70,
      fontSizePt: 8,
      style: 'paper',
      measureText: (t) => 5 * t.length,
    });
    const path = /<path d="(M[^"]*)"[^>]*stroke-dasharray/.exec(svg)![1];
    const points = [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    const extent = (axis: number): number =>
      Math.max(...points.map((p) => p[axis])) - Math.min(...points.map((p) => p[axis]));
    expect(points.length).toBe(73);
    expect(Math.abs(extent(0) - extent(1))).toBeLessThan(2);
    expect(extent(0)).toBeGreaterThan(100);
  });
});
