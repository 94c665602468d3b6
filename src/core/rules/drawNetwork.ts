/** The network of update 0: everything that a run's seed gives. N units; all float32 but the weights under Dale's law. */
import { LabError } from '../errors.ts';
import { streamSeeds } from '../math/random/seeds.ts';
import { TorchRandom } from '../math/random/torchRandom.ts';
import { tensor, type Tensor } from '../math/tensor.ts';
import { balanceByNumber, connectCellTypes, daleCellTypes, daleMask } from '../models/daleWeights.ts';
import { cellTypeMeans, effectiveWeights } from '../models/effectiveWeights.ts';
import { drawInitialParameters, recurrentScale } from '../models/initialWeights.ts';
import type { ModelSettings, NetworkShape, Parameters } from '../models/parameters.ts';
import type { Wiring } from '../models/wiring.ts';
import type { Conventions } from '../tasks/task.ts';
import type { LearningRule } from './rule.ts';

type Sizes = Pick<NetworkShape, 'units' | 'inputs' | 'outputs'>;
type Model = Pick<ModelSettings, 'activation' | 'initialGain' | 'readoutGain' | 'dale' | 'density'>;

/**
 * In this order, as published:
 *
 *   weights as in initialWeights.ts
 *   density p < 1: each connection is there with probability p, and Wrec is divided by √p
 *   Dale's law: weights of excitatory units divided by their number per inhibitory unit
 *   rectified linear units under Dale's law: each block of two cell types is kept with probability 1/2, see
 *   connectCellTypes; [Note: Cell types for all] published, for every rule; corrected, only for one that sends errors
 *   through cell types
 *   Bout ~ uniform in ±1/√N (outputs × N), where the rule has its own way back from the outputs
 *   Brec ~ initialGain · 1.5 · normal / √N (N × N), where it has its own between units: as Wrec, but drawn apart
 *
 * [Note: First feedback through cell types] Published, the feedback of the first update stems from the weights before they
 * are balanced for the last time; corrected, from the weights that the network starts with, as in all later updates.
 */
export function drawNetwork(
  rule: LearningRule,
  shape: Sizes,
  model: Model,
  runSeed: number,
  conventions: Conventions = 'published',
): { parameters: Parameters; wiring: Wiring } {
  const parameters = drawInitialParameters(shape, model, runSeed);
  const Wrec = parameters.Wrec.data;
  const random = TorchRandom.seeded(streamSeeds(runSeed).connections);
  const mask = drawMask(shape.units, model, random);
  if (model.density < 1) for (let k = 0; k < Wrec.length; k++) Wrec[k] /= Math.sqrt(model.density);
  if (model.dale) balanceByNumber(shape.units, Wrec);
  const { Bout, Brec: fixedBrec } = drawFeedback(rule, shape, model, runSeed);
  const throughTypes = rule.credit?.recurrent === 'cell-types';
  const cellTypes = requireCellTypes(rule, { ...model, units: shape.units }, conventions);
  if (!cellTypes) return { parameters, wiring: { mask, Bout, Brec: fixedBrec, cellTypes: null } };

  const kept = cellTypes.map(() => [...random.uniform(cellTypes.length)].map((u) => u < 0.5));
  const connected = connectCellTypes(parameters.Wrec, mask!, cellTypes, kept);
  const Brec =
    conventions === 'published'
      ? connected.Brec
      : tensor(connected.Wrec.shape, cellTypeMeans(effectiveWeights(model, { mask }, connected.Wrec.data), cellTypes));
  return {
    parameters: { ...parameters, Wrec: connected.Wrec },
    wiring: throughTypes ? { mask, Bout, Brec, cellTypes } : { mask, Bout, Brec: fixedBrec, cellTypes: null },
  };
}

/** N × N; null where all connections are there and have the sign that they learn. */
function drawMask(units: number, { dale, density }: Model, random: TorchRandom): Tensor | null {
  const mask = dale
    ? daleMask(units)
    : density < 1
      ? tensor([units, units], new Float64Array(units * units).fill(1))
      : null;
  if (mask === null || density === 1) return mask;
  const drawn = random.uniform(units * units);
  for (let k = 0; k < drawn.length; k++) if (drawn[k] >= density) mask.data[k] = 0;
  return mask;
}

function drawFeedback(
  { credit }: LearningRule,
  { units, outputs }: Sizes,
  { initialGain }: Model,
  runSeed: number,
): Pick<Wiring, 'Bout' | 'Brec'> {
  const random = TorchRandom.seeded(streamSeeds(runSeed).feedback);
  const bound = 1 / Math.sqrt(units);
  const drawn = tensor([outputs, units], random.uniform(outputs * units, -bound, bound));
  const Bout = credit && credit.readout !== 'transpose' ? drawn : null;
  if (credit?.recurrent !== 'random') return { Bout, Brec: null };
  const scale = (initialGain * recurrentScale) / Math.sqrt(units);
  const weights = random.randn(units * units).map((v) => scale * v);
  return { Bout, Brec: tensor([units, units], weights) };
}

/** Those of the network, or null where it has none. Throws LabError `model.cellTypes` where there are too few units. */
export function requireCellTypes(
  { credit }: LearningRule,
  { units, activation, dale }: Pick<ModelSettings, 'units' | 'activation' | 'dale'>,
  conventions: Conventions,
): Wiring['cellTypes'] {
  const typed = credit?.recurrent === 'cell-types' || conventions === 'published';
  if (!dale || activation !== 'ReLU' || !typed) return null;
  const cellTypes = daleCellTypes(units, conventions);
  if (cellTypes) return cellTypes;
  throw new LabError(
    'model.cellTypes',
    `Drawing a network of rectified linear units under Dale's law: expected at least 8 inhibitory units for their cell types, found fewer among ${units} units. Take 40 units or more, or the corrected conventions.`,
  );
}
