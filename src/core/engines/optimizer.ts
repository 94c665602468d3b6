import { parameterNames, type ParameterName, type Parameters } from '../models/parameters.ts';
import type { EngineState, OptimizerSettings } from './engine.ts';

/** Euclidean norm over all parameters together. */
export function gradientNorm(gradient: Parameters): number {
  let sum = 0;
  for (const name of parameterNames) for (const g of gradient[name].data) sum += g * g;
  return Math.sqrt(sum);
}

/** Scales the gradient in place by limit / (norm + 1e-6), at most 1; null leaves it alone. */
export function clipGradient(gradient: Parameters, limit: number | null): void {
  if (limit === null) return;
  const factor = Math.min(1, limit / (gradientNorm(gradient) + 1e-6));
  for (const name of parameterNames) {
    const { data } = gradient[name];
    for (let i = 0; i < data.length; i++) data[i] *= factor;
  }
}

/** Empties in place the gradient of parameters that keep their values. */
export function freezeGradient(gradient: Parameters, frozen: readonly ParameterName[]): void {
  for (const name of frozen) gradient[name].data.fill(0);
}

/**
 * One step of Adam or AdamW, in place. k: number of this update, from 1; g: gradient; w: a parameter.
 *
 *   η = learning rate · factorᵈ, d = ⌊(k − 1) / every⌋     decay of the learning rate, where there is one
 *   w ← w − η λ w                                        decoupled weight decay, AdamW only
 *   m ← β₁ m + (1 − β₁) g      v ← β₂ v + (1 − β₂) g²
 *   w ← w − η (m / (1 − β₁ᵏ)) / (√(v / (1 − β₂ᵏ)) + ε)
 *
 * Sources: Kingma & Ba 2015, ICLR; Loshchilov & Hutter 2019, ICLR.
 */
export function optimizerStep(
  { parameters, moments }: Pick<EngineState, 'parameters' | 'moments'>,
  gradient: Parameters,
  settings: OptimizerSettings,
  k: number,
): void {
  const { kind, beta1, beta2, epsilon, weightDecay, frozen } = settings;
  const rate = learningRateAt(settings, k);
  const step = rate / (1 - beta1 ** k);
  const spread = Math.sqrt(1 - beta2 ** k);
  const kept = kind === 'adamw' ? 1 - rate * weightDecay : 1;
  for (const name of parameterNames) {
    if (frozen.includes(name)) continue;
    const w = parameters[name].data;
    const g = gradient[name].data;
    const m = moments.first[name].data;
    const v = moments.second[name].data;
    for (let i = 0; i < w.length; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] ** 2;
      w[i] = kept * w[i] - (step * m[i]) / (Math.sqrt(v[i]) / spread + epsilon);
    }
  }
}

function learningRateAt({ learningRate, decay }: OptimizerSettings, k: number): number {
  return decay === null ? learningRate : learningRate * decay.factor ** Math.floor((k - 1) / decay.every);
}
