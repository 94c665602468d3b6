import { float64, tensor, type Tensor } from '../math/tensor.ts';
import type { Activity, Perturbation } from '../models/activity.ts';
import { effectiveWeights, toRawGradient } from '../models/effectiveWeights.ts';
import { mapParameters, type Parameters } from '../models/parameters.ts';
import { ruleDraws } from '../math/random/ruleDraws.ts';
import type { Pass } from '../rules/pass.ts';
import type { Batch } from '../tasks/task.ts';
import { backwardPass } from './backward.ts';
import { addBlockSlope, blockLoss } from './blockPenalty.ts';
import type { Engine, EngineState, Forward, Loss, Network, TrainingSetup, UpdateReport } from './engine.ts';
import { ensembleOf } from './ensemble.ts';
import { float64Data, forwardPass } from './forward.ts';
import { activityLoss, activitySlope, lossOfTrials, mainLoss } from './loss.ts';
import { freezeGradient } from './optimizer.ts';
import { requireWiring } from './requireWiring.ts';
import { copyState } from './state.ts';
import { changeWeights } from './weightChange.ts';

/** Plain loops in float64, written to be read: the oracle of all other engines. */
export const referenceEngine: Engine = {
  id: 'reference',
  label: 'Reference (TypeScript, double precision)',
  precision: 'float64',
  description: 'TypeScript, float64, one thread',
  refusal: () => null,
  open: (setup, state) => new ReferenceNetwork(setup, state),
  openMany: (setup, states) => ensembleOf(states.map((state) => new ReferenceNetwork(setup, state))),
  ensembleSize: 1,
};

class ReferenceNetwork implements Network {
  readonly #setup: TrainingSetup;
  #state: EngineState;

  constructor(setup: TrainingSetup, state: EngineState) {
    requireWiring(setup, state.wiring);
    this.#setup = setup;
    this.#state = copyState(state, 'float64');
  }

  update(batch: Batch, noise: Tensor | null): UpdateReport {
    const { loss, gradient } = this.gradient(batch, noise);
    const { state, report } = changeWeights(this.#state, loss, gradient, this.#setup);
    this.#state = state;
    return report;
  }

  gradient(batch: Batch, noise: Tensor | null): { loss: Loss; gradient: Parameters } {
    const { shape, rule, loss: lossId, blockPenalty, optimizer } = this.#setup;
    const { update, parameters, wiring, activityPenalty: r, ruleSeed } = this.#state;
    const Wrec = parameters.Wrec.data;
    const [input, target, mask] = [float64(batch.input), float64(batch.target), float64(batch.mask)];
    const run = (added: Perturbation | null): Activity => this.#run(input, noise && float64(noise), added);
    const activity = run(null);
    const { main, error } = mainLoss(lossId, shape.outputs, activity.y, target, mask);
    const pass: Pass = {
      shape,
      parameters: float64Data(parameters),
      weights: effectiveWeights(shape, wiring, Wrec),
      input: input.data,
      activity,
      error,
      penaltySlope: activitySlope(activity, r),
      losses: (added) => lossOfTrials(lossId, shape.outputs, run(added), target, mask, r),
      random: ruleDraws(ruleSeed, update + 1),
      fixed: ruleDraws(ruleSeed, 0),
    };
    const flat = rule.credit ? backwardPass(pass, rule.credit, wiring) : rule.gradient!(pass);
    toRawGradient(shape, wiring, Wrec, flat.Wrec);
    const gradient = mapParameters(parameters, ({ shape: extent }, name) => tensor(extent, flat[name]));
    addBlockSlope(blockPenalty, Wrec, gradient.Wrec.data);
    freezeGradient(gradient, optimizer.frozen);
    return { loss: { main, activity: activityLoss(activity, r), weights: blockLoss(blockPenalty, Wrec) }, gradient };
  }

  forward(input: Tensor): Forward {
    const { shape } = this.#setup;
    const { trials, steps, h, y } = this.#run(float64(input), null);
    return { rates: tensor([trials, steps, shape.units], h), readout: tensor([trials, steps, shape.outputs], y) };
  }

  readout(input: Tensor): Tensor {
    const { shape } = this.#setup;
    const [trials, steps, inputs] = input.shape as [number, number, number];
    const x = float64(input).data;
    const readout = new Float64Array(trials * steps * shape.outputs);
    for (let trial = 0; trial < trials; trial++) {
      const one = tensor([1, steps, inputs], x.subarray(trial * steps * inputs, (trial + 1) * steps * inputs));
      readout.set(this.#run(one, null).y, trial * steps * shape.outputs);
    }
    return tensor([trials, steps, shape.outputs], readout);
  }

  state(): EngineState {
    return copyState(this.#state, 'float64');
  }

  close(): void {
    // holds nothing but memory
  }

  #run(input: Tensor<Float64Array>, noise: Tensor<Float64Array> | null, added: Perturbation | null = null): Activity {
    return forwardPass(this.#setup.shape, this.#state.parameters, this.#state.wiring, input, noise, added);
  }
}
