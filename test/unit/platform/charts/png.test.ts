import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { drawSvg } from '../../../../src/charts/drawSvg.ts';
import { distanceVsUpdates } from '../../../../src/core/figures/distanceVsUpdates.ts';
import { figures } from '../../../../src/core/figures/index.ts';
import { drawPng, nodeMeasureText } from '../../../../src/platform/charts/png.ts';
import { threeRuns } from '../../../support/runCurves.ts';

const size = { widthMm: 85, heightMm: 60, fontSizePt: 7 };
const figure = distanceVsUpdates.describe(threeRuns());
const svg = drawSvg(figure, { ...size, style: 'paper', measureText: nodeMeasureText() });

async function pixels(image: string | Uint8Array, width: number, height: number): Promise<Uint8ClampedArray> {
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').drawImage(await loadImage(Buffer.from(image)), 0, 0, width, height);
  return canvas.getContext('2d').getImageData(0, 0, width, height).data;
}

describe('a figure as PNG', () => {
  it.each([150, 300, 600])('is as wide as the print at %i dpi', async (dpi) => {
    const image = await loadImage(Buffer.from(drawPng(figure, { ...size, style: 'paper', dpi })));
    expect(image.width).toBe(Math.round((85 / 25.4) * dpi));
    expect(Math.abs(image.height - (60 / 25.4) * dpi)).toBeLessThan(0.01 * dpi);
  });

  it('shows the colours of both rules and text, on white', async () => {
    const data = await pixels(drawPng(figure, { ...size, style: 'paper', dpi: 300 }), 1004, 709);
    const count = (r: number, g: number, b: number) => {
      let n = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i] === r && data[i + 1] === g && data[i + 2] === b) n++;
      return n;
    };
    expect(count(0x00, 0x72, 0xb2)).toBeGreaterThan(500);
    expect(count(0xd5, 0x5e, 0x00)).toBeGreaterThan(500);
    expect(count(0, 0, 0)).toBeGreaterThan(2000);
    expect(count(255, 255, 255)).toBeGreaterThan(500_000);
  });

  it.each(figures.all.map((f) => f.id))('draws %s without runs, too', (id) => {
    const empty = figures.get(id).describe({ ...threeRuns(), curves: [] });
    expect(drawPng(empty, { ...size, style: 'light', dpi: 96 }).length).toBeGreaterThan(500);
  });
});

describe('a figure as SVG', () => {
  it('has its size in millimetres, lines as paths and words as text', () => {
    expect(svg).toContain('width="85mm" height="60mm"');
    expect(svg).not.toContain('<image');
    expect(svg).not.toContain('NaN');
    for (const word of [
      'Weight update',
      'Procrustes distance',
      'BPTT',
      'E-PROP',
      'untrained',
      'average over conditions',
    ]) {
      expect(svg).toContain(`>${word}</text>`);
    }
    const colored = svg.match(/stroke="#0072b2"/g) ?? [];
    expect(colored.length).toBe(4); // legend, mean, two seeds
  });

  it('looks like the PNG: the same pixels, but for the edges of strokes and letters', async () => {
    const [width, height] = [321, 227];
    const fromPng = await pixels(drawPng(figure, { ...size, style: 'paper', dpi: 96 }), width, height);
    const fromSvg = await pixels(svg, width, height);
    let differing = 0;
    for (let i = 0; i < fromPng.length; i += 4) if (Math.abs(fromPng[i] - fromSvg[i]) > 128) differing++;
    expect(differing / (width * height)).toBeLessThan(0.01);
  });
});
