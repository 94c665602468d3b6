import { describe, expect, it } from 'vitest';
import { cyclicColor } from '../../../src/charts/cyclicColor.ts';

type Triple = readonly number[];
const grounds = { light: '#ffffff', dark: '#14171c' };

function linear(color: string): Triple {
  return [1, 3, 5].map((i) => {
    const v = parseInt(color.slice(i, i + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
}

/** Seen without the medium-wave cone, in linear sRGB. Source: Machado, Oliveira & Fernandes 2009. */
function deuteranopia([r, g, b]: Triple): Triple {
  return [
    0.367322 * r + 0.860646 * g - 0.227968 * b,
    0.280085 * r + 0.672501 * g + 0.047413 * b,
    -0.01182 * r + 0.04294 * g + 0.968881 * b,
  ].map((v) => Math.max(0, v));
}

function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const distance = (p: Triple, q: Triple): number => Math.hypot(...p.map((v, i) => v - q[i]));
const luminance = ([r, g, b]: Triple): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const circle = (count: number, ground: 'light' | 'dark') =>
  Array.from({ length: count }, (_, i) => cyclicColor(i / count, ground));

describe.each(['light', 'dark'] as const)('colours round a circle on %s ground', (ground) => {
  it('return to the first, in steps of equal size', () => {
    expect(cyclicColor(1, ground)).toBe(cyclicColor(0, ground));
    const colors = circle(72, ground).map((c) => oklab(linear(c)));
    const steps = colors.map((c, i) => distance(c, colors[(i + 1) % colors.length]));
    expect(Math.max(...steps)).toBeLessThan(2 * Math.min(...steps));
  });

  it.each([
    ['all cones', (c: Triple) => c],
    ['no medium-wave cone', deuteranopia],
  ])('keep eight directions apart for eyes with %s', (_, see) => {
    const colors = circle(8, ground).map((c) => oklab(see(linear(c))));
    const pairs = colors.flatMap((p, i) => colors.slice(i + 1).map((q) => distance(p, q)));
    expect(Math.min(...pairs)).toBeGreaterThan(0.075);
  });

  it('stand out from the ground by a contrast of 2.4 or more', () => {
    const paper = luminance(linear(grounds[ground]));
    for (const color of circle(16, ground)) {
      const [low, high] = [luminance(linear(color)), paper].sort((p, q) => p - q);
      expect((high + 0.05) / (low + 0.05)).toBeGreaterThan(2.4);
    }
  });
});
