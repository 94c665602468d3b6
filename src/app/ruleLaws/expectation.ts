/** Rules that draw: is the mean of their gradients over draws the exact one? */
import { referenceEngine } from '../../core/engines/reference.ts';
import { bptt } from '../../core/rules/bptt.ts';
import type { LearningRule } from '../../core/rules/rule.ts';
import { mapParameters, type Parameters } from '../../core/models/parameters.ts';
import { tensor } from '../../core/math/tensor.ts';
import {
  batchOf,
  cosine,
  flat,
  gradientOf,
  noiseOf,
  randomDirection,
  setupOf,
  stateOf,
  upstream,
  type Form,
} from './smallNetwork.ts';

/** Draws 1 … count. */
function drawn(rule: LearningRule, form: Form, count: number): Parameters[] {
  const [batch, noise, setup] = [batchOf(form), noiseOf(), setupOf(rule, form)];
  return Array.from({ length: count }, (_, k) => {
    const network = referenceEngine.open(setup, stateOf(rule, form, { ruleSeed: k + 1 }));
    return network.gradient(batch, noise).gradient;
  });
}

/**
 * How far the mean over draws is from BPTT's gradient, in standard errors of that mean, along BPTT's gradient itself,
 * where a wrong length shows, and along random directions; the largest of all. The readout, which such rules do not
 * draw, is left out.
 */
export function standardErrors(rule: LearningRule, form: Form, draws: number, directions: number): number {
  const exact = flat(gradientOf(bptt, form), upstream);
  const found = drawn(rule, form, draws).map((g) => flat(g, upstream));
  const scores = Array.from({ length: directions }, (_, d) => {
    const direction = d === 0 ? exact : flat(randomDirection(1000 + 10 * d), upstream);
    const along = (g: Float64Array): number => g.reduce((sum, v, i) => sum + v * direction[i], 0);
    const values = found.map(along);
    const mean = values.reduce((sum, v) => sum + v, 0) / draws;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (draws - 1);
    return Math.abs(mean - along(exact)) / Math.sqrt(variance / draws);
  });
  return Math.max(...scores);
}

/** Cosine of the mean over draws to BPTT's gradient. */
export function cosineOfMean(rule: LearningRule, form: Form, draws: number): number {
  const found = drawn(rule, form, draws);
  const mean = mapParameters(found[0], (t, name) =>
    tensor(
      t.shape,
      Float64Array.from(t.data, (_, i) => found.reduce((sum, g) => sum + g[name].data[i], 0) / draws),
    ),
  );
  return cosine(mean, gradientOf(bptt, form));
}
