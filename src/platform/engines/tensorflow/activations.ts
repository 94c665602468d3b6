/** Activation functions φ and slopes φ′ of whole tensors, with the slopes at ties that `core/models/activations.ts` has. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ActivationId, SlopedActivationId } from '../../../core/models/activations.ts';
import type { Tf } from './backends.ts';

type TensorActivation = {
  readonly value: (tf: Tf, a: Tensor) => Tensor;
  readonly slope: (tf: Tf, a: Tensor) => Tensor;
};

/** 1 where the condition holds, else 0 */
const indicator = (tf: Tf, condition: Tensor): Tensor => tf.cast(condition, 'float32');
const negativePart = (tf: Tf, a: Tensor): Tensor => tf.minimum(a, 0);
const softplus = (tf: Tf, a: Tensor): Tensor => tf.log(tf.add(tf.exp(a), 1));
const oneMinusSquare = (tf: Tf, h: Tensor): Tensor => tf.sub(1, tf.square(h));

const lecunScale = 1.7159;
const lecunGain = 2 / 3;
const geluGain = 0.7978845238685608;
const geluCubic = 0.044715;
const geluTanh = (tf: Tf, a: Tensor): Tensor =>
  tf.tanh(tf.mul(tf.add(a, tf.mul(tf.mul(tf.square(a), a), geluCubic)), geluGain));

const tensorActivations: Record<SlopedActivationId, TensorActivation> = {
  retanh: {
    value: (tf, a) => tf.tanh(tf.maximum(a, 0)),
    slope: (tf, a) => {
      const half = tf.mul(tf.add(indicator(tf, tf.greater(a, 0)), indicator(tf, tf.greaterEqual(a, 0))), 0.5);
      return tf.mul(half, oneMinusSquare(tf, tf.tanh(a)));
    },
  },
  ReLU: { value: (tf, a) => tf.maximum(a, 0), slope: (tf, a) => indicator(tf, tf.greaterEqual(a, 0)) },
  smoothReLU: { value: softplus, slope: (tf, a) => tf.sigmoid(a) },
  tanh: { value: (tf, a) => tf.tanh(a), slope: (tf, a) => oneMinusSquare(tf, tf.tanh(a)) },
  logistic: {
    value: (tf, a) => tf.sigmoid(a),
    slope: (tf, a) => tf.mul(tf.sigmoid(a), tf.sigmoid(tf.neg(a))),
  },
  linear: { value: (tf, a) => tf.mul(a, 1), slope: (tf, a) => tf.onesLike(a) },
  lineartanh: {
    value: (tf, a) => tf.minimum(tf.maximum(a, -1), 1),
    slope: (tf, a) => indicator(tf, tf.lessEqual(tf.abs(a), 1)),
  },
  tanhlecun: {
    value: (tf, a) => tf.mul(tf.tanh(tf.mul(a, lecunGain)), lecunScale),
    slope: (tf, a) => tf.mul(oneMinusSquare(tf, tf.tanh(tf.mul(a, lecunGain))), lecunScale * lecunGain),
  },
  ELU: {
    value: (tf, a) => tf.add(tf.maximum(a, 0), tf.sub(tf.exp(negativePart(tf, a)), 1)),
    slope: (tf, a) => tf.exp(negativePart(tf, a)),
  },
  swish: {
    value: (tf, a) => tf.mul(a, tf.sigmoid(a)),
    slope: (tf, a) => tf.mul(tf.sigmoid(a), tf.add(tf.mul(a, tf.sigmoid(tf.neg(a))), 1)),
  },
  mish: {
    value: (tf, a) => tf.mul(a, tf.tanh(softplus(tf, a))),
    slope: (tf, a) => {
      const t = tf.tanh(softplus(tf, a));
      return tf.add(t, tf.mul(tf.mul(a, oneMinusSquare(tf, t)), tf.sigmoid(a)));
    },
  },
  GELU: {
    value: (tf, a) => tf.mul(tf.mul(a, 0.5), tf.add(geluTanh(tf, a), 1)),
    slope: (tf, a) => {
      const t = geluTanh(tf, a);
      const inner = tf.mul(tf.add(tf.mul(tf.square(a), 3 * geluCubic), 1), geluGain);
      return tf.mul(tf.add(tf.add(t, 1), tf.mul(tf.mul(a, oneMinusSquare(tf, t)), inner)), 0.5);
    },
  },
};

export const tensorActivationIds: readonly ActivationId[] = Object.keys(tensorActivations) as SlopedActivationId[];

/** φ(a) as automatic differentiation shall see it: with the slope given above. */
export function tensorActivation(tf: Tf, id: ActivationId): (a: Tensor) => Tensor {
  const { value, slope } = tensorActivations[id as SlopedActivationId]; // the engine refuses others
  return tf.customGrad((a, save) => {
    (save as (saved: Tensor[]) => void)([a as Tensor]);
    return {
      value: value(tf, a as Tensor),
      gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(dy, slope(tf, saved[0])),
    };
  });
}
