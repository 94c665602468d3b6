import { LabError } from '../errors.ts';
import { streamSeeds } from '../math/random/seeds.ts';
import { TorchRandom } from '../math/random/torchRandom.ts';
import { tensor } from '../math/tensor.ts';
import type { NetworkShape } from '../models/parameters.ts';
import { plainWiring, type Wiring } from '../models/wiring.ts';
import type { LearningRule } from './rule.ts';

/**
 * What a run's seed gives a rule beside the initial weights:
 *
 *   Bout ~ uniform in ±1/√N      outputs × N, float32; where the rule has its own way back from the outputs
 *
 * drawn as the readout weights are, but from a stream of its own. Throws LabError `rule.wiring` for a rule whose wiring
 * cannot be drawn.
 */
export function drawWiring(
  rule: LearningRule,
  { units, outputs }: Pick<NetworkShape, 'units' | 'outputs'>,
  runSeed: number,
): Wiring {
  const obstacle = whyNotDrawn(rule);
  if (obstacle !== null) throw new LabError('rule.wiring', `Wiring a network for ${rule.label}: ${obstacle}.`);
  if (rule.credit.readout !== 'random') return plainWiring;
  const bound = 1 / Math.sqrt(units);
  const random = TorchRandom.seeded(streamSeeds(runSeed).feedback);
  return { ...plainWiring, Bout: tensor([outputs, units], random.uniform(outputs * units, -bound, bound)) };
}

/** Why no run can be planned with this rule, or null. */
export function whyNotDrawn({ label, credit }: LearningRule): string | null {
  return credit.recurrent === 'cell-types'
    ? `${label} needs rectified linear units in cell types under Dale's law, which no plan can ask for yet; choose another rule`
    : null;
}
