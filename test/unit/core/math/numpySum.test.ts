import { expect, it } from 'vitest';
import { numpySum } from '../../../../src/core/math/numpySum.ts';

/** numpy.sum of the first n of √0/3, √1/3, √2/3, …, and of those from the third on, by NumPy itself. */
const known: [n: number, all: number, fromThird: number][] = [
  [5, 2.0487547899806575, 1.715421456647324],
  [8, 4.49252446709651, 4.159191133763176],
  [15, 12.19873775131173, 11.865404417978395],
  [50, 77.32157759721844, 76.9882442638851],
  [127, 316.1019910936625, 315.7686577603292],
  [128, 319.85846698352407, 319.5251336501907],
  [129, 323.6297031498523, 323.29636981651896],
  [130, 327.41564204705253, 327.08230871371916],
  [751, 4568.85021226444, 4568.5168789311065],
  [2000, 19868.637255229798, 19868.30392189647],
];

it.each(known)('adds %i numbers in the order of NumPy', (n, all, fromThird) => {
  const values = Float64Array.from({ length: n }, (_, i) => Math.sqrt(i) / 3);
  expect(numpySum(values, 0, n)).toBe(all);
  expect(numpySum(values, 2, n)).toBe(fromThird);
});
