/** Training by automatic differentiation in TensorFlow.js; state and optimizer are ours, in float32 arrays. */
import type { Scalar, Tensor as TfTensor } from '@tensorflow/tfjs-core';
import type {
  Engine,
  EngineState,
  Forward,
  Loss,
  Network,
  TrainingSetup,
  UpdateReport,
} from '../../core/engines/engine.ts';
import { ensembleOf } from '../../core/engines/ensemble.ts';
import { freezeGradient } from '../../core/engines/optimizer.ts';
import { copyState } from '../../core/engines/state.ts';
import { changeWeights } from '../../core/engines/weightChange.ts';
import { LabError } from '../../core/errors.ts';
import { inPrecision, tensor, type Tensor } from '../../core/math/tensor.ts';
import { parameterNames, type ParameterName, type Parameters } from '../../core/models/parameters.ts';
import type { Batch } from '../../core/tasks/task.ts';
import type { Backend } from './tensorflow/backends.ts';
import { registerGradients } from './tensorflow/gradients.ts';
import { run, type TensorParameters } from './tensorflow/graph.ts';
import { tensorflowRefusal, wiringRefusal } from './tensorflow/refusal.ts';

export function tensorflowEngine(backend: Backend): Engine {
  registerGradients(backend.tf);
  return {
    id: 'tensorflow',
    label: `TensorFlow.js (${backend.label})`,
    precision: 'float32',
    description: `TensorFlow.js ${backend.tf.version_core}, float32, backend ${backend.id}`,
    refusal: tensorflowRefusal,
    open: (setup, state) => new TensorflowNetwork(backend, setup, state),
    openMany: (setup, states) => ensembleOf(states.map((state) => new TensorflowNetwork(backend, setup, state))),
    ensembleSize: 1,
  };
}

/** Trials of a test set that run at a time, so that their rates fit in memory. */
const readoutTrials = 64;

class TensorflowNetwork implements Network {
  readonly #backend: Backend;
  readonly #setup: TrainingSetup;
  #state: EngineState;

  constructor(backend: Backend, setup: TrainingSetup, state: EngineState) {
    const obstacle = tensorflowRefusal(setup) ?? wiringRefusal(state.wiring);
    if (obstacle !== null) throw new LabError('engine.refused', `Opening a network on "tensorflow": ${obstacle}.`);
    this.#backend = backend;
    this.#setup = setup;
    this.#state = copyState(state, 'float32');
  }

  update(batch: Batch, noise: Tensor | null): UpdateReport {
    const { loss, gradient } = this.gradient(batch, noise);
    const { state, report } = changeWeights(this.#state, loss, gradient, this.#setup);
    this.#state = state;
    return report;
  }

  gradient(batch: Batch, noise: Tensor | null): { loss: Loss; gradient: Parameters } {
    const { tf } = this.#use();
    const { shape, rule, optimizer } = this.#setup;
    let counted = 0;
    for (const m of batch.mask.data) counted += m;
    const found = { main: NaN, activity: NaN, gradient: [] as Tensor[] };
    tf.tidy(() => {
      const [input, target, mask] = [this.#put(batch.input), this.#put(batch.target), this.#put(batch.mask)];
      const noiseTensor = noise && this.#put(noise);
      const loss = (...values: TfTensor[]): Scalar => {
        const { rates, readout } = run(tf, shape, rule.credit!, named(values), input, noiseTensor);
        const main = tf.mul(tf.sum(tf.mul(tf.square(tf.sub(readout, target)), mask)), 1 / counted);
        const activity = tf.mul(tf.sum(tf.square(rates)), this.#state.activityPenalty / rates.size);
        found.main = main.dataSync()[0];
        found.activity = activity.dataSync()[0];
        return tf.add(main, activity);
      };
      const parameters = this.#parameters();
      const gradients = tf.grads(loss)(parameterNames.map((name) => parameters[name]));
      found.gradient = gradients.map(fetched);
    });
    const { main, activity } = found;
    const gradient: Parameters = named(found.gradient);
    freezeGradient(gradient, optimizer.frozen);
    return { loss: { main, activity, weights: 0 }, gradient };
  }

  forward(input: Tensor): Forward {
    const { tf } = this.#use();
    const { shape, rule } = this.#setup;
    const results: Tensor[] = [];
    tf.tidy(() => {
      const { rates, readout } = run(tf, shape, rule.credit!, this.#parameters(), this.#put(input), null);
      results.push(fetched(rates), fetched(readout));
    });
    return { rates: results[0], readout: results[1] };
  }

  readout(input: Tensor): Tensor {
    const { inputs, outputs } = this.#setup.shape;
    const [trials, steps] = input.shape as [number, number];
    const readout = new Float32Array(trials * steps * outputs);
    for (let first = 0; first < trials; first += readoutTrials) {
      const count = Math.min(readoutTrials, trials - first);
      const part = input.data.subarray(first * steps * inputs, (first + count) * steps * inputs);
      readout.set(this.forward(tensor([count, steps, inputs], part)).readout.data, first * steps * outputs);
    }
    return tensor([trials, steps, outputs], readout);
  }

  state(): EngineState {
    return copyState(this.#state, 'float32');
  }

  close(): void {
    // holds nothing but memory
  }

  /** TensorFlow.js has one backend at a time, whoever asked for it last. */
  #use(): Backend {
    this.#backend.activate();
    return this.#backend;
  }

  #put(t: Tensor): TfTensor {
    return this.#backend.tf.tensor(inPrecision(t, 'float32').data, [...t.shape], 'float32');
  }

  #parameters(): TensorParameters {
    return named(parameterNames.map((name) => this.#put(this.#state.parameters[name])));
  }
}

/** Values in the order of `parameterNames`, by name. */
function named<T>(values: readonly T[]): Record<ParameterName, T> {
  return Object.fromEntries(parameterNames.map((name, i) => [name, values[i]])) as Record<ParameterName, T>;
}

function fetched(t: TfTensor): Tensor {
  return tensor([...t.shape], Float32Array.from(t.dataSync()));
}
