import { describe, expect, it } from 'vitest';
import { eigenvalues, spectralRadius, type ComplexValues } from '../../../../../src/core/math/linear/eigenvalues.ts';
import { times, transpose, zeroMatrix, type Matrix } from '../../../../../src/core/math/linear/matrix.ts';
import { symmetricEigen } from '../../../../../src/core/math/linear/symmetricEigen.ts';
import { randomMatrix, randomRotation } from '../../../../support/matrices.ts';
import { python, pythonLacks } from '../../../../support/python.ts';
import { largestDifference } from '../../../../support/reference.ts';

const square = (rows: readonly (readonly number[])[]): Matrix => ({
  rows: rows.length,
  cols: rows.length,
  data: Float64Array.from(rows.flat()),
});

/** Largest distance when each value takes the nearest one that is left. */
function worstMatch({ re, im }: ComplexValues, known: readonly (readonly [number, number])[]): number {
  const left = [...known];
  expect(re.length).toBe(left.length);
  return Math.max(
    ...Array.from(re, (x, i) => {
      const gaps = left.map(([u, v]) => Math.hypot(u - x, v - im[i]));
      const nearest = gaps.indexOf(Math.min(...gaps));
      left.splice(nearest, 1);
      return gaps[nearest];
    }),
  );
}

/** Its characteristic polynomial is xⁿ + c[n−1] xⁿ⁻¹ + … + c[0]. */
function companion(c: readonly number[]): Matrix {
  const n = c.length;
  const a = zeroMatrix(n, n);
  for (let i = 0; i < n; i++) {
    if (i > 0) a.data[i * n + i - 1] = 1;
    a.data[i * n + n - 1] = -c[i];
  }
  return a;
}

