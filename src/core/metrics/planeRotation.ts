/** Where a trigonometric polynomial of degree two is largest. */

/** constant + cosine cos θ + sine sin θ + cosineOfTwice cos 2θ + sineOfTwice sin 2θ */
export type Polynomial = {
  readonly constant: number;
  readonly cosine: number;
  readonly sine: number;
  readonly cosineOfTwice: number;
  readonly sineOfTwice: number;
};

const places = 16;
const grid = Array.from({ length: places }, (_, k) => (2 * Math.PI * k) / places);
const [cosines, sines] = [grid.map(Math.cos), grid.map(Math.sin)];

/** The best of 16 angles (there are at most two maxima), then Newton's steps. */
export function largestOfPolynomial(f: Polynomial): { angle: number; value: number } {
  let [best, largest] = [0, -Infinity];
  for (let k = 0; k < places; k++) {
    const value = valueAt(f, cosines[k], sines[k]);
    if (value > largest) [best, largest] = [k, value];
  }
  let [angle, value] = [grid[best], largest];
  for (let step = 0; step < 8; step++) {
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const [c2, s2] = [c * c - s * s, 2 * c * s];
    const slope = -f.cosine * s + f.sine * c - 2 * f.cosineOfTwice * s2 + 2 * f.sineOfTwice * c2;
    const bend = -f.cosine * c - f.sine * s - 4 * f.cosineOfTwice * c2 - 4 * f.sineOfTwice * s2;
    if (bend >= 0) break;
    const next = angle - slope / bend;
    const atNext = valueAt(f, Math.cos(next), Math.sin(next));
    if (!(atNext > value)) break;
    [angle, value] = [next, atNext];
  }
  return { angle, value };
}

function valueAt(f: Polynomial, c: number, s: number): number {
  return f.constant + f.cosine * c + f.sine * s + f.cosineOfTwice * (c * c - s * s) + f.sineOfTwice * 2 * c * s;
}
