import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { chartPng } from '../../../src/charts/chartPng.ts';
import type { PngCanvas } from '../../../src/charts/chartPng.ts';
import { distanceVsUpdates } from '../../../src/core/figures/distanceVsUpdates.ts';
import { drawPng } from '../../../src/platform/charts/png.ts';
import { threeRuns } from '../../support/runCurves.ts';

const figure = distanceVsUpdates.describe(threeRuns());
const options = { widthMm: 85, heightMm: 60, fontSizePt: 7, style: 'paper', dpi: 150 } as const;

/** Skia's canvas with the browser's toBlob. */
function browserCanvas(give: (png: Buffer) => Blob | null): PngCanvas {
  const canvas = createCanvas(1, 1);
  return Object.assign(canvas, {
    toBlob: (done: (blob: Blob | null) => void) => done(give(canvas.toBuffer('image/png'))),
  });
}

describe('a PNG from a canvas of the browser', () => {
  it('is the same as the one from Node', async () => {
    const canvas = browserCanvas((png) => new Blob([new Uint8Array(png)]));
    expect(Buffer.from(await chartPng(figure, canvas, options))).toEqual(Buffer.from(drawPng(figure, options)));
  });

  it('says so when the canvas gives nothing', async () => {
    const png = chartPng(
      figure,
      browserCanvas(() => null),
      options,
    );
    await expect(png).rejects.toMatchObject({ code: 'png.canvas' });
  });
});
