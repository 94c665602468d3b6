import { describe, expect, it } from 'vitest';
import { times } from '../../../../src/core/math/linear/matrix.ts';
import type { Matrix } from '../../../../src/core/math/linear/matrix.ts';
import { tensor } from '../../../../src/core/math/tensor.ts';
import type { Tensor } from '../../../../src/core/math/tensor.ts';
import { dynamicsError, sweepDynamics } from '../../../../src/core/metrics/dynamicsError.ts';
import { dsa } from '../../../../src/core/metrics/dsa.ts';
import { samplesOf } from '../../../../src/core/metrics/conditions.ts';
import { procrustes } from '../../../../src/core/metrics/procrustes.ts';
import { randomMatrix, randomRotation } from '../../../support/matrices.ts';

const [conditions, steps] = [8, 25];
const plain = { ...dsa.defaults, reduce: 'none', delays: 1 } as const;

/** conditions × steps × units */
function courses(units: number, at: (c: number, t: number, k: number) => number): Tensor<Float64Array> {
  const values = Float64Array.from({ length: conditions * steps * units }, (_, n) =>
    at(Math.floor(n / units / steps), Math.floor(n / units) % steps, n % units),
  );
  return tensor([conditions, steps, units], values);
}

/** Turns by so much a step, from eight places on a circle. */
const turning = (angle: number) =>
  courses(2, (c, t, k) => {
    const phase = (2 * Math.PI * c) / conditions + angle * t;
    return k === 0 ? Math.cos(phase) : Math.sin(phase);
  });

/** x[t+1] = A x[t] from random states; A: damped by `damping` and turned by a random rotation. */
function linearSystem(units: number, damping: number, seed: number): Tensor<Float64Array> {
  const turn = randomRotation(units, seed);
  const step = { ...turn, data: turn.data.map((v, i) => v * damping * (1 - 0.03 * (i % units))) };
  const rows: Float64Array[] = [];
  for (let c = 0; c < conditions; c++) {
    let state = randomMatrix(1, units, seed + 10 + c);
    for (let t = 0; t < steps; t++) {
      rows.push(state.data);
      state = times(state, step);
    }
  }
  const data = Float64Array.from(rows.flatMap((row) => [...row]));
  return tensor([conditions, steps, units], data);
}

const mapped = (x: Tensor, map: Matrix): Tensor => tensor([conditions, steps, map.cols], times(samplesOf(x), map).data);

describe('dynamical similarity', () => {
  it.each([
    [0.2, 0.2],
    [0.2, 0.3],
    [0.2, 0.9],
    [0.5, 1.7],
  ])('of turns by %f and %f a step is the difference of the angles', (a, b) => {
    const value = dsa.compare(turning(a), turning(b), { ...plain, rank: 2 });
    expect(value).toBeCloseTo(Math.abs(a - b) / (Math.PI / 2), 6);
    const euclidean = dsa.compare(turning(a), turning(b), { ...plain, rank: 2, score: 'euclidean' });
    expect(euclidean).toBeCloseTo(Math.sqrt(4 - 4 * Math.cos(a - b)), 6);
  });

  it('does not tell a turn from its mirror image, as no rotation and mirroring of units changes it', () => {
    expect(dsa.compare(turning(0.3), turning(-0.3), { ...plain, rank: 2 })).toBeLessThan(1e-6);
  });

  it.each([1, 2, 3])('is 0 for the same linear system in any other coordinates and more units (seed %i)', (seed) => {
    const x = linearSystem(6, 1, seed);
    const y = mapped(x, randomMatrix(6, 9, seed));
    expect(dsa.compare(x, y, { ...plain, rank: 6 })).toBeLessThan(1e-6);
    expect(dsa.compare(x, linearSystem(6, 1, seed + 50), { ...plain, rank: 6 })).toBeGreaterThan(0.05);
  });

  it('tells systems of one geometry and different dynamics apart, where Procrustes says alike', () => {
    // most of the variance is where each condition stays; a small part turns, slowly or fast
    const system = (angle: number) =>
      courses(4, (c, t, k) => {
        if (k < 2) return 10 * turning(0).data[c * steps * 2 + k];
        return turning(angle).data[(c * steps + t) * 2 + k - 2];
      });
    const [slow, fast] = [system(0.2), system(1)];
    expect(procrustes.compare(slow, fast)).toBeLessThan(0.1);
    expect(dsa.compare(slow, fast, { ...plain, rank: 4 })).toBeGreaterThan(0.3);
  });

  it('says alike of systems of one dynamics and different geometry, where Procrustes tells them apart', () => {
    const x = linearSystem(5, 1, 4);
    const stretch = randomRotation(5, 5);
    const y = mapped(x, { ...stretch, data: stretch.data.map((v, i) => v * 10 ** (i % 5)) });
    expect(dsa.compare(x, y, { ...plain, rank: 5 })).toBeLessThan(1e-5);
    expect(procrustes.compare(x, y)).toBeGreaterThan(0.2);
  });

  it('needs delays to see what one unit hides', () => {
    const seen = (x: Tensor) => mapped(x, { rows: 2, cols: 1, data: Float64Array.of(1, 0) });
    const [a, b] = [seen(turning(0.2)), seen(turning(0.9))];
    const delayed = { ...plain, delays: 3, rank: 2 };
    expect(dsa.compare(a, b, delayed)).toBeGreaterThan(0.3);
    expect(dsa.compare(a, seen(turning(0.2)), delayed)).toBeLessThan(1e-6);
  });

  it('compares in the rank that both have', () => {
    const x = linearSystem(6, 1, 1);
    const narrow = mapped(x, { rows: 6, cols: 2, data: randomMatrix(6, 2, 3).data });
    expect(dsa.compare(x, narrow, { ...plain, rank: 6 })).toBe(dsa.compare(x, narrow, { ...plain, rank: 2 }));
  });

  it('says what is too short', () => {
    const x = turning(0.2);
    const short = () => dsa.compare(x, x, { ...plain, delays: 30 });
    expect(short).toThrow(expect.objectContaining({ code: 'metric.tooFewSteps' }));
    expect(short).toThrow(/at least 31 steps.*found 25 steps/);
  });
});

describe('the prediction error of linear dynamics', () => {
  it('vanishes for a linear system, and persistence does not', () => {
    const { error, persistence } = dynamicsError(linearSystem(5, 1, 2), { ...plain, rank: 5 });
    expect(error).toBeLessThan(1e-3); // means are those of the conditions fitted
    expect(persistence).toBeGreaterThan(0.1);
    const circles = dynamicsError(turning(0.2), { ...plain, rank: 2 });
    expect(circles.persistence).toBeCloseTo(2 - 2 * Math.cos(0.2), 1);
  });

  it('is about 1 where the next state does not depend on this one', () => {
    const noise = tensor([conditions, steps, 3], randomMatrix(conditions * steps, 3, 1).data);
    const { error, persistence } = dynamicsError(noise, { ...plain, rank: 3 });
    expect(error).toBeGreaterThan(0.9);
    expect(persistence).toBeGreaterThan(1.5);
  });

  it('finds by a sweep how many delays a hidden variable asks for, and says where there are too few steps', () => {
    const seen = mapped(turning(0.5), { rows: 2, cols: 1, data: Float64Array.of(1, 0) });
    const swept = sweepDynamics(seen, { delays: [1, 2, 30], ranks: [2] }, plain);
    expect(swept[0].error).toBeGreaterThan(0.1);
    expect(swept[1].error).toBeLessThan(1e-3);
    expect(swept[2]).toMatchObject({ delays: 30, error: null, reason: expect.stringContaining('at least 31 steps') });
  });
});