/** By Gaussian elimination: log of the modulus, and the sign. */
function logDeterminant(a: Matrix): { log: number; sign: number } {
  const n = a.rows;
  const rows = Array.from({ length: n }, (_, i) => [...a.data.subarray(i * n, (i + 1) * n)]);
  let [log, sign] = [0, 1];
  for (let k = 0; k < n; k++) {
    const pivot = rows.reduce((best, row, i) => (i >= k && Math.abs(row[k]) > Math.abs(rows[best][k]) ? i : best), k);
    if (pivot !== k) [rows[k], rows[pivot], sign] = [rows[pivot], rows[k], -sign];
    log += Math.log(Math.abs(rows[k][k]));
    sign *= Math.sign(rows[k][k]);
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j < n; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return { log, sign };
}

describe('eigenvalues of a matrix without symmetry', () => {
  it('finds cos θ ± i sin θ of a rotation, an exact conjugate pair with the positive part first', () => {
    const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
    const { re, im } = eigenvalues(
      square([
        [c, -s],
        [s, c],
      ]),
    );
    expect([re[0] - c, im[0] - s].every((d) => Math.abs(d) < 1e-15)).toBe(true);
    expect([re[1], im[1]]).toEqual([re[0], -im[0]]);
  });

  it('finds the roots of polynomials from their companion matrices', () => {
    // (x − 1)(x − 2)(x − 3)(x² + 2x + 5)
    const coefficients = [-30, 43, -14, 4, -4];
    const roots = [
      [1, 0],
      [2, 0],
      [3, 0],
      [-1, 2],
      [-1, -2],
    ] as const;
    expect(worstMatch(eigenvalues(companion(coefficients)), roots)).toBeLessThan(1e-13);
    const ring = Array.from({ length: 12 }, (_, k): [number, number] => [
      Math.cos((k * Math.PI) / 6),
      Math.sin((k * Math.PI) / 6),
    ]);
    const xTo12Minus1 = companion([-1, ...Array<number>(11).fill(0)]); // a permutation: plain shifts would not move it
    expect(worstMatch(eigenvalues(xTo12Minus1), ring)).toBeLessThan(1e-14);
  });

  it.each([1, 2, 3, 30, 101])('sums to the trace, multiplies to the determinant, and comes in pairs (%i)', (n) => {
    const a = randomMatrix(n, n, n + 3);
    const { re, im } = eigenvalues(a);
    const trace = a.data.reduce((sum, v, k) => sum + (k % (n + 1) === 0 ? v : 0), 0);
    expect(Math.abs(re.reduce((sum, v) => sum + v, 0) - trace)).toBeLessThan(1e-13 * n);
    expect(im.reduce((sum, v) => sum + v, 0)).toBe(0);
    const { log, sign } = logDeterminant(a);
    const moduli = Array.from(re, (x, i) => Math.hypot(x, im[i]));
    expect(moduli.reduce((sum, m) => sum + Math.log(m), 0)).toBeCloseTo(log, 9);
    expect(re.reduce((s, x, i) => (im[i] === 0 ? s * Math.sign(x) : s), 1)).toBe(sign);
    expect(moduli).toEqual([...moduli].sort((x, y) => y - x));
    for (let i = 0; i < n; i++) if (im[i] > 0) expect([re[i + 1], im[i + 1]]).toEqual([re[i], -im[i]]);
  });

  it('agrees with the symmetric solver on a symmetric matrix', () => {
    const x = randomMatrix(40, 40, 8);
    const a = { ...x, data: x.data.map((v, k) => v + x.data[(k % 40) * 40 + Math.floor(k / 40)]) };
    const { re, im } = eigenvalues(a);
    expect(Math.max(...im.map(Math.abs))).toBe(0);
    expect(
      largestDifference(
        [...re].sort((u, v) => v - u),
        symmetricEigen(a).values,
      ),
    ).toBeLessThan(1e-12);
  });

  it('does not change under a rotation, and turns over under transposition', () => {
    const a = randomMatrix(25, 25, 4);
    const turn = randomRotation(25, 5);
    const known = eigenvalues(a);
    const pairs = Array.from(known.re, (x, i): [number, number] => [x, known.im[i]]);
    expect(worstMatch(eigenvalues(times(times(turn, a), transpose(turn))), pairs)).toBeLessThan(1e-12);
    expect(worstMatch(eigenvalues(transpose(a)), pairs)).toBeLessThan(1e-12);
  });

  it('takes zeros, a Jordan block, triangles and scales far from 1', () => {
    expect([...eigenvalues(zeroMatrix(4, 4)).re]).toEqual([0, 0, 0, 0]);
    expect(eigenvalues(zeroMatrix(0, 0)).re).toHaveLength(0);
    const jordan = square([
      [2, 1, 0],
      [0, 2, 1],
      [0, 0, 2],
    ]);
    expect(largestDifference(eigenvalues(jordan).re, [2, 2, 2])).toBe(0);
    const a = randomMatrix(9, 9, 2);
    const { re } = eigenvalues(a);
    for (const scale of [1e-290, 1e290]) {
      const scaled = eigenvalues({ ...a, data: a.data.map((v) => v * scale) });
      expect(
        largestDifference(
          scaled.re.map((v) => v / scale),
          re,
        ),
      ).toBeLessThan(1e-13);
    }
  });

  it('keeps digits of small values where rows and columns differ by orders of magnitude', () => {
    const plain = randomMatrix(12, 12, 6);
    const known = eigenvalues(plain);
    const pairs = Array.from(known.re, (x, i): [number, number] => [x, known.im[i]]);
    const weights = Array.from({ length: 12 }, (_, i) => 2 ** (4 * i));
    const graded = { ...plain, data: plain.data.map((v, k) => (v * weights[Math.floor(k / 12)]) / weights[k % 12]) };
    expect(worstMatch(eigenvalues(graded), pairs)).toBeLessThan(1e-12);
  });

  it('gives the radius of random weights, near their gain (circular law)', () => {
    const n = 200;
    const w = randomMatrix(n, n, 12); // variance 1/12
    const gain = 1.5;
    const radius = spectralRadius(
      eigenvalues({ ...w, data: w.data.map((v) => (v * gain * Math.sqrt(12)) / Math.sqrt(n)) }),
    );
    expect(radius).toBeGreaterThan(1.35);
    expect(radius).toBeLessThan(1.75);
  });

  it('says what is wrong with a matrix that is not square or not finite', () => {
    expect(() => eigenvalues(zeroMatrix(2, 3))).toThrow('as many rows as columns, found 2 × 3');
    expect(() => eigenvalues(square([[NaN]]))).toThrow(
      'Finding eigenvalues: expected finite numbers, found NaN in row 0',
    );
  });

  const lacks = pythonLacks('numpy');
  it.skipIf(lacks !== null)(`agrees with NumPy up to 400 units${lacks ? ` (skipped: ${lacks})` : ''}`, () => {
    for (const n of [50, 200, 400]) {
      const a = randomMatrix(n, n, n);
      const known = python<[number, number][]>(
        `import numpy as np, json
state = float((${n} * 2654435761 + 12345) % 2**31) # randomMatrix, rounded as there
out = []
for _ in range(${n * n}):
    state = (state * 1103515245.0 + 12345.0) % 2.0**31
    out.append(state / 2**31 - 0.5)
w = np.linalg.eigvals(np.array(out).reshape(${n}, ${n}))
print(json.dumps([[float(v.real), float(v.imag)] for v in w]))`,
      );
      expect(worstMatch(eigenvalues(a), known)).toBeLessThan(1e-10);
    }
  });
});
