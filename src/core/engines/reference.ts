import { inPrecision, tensor, type Tensor } from '../math/tensor.ts';
import type { Parameters } from '../models/parameters.ts';
import type { Batch } from '../tasks/task.ts';
import { backwardPass } from './backward.ts';
import type { Engine, EngineState, Forward, Loss, Network, TrainingSetup, UpdateReport } from './engine.ts';
import { forwardPass } from './forward.ts';
import { activitySlope, lossAndError } from './loss.ts';
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
};

class ReferenceNetwork implements Network {
  readonly #setup: TrainingSetup;
  #state: EngineState;

  constructor(setup: TrainingSetup, state: EngineState) {
    this.#setup = setup;
    this.#state = copyState(state, 'float64');
  }

  update(batch: Batch, noise: Tensor | null): UpdateReport {
    const { loss, gradient } = this.gradient(batch, noise);
    const { state, report } = changeWeights(this.#state, loss, gradient, this.#setup.optimizer);
    this.#state = state;
    return report;
  }

  gradient(batch: Batch, noise: Tensor | null): { loss: Loss; gradient: Parameters } {
    const { shape, rule } = this.#setup;
    const { parameters, activityPenalty } = this.#state;
    const input = float64(batch.input);
    const activity = forwardPass(shape, parameters, input, noise && float64(noise));
    const { loss, error } = lossAndError(activity, float64(batch.target), float64(batch.mask), activityPenalty);
    const penaltySlope = activitySlope(activity, activityPenalty);
    return { loss, gradient: backwardPass(shape, rule.credit, parameters, input, activity, error, penaltySlope) };
  }

  forward(input: Tensor): Forward {
    const { shape } = this.#setup;
    const { trials, steps, h, y } = forwardPass(shape, this.#state.parameters, float64(input), null);
    return { rates: tensor([trials, steps, shape.units], h), readout: tensor([trials, steps, shape.outputs], y) };
  }

  readout(input: Tensor): Tensor {
    const { shape } = this.#setup;
    const [trials, steps, inputs] = input.shape as [number, number, number];
    const x = float64(input).data;
    const readout = new Float64Array(trials * steps * shape.outputs);
    for (let trial = 0; trial < trials; trial++) {
      const one = tensor([1, steps, inputs], x.subarray(trial * steps * inputs, (trial + 1) * steps * inputs));
      readout.set(forwardPass(shape, this.#state.parameters, one, null).y, trial * steps * shape.outputs);
    }
    return tensor([trials, steps, shape.outputs], readout);
  }

  state(): EngineState {
    return copyState(this.#state, 'float64');
  }

  close(): void {
    // holds nothing but memory
  }
}

function float64(t: Tensor): Tensor<Float64Array> {
  return inPrecision(t, 'float64') as Tensor<Float64Array>;
}
