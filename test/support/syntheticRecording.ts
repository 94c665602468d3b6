/** Activity made for a test: neurons that follow a few smooth latent courses, different for each condition, and noise. */
import { TorchRandom } from '../../src/core/math/random/torchRandom.ts';
import { tensor } from '../../src/core/math/tensor.ts';
import type { Tensor } from '../../src/core/math/tensor.ts';

export type SyntheticRecording = {
  neurons: number;
  steps?: number;
  conditions?: number;
  latents?: number;
  /** standard deviation; that of what neurons follow is about 1 */
  noise?: number;
  seed?: number;
  /** of the latent courses; the same for recordings of one brain */
  brain?: number;
};

/** neurons × steps × conditions */
export function syntheticRecording(given: SyntheticRecording): Tensor<Float64Array> {
  const { neurons, steps = 30, conditions = 6, latents = 5, noise = 0.3, seed = 1, brain = 1 } = given;
  const courses = TorchRandom.seeded(1000 + brain).randn(Math.max(16, latents * conditions * 3));
  const own = TorchRandom.seeded(seed);
  const weights = own.randn(Math.max(16, neurons * latents));
  const noises = own.randn(Math.max(16, neurons * steps * conditions));
  const course = (latent: number, step: number, condition: number): number => {
    const [a, b, c] = [0, 1, 2].map((k) => courses[(latent * conditions + condition) * 3 + k]);
    const phase = (Math.PI * step) / steps;
    return a + b * Math.sin((latent + 1) * phase) + c * Math.cos((latent + 1) * phase);
  };
  const data = new Float64Array(neurons * steps * conditions);
  let at = 0;
  for (let i = 0; i < neurons; i++) {
    for (let t = 0; t < steps; t++) {
      for (let c = 0; c < conditions; c++, at++) {
        let rate = 0;
        for (let l = 0; l < latents; l++) rate += (weights[i * latents + l] * course(l, t, c)) / Math.sqrt(2 * latents);
        data[at] = rate + noise * noises[at];
      }
    }
  }
  return tensor([neurons, steps, conditions], data);
}

/** The conditions in another order. x: neurons × steps × conditions */
export function reorderedConditions({ shape, data }: Tensor, order: readonly number[]): Tensor<Float64Array> {
  const conditions = shape[2];
  return tensor(
    shape,
    Float64Array.from(data, (_, k) => data[k - (k % conditions) + order[k % conditions]]),
  );
}
