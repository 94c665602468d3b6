/** One run's part in a training: its random streams, its wishes, and what is stored of it when. */
import type { Checkpoint, ResumePoint } from '../core/checkpoints/checkpoint.ts';
import { alignGradients, type Alignment } from '../core/analysis/gradientAlignment.ts';
import { alignmentUpdates, checkpointUpdates } from '../core/checkpoints/schedule.ts';
import { requireFiniteWeights } from '../core/engines/divergence.ts';
import type { Engine, EngineState, UpdateReport, Work } from '../core/engines/engine.ts';
import { LabError } from '../core/errors.ts';
import { NumpyRandom } from '../core/math/random/numpyRandom.ts';
import { streamSeeds } from '../core/math/random/seeds.ts';
import { TorchRandom } from '../core/math/random/torchRandom.ts';
import type { Tensor } from '../core/math/tensor.ts';
import type { NetworkShape, Parameters } from '../core/models/parameters.ts';
import type { Task } from '../core/tasks/task.ts';
import type { RunSpec } from './plan.ts';
import { firstState } from './trainingSetup.ts';

export type Outcome = { state: 'done' | 'paused' | 'cancelled' } | { state: 'failed'; error: unknown };

/** A run's network among those that train beside it. */
export type OwnNetwork = {
  /** a copy */
  state(): EngineState;
  /** of the run's rule, as the next update with this work takes it */
  gradient(work: Work): Parameters;
  /** of BPTT, at the same weights and on the same work */
  exactGradient(work: Work): Parameters;
};

export type RunPorts = {
  /** where an earlier process stopped, or null */
  resumePoint(): ResumePoint | null;
  started(engine: Engine, reason: string, fromUpdate: number): void;
  updated(report: UpdateReport): void;
  /** Called before `updated`: how the gradient of that update, at the weights after `update` others, compares with BPTT's. */
  aligned(update: number, alignments: readonly Alignment[]): void;
  /** Stores both before it returns: training goes on only from what can be resumed. */
  save(checkpoint: Checkpoint, resume: ResumePoint): void;
  /** Stores a point to resume from without a checkpoint. */
  keep(resume: ResumePoint): void;
  /** true when the last stored point has become old */
  shouldKeep(): boolean;
  request(): 'go on' | 'pause' | 'cancel';
  /** the last call; the runs beside it may go on */
  stopped(outcome: Outcome): void;
};

/** What goes wrong in one of these calls ends this run alone. */
export class RunTraining {
  /** null while it goes on */
  outcome: Outcome | null = null;
  readonly #spec: RunSpec;
  readonly #task: Task;
  readonly #engine: Engine;
  readonly #ports: RunPorts;
  readonly #due: ReadonlySet<number>;
  readonly #alignmentDue: ReadonlySet<number>;
  #trialStream: NumpyRandom;
  #noiseStream: TorchRandom;
  #made = 0;
  #network!: OwnNetwork;
  #alignments: readonly Alignment[] | null = null;

  constructor(spec: RunSpec, task: Task, engine: Engine, ports: RunPorts) {
    const { updates, checkpoints, alignment } = spec.training;
    const seeds = streamSeeds(spec.seed);
    this.#spec = spec;
    this.#task = task;
    this.#engine = engine;
    this.#ports = ports;
    this.#due = new Set(checkpointUpdates(checkpoints, updates));
    this.#alignmentDue = new Set(alignmentUpdates(alignment, updates));
    this.#trialStream = NumpyRandom.seeded(seeds.trials);
    this.#noiseStream = TorchRandom.seeded(seeds.noise);
  }

  /** Where its network begins, or null when that cannot be had. */
  firstState(shape: NetworkShape): EngineState | null {
    return this.#attempt(() => {
      const earlier = this.#ports.resumePoint();
      if (!earlier) return firstState(this.#spec, shape, this.#engine);
      requireSameEngine(earlier, this.#engine);
      this.#trialStream = NumpyRandom.from(earlier.random.trials);
      this.#noiseStream = TorchRandom.from(earlier.random.noise);
      this.#made = earlier.state.update;
      return earlier.state;
    });
  }

  start(network: OwnNetwork, reason: string): void {
    this.#attempt(() => {
      this.#network = network;
      this.#ports.started(this.#engine, reason, this.#made);
      if (this.#made === 0) this.#save();
    });
  }

  /** What its next update needs, or null once it has stopped. Compares gradients where that is due. */
  nextWork(): Work | null {
    return this.#attempt(() => {
      const { training, model } = this.#spec;
      if (this.#made >= training.updates) return this.#stop({ state: 'done' });
      const wish = this.#ports.request();
      if (wish !== 'go on') {
        this.#ports.keep(this.#resumePoint());
        return this.#stop({ state: wish === 'pause' ? 'paused' : 'cancelled' });
      }
      const batch = this.#task.draw(this.#trialStream, training.trials);
      const noise = drawNoise(this.#noiseStream, model.activityNoise, [batch.trials, batch.steps, model.units]);
      const work: Work = { batch, noise };
      this.#alignments = this.#alignmentDue.has(this.#made) ? this.#align(work) : null;
      return work;
    });
  }

  updated(report: UpdateReport | LabError): void {
    this.#attempt(() => {
      if (report instanceof LabError) throw report;
      if (this.#alignments) this.#ports.aligned(this.#made, this.#alignments);
      this.#ports.updated(report);
      this.#made += 1;
      if (this.#due.has(this.#made)) this.#save();
      else if (this.#ports.shouldKeep()) this.#ports.keep(this.#resumePoint());
    });
  }

  #align(work: Work): Alignment[] {
    const own = this.#network.gradient(work);
    return alignGradients(own, this.#network.exactGradient(work), this.#spec.training.optimizer.frozen);
  }

  #save(): void {
    const resume = this.#resumePoint();
    this.#ports.save(resume.state, resume);
  }

  #resumePoint(): ResumePoint {
    const state = this.#network.state();
    requireFiniteWeights(state);
    return {
      state,
      engine: this.#engine.id,
      random: { trials: this.#trialStream.state(), noise: this.#noiseStream.state() },
    };
  }

  #attempt<T>(act: () => T): T | null {
    if (this.outcome) return null;
    try {
      return act();
    } catch (error) {
      return this.#stop({ state: 'failed', error });
    }
  }

  #stop(outcome: Outcome): null {
    this.outcome = outcome;
    this.#ports.stopped(outcome);
    return null;
  }
}

function requireSameEngine(earlier: ResumePoint, engine: Engine): void {
  if (earlier.engine === engine.id) return;
  throw new LabError(
    'engine.changed',
    `Resuming a run at update ${earlier.state.update}: "${earlier.engine}" trained it so far, "${engine.id}" would round ` +
      'differently. Resume it where that engine is, or start a new run.',
  );
}

/** Gaussian noise on the rates from PyTorch's stream, or null where there is none (the stream then has no other use). */
function drawNoise(random: TorchRandom, deviation: number, shape: number[]): Tensor | null {
  if (deviation === 0) return null;
  const data = random.randn(shape.reduce((n, extent) => n * extent, 1));
  for (let i = 0; i < data.length; i++) data[i] *= deviation;
  return { shape, data };
}
