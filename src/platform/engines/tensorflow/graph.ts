/** The network's equation (`core/models/parameters.ts`) in TensorFlow.js, differentiable. */
import type { Rank, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { alphaOfUnits, type NetworkShape, type ParameterName } from '../../../core/models/parameters.ts';
import type { Credit } from '../../../core/rules/rule.ts';
import { tensorActivation } from './activations.ts';
import type { Tf } from './backends.ts';

export type TensorParameters = Record<ParameterName, Tensor>;

/**
 * Rates (trials × steps × units) and readout (trials × steps × outputs). input: trials × steps × inputs; noise like the
 * rates, or null. The input's drive and the readout are one product each over all steps; only Wrec h goes step by step.
 */
export function run(
  tf: Tf,
  shape: NetworkShape,
  credit: Credit,
  parameters: TensorParameters,
  input: Tensor,
  noise: Tensor | null,
): { rates: Tensor; readout: Tensor } {
  const { units, inputs, outputs } = shape;
  const [trials, steps] = input.shape as [number, number];
  const { a0, Win, Wrec, b, Wout, bout } = parameters;
  const alpha = tf.tensor1d(Float32Array.from(alphaOfUnits(shape)));
  const phi = tensorActivation(tf, shape.activation);
  const recurrent = credit.recurrent === 'transpose' ? transposedProduct(tf) : transposedProductOfConstant(tf);

  const inputDrive = tf.add(tf.matMul(tf.reshape(input, [trials * steps, inputs]), Win as Tensor2D, false, true), b);
  const driveOfStep = tf.unstack(tf.reshape(inputDrive, [trials, steps, units]), 1);
  const noiseOfStep = noise && tf.unstack(noise, 1);
  let a = tf.mul(tf.ones([trials, 1]), tf.reshape(a0 as Tensor1D, [1, units]));
  let h = phi(a);
  const rates: Tensor[] = [];
  for (let t = 0; t < steps; t++) {
    const drive = tf.add(recurrent(h, Wrec), driveOfStep[t]);
    a = tf.add(a, tf.mul(tf.sub(drive, a), alpha));
    h = noiseOfStep ? tf.add(phi(a), noiseOfStep[t]) : phi(a);
    rates.push(h);
  }
  const allRates = tf.stack(rates, 1);
  const flat = tf.reshape<Rank.R2>(allRates, [trials * steps, units]);
  const readout = tf.add(tf.matMul(flat, Wout as Tensor2D, false, true), bout);
  return { rates: allRates, readout: tf.reshape(readout, [trials, steps, outputs]) };
}

type Product = (h: Tensor, W: Tensor) => Tensor;

/** h Wᵀ */
function transposedProduct(tf: Tf): Product {
  return (h, W) => tf.matMul(h, W, false, true);
}

/** h Wᵀ with h taken as a constant: the gradient reaches W, nothing passes to h (e-prop). */
function transposedProductOfConstant(tf: Tf): Product {
  return (h, W) =>
    tf.customGrad((weights, save) => {
      (save as (saved: Tensor[]) => void)([h]);
      return {
        value: tf.matMul(h, weights as Tensor2D, false, true),
        gradFunc: (dy: Tensor, saved: Tensor[]) => tf.matMul(dy, saved[0], true, false),
      };
    })(W);
}
