import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { withResolution } from '../../../src/charts/pngResolution.ts';

const png = new Uint8Array(createCanvas(3, 2).toBuffer('image/png'));

describe('the resolution of a PNG', () => {
  it('is a pHYs chunk after the header: 300 dpi are 11811 pixels per metre', () => {
    // length 9, "pHYs", 2 × 11811, metre, CRC as zlib.crc32 of "pHYs" and the data gives it
    const known = '00000009' + '70485973' + '00002e23' + '00002e23' + '01' + '78a53f76';
    const chunk = withResolution(png, 300).subarray(33, 54);
    expect(Buffer.from(chunk).toString('hex')).toBe(known);
  });

  it('leaves all other bytes, and replaces a resolution that is there', () => {
    const once = withResolution(png, 300);
    expect(once.length).toBe(png.length + 21);
    const twice = withResolution(once, 600);
    expect(twice.length).toBe(once.length);
    expect(Buffer.from(twice.subarray(54))).toEqual(Buffer.from(once.subarray(54)));
  });

  it('refuses what is no PNG', () => {
    expect(() => withResolution(Uint8Array.of(1, 2, 3), 300)).toThrow(
      expect.objectContaining({ code: 'png.signature' }),
    );
  });
});
