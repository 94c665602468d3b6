/** e-prop as it is usually written, traces run forward in time, is what engines compute backwards. */
import { describe, expect, it } from 'vitest';
import { activations } from '../../src/core/models/activations.ts';
import { effectiveWeights, toRawGradient } from '../../src/core/models/effectiveWeights.ts';
import { alphaOfUnits } from '../../src/core/models/parameters.ts';
import { plainWiring } from '../../src/core/models/wiring.ts';
import { eprop } from '../../src/core/rules/eprop.ts';
import {
  openNetwork,
  randomBatch,
  randomMask,
  randomParameters,
  randomTensor,
  setupOf,
  smallShape,
  type NetworkOptions,
} from '../support/network.ts';
import { largestDifference } from '../support/reference.ts';

const parameters = randomParameters(smallShape, 10);
const batch = randomBatch(smallShape, 4, 12, 20);
const noise = randomTensor([4, 12, 9], 30, 0.1);
const { value, slope } = activations.tanh;

const times = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const sum = (n: number, term: (k: number) => number): number => times(n).reduce((total, k) => total + term(k), 0);

/**
 * gWrec from the equations of network and rule alone; trace ε: of each synapse, since α is of each unit.
 *
 *   ε[t] = (1 − α) ε[t−1] + α h[t−1]              gW = Σ L[t] φ′(a[t]) ε[t]      leak on the preactivation
 *   ε[t] = (1 − α) ε[t−1] + α φ′(u[t]) h[t−1]     gW = Σ L[t] ε[t]               leak on the rate
 */
function tracesTimesSignals(options: NetworkOptions): Float64Array {
  const { shape } = setupOf(eprop, parameters, options);
  const { units: N, inputs, outputs } = shape;
  const wiring = { ...plainWiring, ...options.wiring };
  const [a0, Win, Wrec, b, Wout, bout] = (['a0', 'Win', 'Wrec', 'b', 'Wout', 'bout'] as const).map(
    (name) => parameters[name].data,
  );
  const W = effectiveWeights(shape, wiring, Wrec);
  const alpha = alphaOfUnits(shape);
  const leakyRate = shape.leak === 'rate';
  const counted = sum(batch.mask.data.length, (i) => batch.mask.data[i]);
  const total = new Float64Array(N * N);
  for (const trial of times(batch.trials)) {
    let a = Array.from(a0);
    let h = leakyRate ? a : a.map(value);
    const trace = new Float64Array(N * N);
    for (const t of times(batch.steps)) {
      const row = trial * batch.steps + t;
      const before = h;
      const u = times(N).map(
        (i) =>
          sum(N, (j) => W[i * N + j] * before[j]) +
          sum(inputs, (k) => Win[i * inputs + k] * batch.input.data[row * inputs + k]) +
          b[i],
      );
      a = leakyRate ? u : u.map((v, i) => (1 - alpha[i]) * a[i] + alpha[i] * v);
      const clean = a.map((v, i) => (leakyRate ? (1 - alpha[i]) * before[i] + alpha[i] * value(v) : value(v)));
      h = clean.map((v, i) => v + noise.data[row * N + i]);
      const error = times(outputs).map((o) => {
        const y = sum(N, (i) => Wout[o * N + i] * h[i]) + bout[o];
        return (2 * batch.mask.data[row * outputs + o] * (y - batch.target.data[row * outputs + o])) / counted;
      });
      for (const i of times(N)) {
        const penalty = (2 * (options.activityPenalty ?? 0.5) * h[i]) / noise.data.length;
        const signal = sum(outputs, (o) => Wout[o * N + i] * error[o]) + penalty;
        for (const j of times(N)) {
          const k = i * N + j;
          trace[k] = (1 - alpha[i]) * trace[k] + alpha[i] * (leakyRate ? slope(a[i]) : 1) * before[j];
          total[k] += signal * (leakyRate ? 1 : slope(a[i])) * trace[k];
        }
      }
    }
  }
  toRawGradient(shape, wiring, Wrec, total);
  return total;
}

const alphas = times(9).map((i) => 0.1 + 0.1 * i);
const forms = [
  ['the usual network', {}],
  ['no activity penalty', { activityPenalty: 0 }],
  ['a time constant per unit', { alpha: alphas }],
  ['the leak on the rate', { leak: 'rate' }],
  ['the leak on the rate and a time constant per unit', { leak: 'rate', alpha: alphas }],
  ["Dale's law", { dale: true, wiring: { mask: randomMask(9, true, 5) } }],
] satisfies [string, NetworkOptions][];

describe('e-prop is what eligibility traces give, run forward in time', () => {
  it.each(forms as [string, NetworkOptions][])('with %s', (_, options) => {
    const { gradient } = openNetwork(eprop, parameters, options).gradient(batch, noise);
    const expected = tracesTimesSignals(options);
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(1e-3);
    expect(largestDifference(gradient.Wrec.data, expected)).toBeLessThan(1e-13);
  });
});
