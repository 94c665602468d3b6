/**
 * The change of basis, among rotations and mirrors, that makes one linear vector field most like another.
 *
 *   max over orthogonal C of f(C) = ⟨A, C B Cᵀ⟩        A, B: n × n;   ‖A − C B Cᵀ‖² = ‖A‖² + ‖B‖² − 2 f(C)
 *
 * Coordinate ascent: in the plane of two axes, f is a trigonometric polynomial of degree two in the angle of a rotation (and
 * of a mirroring), whose largest value is found outright; sweeps over all planes repeat until none gains. f has other
 * maxima, so it starts from several bases: those that align the axes of the symmetric parts and of the singular values of A
 * and B, and random ones, always the same. The best few are carried to the end.
 *
 * The aim and the angle of it are those of Ostrow et al. 2023, NeurIPS; they climb along gradients from a random start.
 */
import { frobeniusNorm, innerProduct, times, transpose, transposeTimes } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import { NumpyRandom } from '../math/random/numpyRandom.ts';
import { normals } from '../math/random/normals.ts';
import { svd } from '../math/linear/svd.ts';
import { symmetricEigen } from '../math/linear/symmetricEigen.ts';
import { largestOfPolynomial } from './planeRotation.ts';

/** f has settled when a sweep gains less than this share of ‖A‖ ‖B‖: roughly at first, then those carried on. */
const settled = { roughly: 1e-5, fully: 1e-12 };
const mostSweeps = 2000;
const carriedOn = 5;

/** The largest f found; `starts` counts the random ones. Deterministic. */
export function alignVectorFields(a: Matrix, b: Matrix, starts: number): number {
  const scale = frobeniusNorm(a) * frobeniusNorm(b);
  if (scale === 0) return 0;
  const climbs = startingBases(a, b, starts)
    .map((basis) => climb(a, times(times(basis, b), transpose(basis)), scale, settled.roughly))
    .sort((p, q) => q.value - p.value);
  const best = climbs.slice(0, carriedOn).map(({ field }) => climb(a, field, scale, settled.fully).value);
  return Math.max(...best);
}

function startingBases(a: Matrix, b: Matrix, random: number): Matrix[] {
  const n = a.rows;
  const draws = NumpyRandom.seeded(n);
  const parts = [plusTransposed, (m: Matrix) => transposeTimes(m, m), (m: Matrix) => times(m, transpose(m))];
  const matched = parts.map((part) =>
    matchedBasis(a, b, symmetricEigen(part(a)).vectors, symmetricEigen(part(b)).vectors),
  );
  return [...matched, ...Array.from({ length: random }, () => orthogonal(n, draws))];
}

/**
 * Puts the axes of b (rows) on those of a, one by one. Their signs are those of the leading eigenvector of the products of
 * equal entries of A and B in these axes: where B is A in another basis, that is exact.
 */
function matchedBasis(a: Matrix, b: Matrix, axesA: Matrix, axesB: Matrix): Matrix {
  const [inA, inB] = [times(times(axesA, a), transpose(axesA)), times(times(axesB, b), transpose(axesB))];
  const n = a.rows;
  const products = { ...inA, data: inA.data.map((v, k) => (k % (n + 1) === 0 ? 0 : v * inB.data[k])) };
  const signs = symmetricEigen(plusTransposed(products)).vectors.data.subarray(0, n);
  const signed = { ...axesB, data: axesB.data.map((v, k) => (signs[Math.floor(k / n)] < 0 ? -v : v)) };
  return transposeTimes(axesA, signed);
}

function plusTransposed(m: Matrix): Matrix {
  const other = transpose(m);
  return { ...m, data: m.data.map((v, i) => v + other.data[i]) };
}

/** Of any orientation, each equally likely. */
function orthogonal(n: number, draws: NumpyRandom): Matrix {
  const { left, right } = svd({ rows: n, cols: n, data: normals(draws, n * n) });
  return transposeTimes(left, right);
}

/** Turns the field within the planes of its axes, so that ⟨A, field⟩ grows, until it has settled. */
function climb(a: Matrix, start: Matrix, scale: number, enough: number): { field: Matrix; value: number } {
  const field = { ...start, data: start.data.slice() };
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let gained = 0;
    for (let p = 0; p < a.rows - 1; p++) {
      for (let q = p + 1; q < a.rows; q++) gained += turnPlane(a, field, p, q, scale);
    }
    if (gained <= enough * scale) break;
  }
  return { field, value: innerProduct(a, field) };
}

/** Rotates, or mirrors and rotates, axes p and q of the field by the best angle; returns what ⟨A, field⟩ gains. */
function turnPlane(a: Matrix, field: Matrix, p: number, q: number, scale: number): number {
  const n = a.rows;
  const [x, m] = [a.data, field.data];
  let [pp, qq, qp, pq] = [0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    if (k === p || k === q) continue;
    const [rowP, rowQ, colP, colQ] = [p * n + k, q * n + k, k * n + p, k * n + q];
    pp += x[rowP] * m[rowP] + x[colP] * m[colP];
    qq += x[rowQ] * m[rowQ] + x[colQ] * m[colQ];
    qp += x[rowQ] * m[rowP] + x[colQ] * m[colP];
    pq += x[rowP] * m[rowQ] + x[colP] * m[colQ];
  }
  const [i, j, k, l] = [p * n + p, p * n + q, q * n + p, q * n + q];
  const block = (mirror: 1 | -1) => {
    const [sum, difference] = [mirror * (m[j] + m[k]), m[i] - m[l]];
    return {
      constant: ((x[i] + x[l]) * (m[i] + m[l]) + mirror * (x[j] - x[k]) * (m[j] - m[k])) / 2,
      cosine: pp + mirror * qq,
      sine: qp - mirror * pq,
      cosineOfTwice: ((x[i] - x[l]) * difference + (x[j] + x[k]) * sum) / 2,
      sineOfTwice: ((x[l] - x[i]) * sum + (x[j] + x[k]) * difference) / 2,
    };
  };
  const [turned, mirrored] = [block(1), block(-1)];
  const now = turned.constant + turned.cosine + turned.cosineOfTwice;
  let best = largestOfPolynomial(turned);
  let mirror: 1 | -1 = 1;
  const bound =
    mirrored.constant +
    Math.hypot(mirrored.cosine, mirrored.sine) +
    Math.hypot(mirrored.cosineOfTwice, mirrored.sineOfTwice);
  if (bound > best.value) {
    const other = largestOfPolynomial(mirrored);
    if (other.value > best.value) [best, mirror] = [other, -1];
  }
  const gain = best.value - now;
  if (gain <= Number.EPSILON * scale) return 0;
  turn(m, n, p, q, best.angle, mirror);
  return gain;
}

function turn(m: Float64Array, n: number, p: number, q: number, angle: number, mirror: 1 | -1): void {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  for (let k = 0; k < n; k++) {
    const [u, v] = [m[p * n + k], mirror * m[q * n + k]];
    m[p * n + k] = c * u - s * v;
    m[q * n + k] = s * u + c * v;
  }
  for (let k = 0; k < n; k++) {
    const [u, v] = [m[k * n + p], mirror * m[k * n + q]];
    m[k * n + p] = c * u - s * v;
    m[k * n + q] = s * u + c * v;
  }
}
