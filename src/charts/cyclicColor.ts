/**
 * Colours for what goes round a circle, such as directions: neighbours look alike, and the last is next to the first.
 *
 *   L = L₀ + ΔL sin 2πs,  a = −0.14 cos 2πs,  b = Δb cos 2πs        an ellipse in Oklab, s from 0 to 1
 *
 * One axis is lightness, the other runs from green–yellow to purple–blue, as far as sRGB reaches: eight directions stay apart for people with
 * red–green blindness too.
 *
 * Source: Oklab by Ottosson 2020, "A perceptual color space for image processing".
 */

const ellipses = {
  light: { middle: 0.56, lightness: 0.16, b: 0.1 },
  dark: { middle: 0.7, lightness: 0.19, b: 0.12 },
};

/** share: of the way round, from 0 to 1. Returns #rrggbb. */
export function cyclicColor(share: number, ground: 'light' | 'dark'): string {
  const { middle, lightness, b } = ellipses[ground];
  const [sin, cos] = [Math.sin(2 * Math.PI * share), Math.cos(2 * Math.PI * share)];
  return srgb(middle + lightness * sin, -0.14 * cos, b * cos);
}

function srgb(lightness: number, a: number, b: number): string {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return `#${[
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
    .map(channel)
    .join('')}`;
}

/** A linear channel from 0 to 1 as two digits of sRGB. */
function channel(linear: number): string {
  const v = Math.min(1, Math.max(0, linear));
  const encoded = v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055;
  return Math.round(255 * encoded)
    .toString(16)
    .padStart(2, '0');
}
