import { streamSeeds } from '../math/random/seeds.ts';
import { TorchRandom } from '../math/random/torchRandom.ts';
import { tensor } from '../math/tensor.ts';
import type { ModelSettings, NetworkShape, Parameters } from './parameters.ts';

/** Standard deviation of the recurrent weights before `initialGain`, times √units. */
export const recurrentScale = 1.5;

/**
 * The weights of update 0, the same as PyTorch draws from the run's seed in the published code; N units:
 *
 *   Win  ~ normal / √inputs                            N × inputs
 *   Wrec ~ initialGain · 1.5 · normal / √N             N × N
 *   Wout ~ readoutGain · uniform in ±1/√N              outputs × N
 *   a0 = b = bout = 0
 *
 * float32, rounded where PyTorch rounds. See [Note: Draws thrown away].
 */
export function drawInitialParameters(
  shape: Pick<NetworkShape, 'units' | 'inputs' | 'outputs'>,
  model: Pick<ModelSettings, 'initialGain' | 'readoutGain'>,
  runSeed: number,
): Parameters {
  const { units, inputs, outputs } = shape;
  const random = TorchRandom.seeded(streamSeeds(runSeed).weights);

  const Win = random.randn(units * inputs);
  divide(Win, Math.sqrt(inputs));
  const Wrec = random.randn(units * units);
  scale(Wrec, recurrentScale);
  divide(Wrec, Math.sqrt(units));
  scale(Wrec, model.initialGain);

  throwAwayDefaultLayers(random, units, inputs);
  const Wout = random.uniform(outputs * units, -1 / Math.sqrt(units), 1 / Math.sqrt(units));
  scale(Wout, model.readoutGain);

  return {
    a0: tensor([units], new Float32Array(units)),
    Win: tensor([units, inputs], Win),
    Wrec: tensor([units, units], Wrec),
    b: tensor([units], new Float32Array(units)),
    Wout: tensor([outputs, units], Wout),
    bout: tensor([outputs], new Float32Array(outputs)),
  };
}

/**
 * [Note: Draws thrown away] The published model is built of default layers before its own weights are put in. Their
 * draws are lost, but they stand before the readout's in the stream: input weights and bias, then recurrent weights.
 */
function throwAwayDefaultLayers(random: TorchRandom, units: number, inputs: number): void {
  random.uniform(units * inputs);
  random.uniform(units);
  random.uniform(units * units);
}

function scale(x: Float32Array, factor: number): void {
  const f = Math.fround(factor);
  for (let i = 0; i < x.length; i++) x[i] = x[i] * f;
}

function divide(x: Float32Array, divisor: number): void {
  const d = Math.fround(divisor);
  for (let i = 0; i < x.length; i++) x[i] = x[i] / d;
}
