/** Networks held by a native engine (native/include/lrlab.h): one, or many side by side. */
import type {
  Ensemble,
  EngineState,
  Forward,
  Loss,
  Network,
  TrainingSetup,
  UpdateReport,
  Work,
} from '../../core/engines/engine.ts';
import { divergence } from '../../core/engines/divergence.ts';
import { requireWiring } from '../../core/engines/requireWiring.ts';
import { LabError } from '../../core/errors.ts';
import { inPrecision, tensor, type Tensor } from '../../core/math/tensor.ts';
import { alphaOfUnits, type Parameters } from '../../core/models/parameters.ts';
import type { Wiring } from '../../core/models/wiring.ts';
import type { Batch } from '../../core/tasks/task.ts';
import { flatten, parameterCount, unflatten } from './flatParameters.ts';
import type {
  NativeAddon,
  NativeBatch,
  NativeEngineName,
  NativeNetworks,
  NativeReport,
  NativeSetup,
} from './nativeAddon.ts';

export type NativeChoice = {
  readonly addon: NativeAddon;
  readonly engine: NativeEngineName;
} & Pick<NativeSetup, 'precision' | 'threads' | 'instructionSet'>;

/** All states must agree on the cell types, which belong to the setup. */
export class NativeEnsemble implements Ensemble {
  readonly size: number;
  readonly #setup: TrainingSetup;
  readonly #wiring: readonly Wiring[];
  readonly #ruleSeeds: readonly number[];
  readonly #native: NativeNetworks;

  constructor({ addon, engine, ...machine }: NativeChoice, setup: TrainingSetup, states: readonly EngineState[]) {
    const { shape, rule, optimizer, loss, blockPenalty } = setup;
    for (const { wiring } of states) requireWiring(setup, wiring);
    this.size = states.length;
    this.#setup = setup;
    this.#wiring = states.map((state) => state.wiring);
    this.#ruleSeeds = states.map((state) => state.ruleSeed);
    this.#native = new addon.Networks(
      engine,
      {
        ...shape,
        ...machine,
        alpha: Float32Array.from(alphaOfUnits(shape)),
        loss,
        blockPenalty,
        cellTypes: this.#wiring[0]?.cellTypes ?? null,
        credit: rule.credit!, // see nativeRefusal
        optimizer,
      },
      states.map((state) => ({
        update: state.update,
        activityPenalty: state.activityPenalty,
        parameters: flatten(shape, state.parameters),
        first: flatten(shape, state.moments.first),
        second: flatten(shape, state.moments.second),
        mask: float32OrNull(state.wiring.mask),
        Bout: float32OrNull(state.wiring.Bout),
        Brec: float32OrNull(state.wiring.Brec),
      })),
    );
  }

  update(work: readonly (Work | null)[]): (UpdateReport | LabError | null)[] {
    return this.#native.update(work.map((w) => w && nativeBatch(w))).map((report) => report && outcomeOf(report));
  }

  gradient(network: number, work: Work): { loss: Loss; gradient: Parameters } {
    const { shape } = this.#setup;
    const gradient = new Float32Array(parameterCount(shape));
    const { main, activity, weights } = this.#native.gradient(network, nativeBatch(work), { gradient });
    return { loss: { main, activity, weights }, gradient: unflatten(shape, gradient) };
  }

  /** Readout of a noise-free pass; the rates into `rates` (trials × steps × units) unless null. */
  forward(network: number, input: Tensor, rates: Float32Array | null): Tensor {
    const { outputs } = this.#setup.shape;
    const [trials, steps] = input.shape as [number, number];
    const readout = new Float32Array(trials * steps * outputs);
    this.#native.forward(network, { trials, steps, input: float32(input), rates, readout });
    return tensor([trials, steps, outputs], readout);
  }

  state(network: number): EngineState {
    const { shape, rule } = this.#setup;
    const wiring = this.#wiring[network];
    const adaptive = rule.credit?.readout === 'adaptive';
    const count = parameterCount(shape);
    const flat = {
      parameters: new Float32Array(count),
      first: new Float32Array(count),
      second: new Float32Array(count),
      Bout: adaptive ? new Float32Array(shape.outputs * shape.units) : null,
      Brec: wiring.Brec && new Float32Array(shape.units ** 2),
    };
    const { update, activityPenalty } = this.#native.copyState(network, flat);
    return {
      update,
      parameters: unflatten(shape, flat.parameters),
      moments: { first: unflatten(shape, flat.first), second: unflatten(shape, flat.second) },
      activityPenalty,
      ruleSeed: this.#ruleSeeds[network],
      wiring: {
        ...wiring,
        Bout: flat.Bout ? tensor([shape.outputs, shape.units], flat.Bout) : wiring.Bout,
        Brec: flat.Brec && tensor([shape.units, shape.units], flat.Brec),
      },
    };
  }

  close(): void {
    this.#native.close();
  }
}

/** An ensemble of one. */
export class NativeNetwork implements Network {
  readonly #units: number;
  readonly #one: NativeEnsemble;

  constructor(choice: NativeChoice, setup: TrainingSetup, state: EngineState) {
    this.#units = setup.shape.units;
    this.#one = new NativeEnsemble(choice, setup, [state]);
  }

  update(batch: Batch, noise: Tensor | null): UpdateReport {
    const [outcome] = this.#one.update([{ batch, noise }]);
    if (outcome instanceof LabError) throw outcome;
    return outcome!;
  }

  gradient(batch: Batch, noise: Tensor | null): { loss: Loss; gradient: Parameters } {
    return this.#one.gradient(0, { batch, noise });
  }

  forward(input: Tensor): Forward {
    const [trials, steps] = input.shape as [number, number];
    const rates = new Float32Array(trials * steps * this.#units);
    return { readout: this.#one.forward(0, input, rates), rates: tensor([trials, steps, this.#units], rates) };
  }

  readout(input: Tensor): Tensor {
    return this.#one.forward(0, input, null);
  }

  state(): EngineState {
    return this.#one.state(0);
  }

  close(): void {
    this.#one.close();
  }
}

function outcomeOf({ diverged, ...report }: NativeReport): UpdateReport | LabError {
  return diverged ? divergence(report.update + 1, report, report.gradientNorm) : report;
}

function nativeBatch({ batch, noise }: Work): NativeBatch {
  return {
    trials: batch.trials,
    steps: batch.steps,
    input: float32(batch.input),
    target: float32(batch.target),
    mask: float32(batch.mask),
    noise: float32OrNull(noise),
  };
}

function float32(t: Tensor): Float32Array {
  return inPrecision(t, 'float32').data as Float32Array;
}

function float32OrNull(t: Tensor | null): Float32Array | null {
  return t && float32(t);
}
