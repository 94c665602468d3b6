/**
 * Gradients of the TensorFlow.js kernels that the network uses. tfjs-core keeps its own in a file that its CommonJS
 * build leaves out, so automatic differentiation has to be told here; where a gradient is registered it stays.
 */
import type { GradConfig, NamedAttrMap, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Tf } from './backends.ts';

export function registerGradients(tf: Tf): void {
  for (const config of gradients(tf)) {
    if (!tf.getGradient(config.kernelName)) tf.registerGradient(config);
  }
}

function gradients(tf: Tf): GradConfig[] {
  /** The sum of dy over the axes along which `to` was repeated. */
  const unbroadcast = (dy: Tensor, to: Tensor): Tensor => {
    const axes = tf.broadcast_util.getReductionAxes(to.shape, dy.shape);
    return tf.reshape(axes.length > 0 ? tf.sum(dy, axes) : dy, to.shape);
  };
  const binary = (
    kernelName: string,
    da: (dy: Tensor, a: Tensor, b: Tensor) => Tensor,
    db: (dy: Tensor, a: Tensor, b: Tensor) => Tensor,
  ): GradConfig => ({
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b]) => ({
      a: () => unbroadcast(da(dy as Tensor, a, b), a),
      b: () => unbroadcast(db(dy as Tensor, a, b), b),
    }),
  });
  const same = (dy: Tensor): Tensor => dy;

  return [
    binary(tf.Add, same, same),
    binary(tf.Sub, same, (dy) => tf.neg(dy)),
    binary(
      tf.Multiply,
      (dy, _a, b) => tf.mul(dy, b),
      (dy, a) => tf.mul(dy, a),
    ),
    {
      kernelName: tf.BatchMatMul,
      inputsToSave: ['a', 'b'],
      gradFunc: (dy, [a, b], attributes) =>
        matMulGradient(tf, dy as Tensor2D, a as Tensor2D, b as Tensor2D, attributes),
    },
    {
      kernelName: tf.Square,
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({ x: () => tf.mul(dy as Tensor, tf.mul(x, 2)) }),
    },
    {
      kernelName: tf.Reshape,
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({ x: () => tf.reshape(dy as Tensor, x.shape) }),
    },
    {
      // over all elements
      kernelName: tf.Sum,
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({ x: () => tf.mul(dy as Tensor, tf.onesLike(x)) }),
    },
    {
      // one step: dys is a tensor, not an array
      kernelName: tf.Unpack,
      gradFunc: (dys, _saved, { axis }) => ({ value: () => tf.stack([dys].flat(), axis as number) }),
    },
    {
      kernelName: tf.Pack,
      saveAllInputs: true,
      gradFunc: (dy, inputs, { axis }) => {
        const parts = tf.unstack(dy as Tensor, axis as number);
        return Object.fromEntries(inputs.map((_, i) => [i, () => parts[i]]));
      },
    },
  ];
}

/** Of op(a) op(b), where op transposes or not. */
function matMulGradient(tf: Tf, dy: Tensor2D, a: Tensor2D, b: Tensor2D, { transposeA, transposeB }: NamedAttrMap) {
  const [ta, tb] = [transposeA === true, transposeB === true];
  return {
    a: () => (ta ? tf.matMul(b, dy, tb, true) : tf.matMul(dy, b, false, !tb)),
    b: () => (tb ? tf.matMul(dy, a, true, ta) : tf.matMul(a, dy, !ta, false)),
  };
}
