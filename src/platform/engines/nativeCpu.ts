/** The native engine (native/include/lrlab.h): float32 on the processor's vector units. */
import { availableParallelism } from 'node:os';
import type {
  Engine,
  EngineState,
  Forward,
  Loss,
  Network,
  TrainingSetup,
  UpdateReport,
} from '../../core/engines/engine.ts';
import { LabError } from '../../core/errors.ts';
import { inPrecision, tensor, type Tensor } from '../../core/math/tensor.ts';
import type { Parameters } from '../../core/models/parameters.ts';
import type { Batch } from '../../core/tasks/task.ts';
import { flatten, parameterCount, unflatten } from './flatParameters.ts';
import type { NativeAddon, NativeBatch, NativeNetwork } from './nativeAddon.ts';

export type NativeOptions = {
  /** numbers do not depend on it; default: one per core */
  readonly threads?: number;
  /** default: the best of this processor */
  readonly instructionSet?: string;
};

export function nativeCpuEngine(addon: NativeAddon, options: NativeOptions = {}): Engine {
  const threads = options.threads ?? availableParallelism();
  const instructionSet = options.instructionSet ?? addon.instructionSets[0];
  return {
    id: 'native-cpu',
    label: 'Native (CPU)',
    precision: 'float32',
    description: `C++, float32, ${instructionSet}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    refusal: ({ shape }) =>
      addon.activations.includes(shape.activation) ? null : `it has no activation function "${shape.activation}"`,
    open: (setup, state) => new NativeCpuNetwork(addon, setup, state, threads, instructionSet),
  };
}

class NativeCpuNetwork implements Network {
  readonly #setup: TrainingSetup;
  readonly #native: NativeNetwork;

  constructor(addon: NativeAddon, setup: TrainingSetup, state: EngineState, threads: number, instructionSet: string) {
    const { shape, rule, optimizer } = setup;
    this.#setup = setup;
    this.#native = new addon.Network(
      { ...shape, ...optimizer, recurrentCredit: rule.credit.recurrent === 'transpose', threads, instructionSet },
      {
        update: state.update,
        activityPenalty: state.activityPenalty,
        parameters: flatten(shape, state.parameters),
        first: flatten(shape, state.moments.first),
        second: flatten(shape, state.moments.second),
      },
    );
  }

  update(batch: Batch, noise: Tensor | null): UpdateReport {
    try {
      return this.#native.update(nativeBatch(batch, noise));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'diverged')) throw error;
      const update = this.state().update + 1;
      throw new LabError(
        'training.diverged',
        `Training, update ${update}: expected a finite loss and gradient, found that ${error.message}. ` +
          'Lower the learning rate, clip the gradient, or choose an activation that saturates.',
        { cause: error },
      );
    }
  }

  gradient(batch: Batch, noise: Tensor | null): { loss: Loss; gradient: Parameters } {
    const { shape } = this.#setup;
    const gradient = new Float32Array(parameterCount(shape));
    const { main, activity } = this.#native.gradient(nativeBatch(batch, noise), { gradient });
    return { loss: { main, activity }, gradient: unflatten(shape, gradient) };
  }

  forward(input: Tensor): Forward {
    const [trials, steps] = input.shape as [number, number];
    const rates = new Float32Array(trials * steps * this.#setup.shape.units);
    return { rates: tensor([trials, steps, this.#setup.shape.units], rates), readout: this.#pass(input, rates) };
  }

  readout(input: Tensor): Tensor {
    return this.#pass(input, null);
  }

  #pass(input: Tensor, rates: Float32Array | null): Tensor {
    const { outputs } = this.#setup.shape;
    const [trials, steps] = input.shape as [number, number];
    const readout = new Float32Array(trials * steps * outputs);
    this.#native.forward({ trials, steps, input: float32(input), rates, readout });
    return tensor([trials, steps, outputs], readout);
  }

  state(): EngineState {
    const { shape } = this.#setup;
    const count = parameterCount(shape);
    const flat = {
      parameters: new Float32Array(count),
      first: new Float32Array(count),
      second: new Float32Array(count),
    };
    const { update, activityPenalty } = this.#native.copyState(flat);
    return {
      update,
      parameters: unflatten(shape, flat.parameters),
      moments: { first: unflatten(shape, flat.first), second: unflatten(shape, flat.second) },
      activityPenalty,
    };
  }

  close(): void {
    this.#native.close();
  }
}

function nativeBatch({ trials, steps, input, target, mask }: Batch, noise: Tensor | null): NativeBatch {
  return {
    trials,
    steps,
    input: float32(input),
    target: float32(target),
    mask: float32(mask),
    noise: noise && float32(noise),
  };
}

function float32(t: Tensor): Float32Array {
  return inPrecision(t, 'float32').data as Float32Array;
}
