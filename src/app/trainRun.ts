/**
 * Trains one run: Task + Engine + Rule → Checkpoints. Knows nothing of files or threads; what it needs of them comes
 * in through the ports.
 */
import type { Checkpoint, ResumePoint } from '../core/checkpoints/checkpoint.ts';
import { checkpointUpdates } from '../core/checkpoints/schedule.ts';
import type { Dataset } from '../core/data/dataset.ts';
import type { Engine, EngineState, Network, TrainingSetup, UpdateReport } from '../core/engines/engine.ts';
import { initialState } from '../core/engines/state.ts';
import { NumpyRandom } from '../core/math/random/numpyRandom.ts';
import { streamSeeds } from '../core/math/random/seeds.ts';
import { TorchRandom } from '../core/math/random/torchRandom.ts';
import type { Tensor } from '../core/math/tensor.ts';
import { drawInitialParameters } from '../core/models/initialWeights.ts';
import type { NetworkShape } from '../core/models/parameters.ts';
import { rules } from '../core/rules/index.ts';
import { tasks } from '../core/tasks/index.ts';
import type { Task } from '../core/tasks/task.ts';
import type { RunSpec } from './plan.ts';

export type TrainingPorts = {
  /** the engine to use for this setup, and why it was taken */
  chooseEngine(setup: TrainingSetup): Promise<{ engine: Engine; reason: string }>;
  /** where an earlier process stopped, or null */
  resumePoint(): ResumePoint | null;
  started(engine: Engine, reason: string, fromUpdate: number): void;
  updated(report: UpdateReport): void;
  /** Stores both before it returns: training goes on only from what can be resumed. */
  save(checkpoint: Checkpoint, resume: ResumePoint): void;
  /** Stores a point to resume from without a checkpoint. */
  keep(resume: ResumePoint): void;
  /** true when the last stored point has become old */
  shouldKeep(): boolean;
  request(): 'go on' | 'pause' | 'cancel';
};

export type Outcome = { outcome: 'done' | 'paused' | 'cancelled'; update: number };

export function poseTask(spec: Pick<RunSpec, 'task'>, dataset: Dataset): Task {
  return tasks.get(spec.task.id).pose(dataset, spec.task.settings);
}

export function networkShape(spec: RunSpec, task: Task): NetworkShape {
  return {
    units: spec.model.units,
    inputs: task.inputLabels.length,
    outputs: task.outputLabels.length,
    activation: spec.model.activation,
    alpha: task.dtMs / spec.model.tauMs,
  };
}

export function trainingSetup(spec: RunSpec, task: Task): TrainingSetup {
  return { shape: networkShape(spec, task), rule: rules.get(spec.rule), optimizer: spec.training.optimizer };
}

export async function trainRun(spec: RunSpec, dataset: Dataset, ports: TrainingPorts): Promise<Outcome> {
  const task = poseTask(spec, dataset);
  const setup = trainingSetup(spec, task);
  const { engine, reason } = await ports.chooseEngine(setup);
  const earlier = ports.resumePoint();
  const network = engine.open(setup, earlier?.state ?? firstState(spec, setup.shape, engine));
  try {
    return runUpdates(spec, task, engine, network, earlier, ports, reason);
  } finally {
    network.close();
  }
}

function firstState(spec: RunSpec, shape: NetworkShape, engine: Engine): EngineState {
  const parameters = drawInitialParameters(shape, spec.model, spec.seed);
  return initialState(parameters, spec.training.activityPenalty, engine.precision);
}

function runUpdates(
  spec: RunSpec,
  task: Task,
  engine: Engine,
  network: Network,
  earlier: ResumePoint | null,
  ports: TrainingPorts,
  reason: string,
): Outcome {
  const { updates, trials, checkpoints } = spec.training;
  const seeds = streamSeeds(spec.seed);
  const trialStream = earlier ? NumpyRandom.from(earlier.random.trials) : NumpyRandom.seeded(seeds.trials);
  const noiseStream = earlier ? TorchRandom.from(earlier.random.noise) : TorchRandom.seeded(seeds.noise);
  const due = new Set(checkpointUpdates(checkpoints, updates));

  const resumePoint = (): ResumePoint => ({
    state: network.state(),
    engine: engine.id,
    random: { trials: trialStream.state(), noise: noiseStream.state() },
  });
  const save = (): void => {
    const resume = resumePoint();
    ports.save(resume.state, resume);
  };

  let made = earlier?.state.update ?? 0;
  ports.started(engine, reason, made);
  if (!earlier) save();
  while (made < updates) {
    const wish = ports.request();
    if (wish !== 'go on') {
      ports.keep(resumePoint());
      return { outcome: wish === 'pause' ? 'paused' : 'cancelled', update: made };
    }
    const batch = task.draw(trialStream, trials);
    const noise = drawNoise(noiseStream, spec.model.activityNoise, [trials, task.steps, spec.model.units]);
    ports.updated(network.update(batch, noise));
    made += 1;
    if (due.has(made)) save();
    else if (ports.shouldKeep()) ports.keep(resumePoint());
  }
  return { outcome: 'done', update: made };
}

/** Gaussian noise on the rates from PyTorch's stream, or null where there is none (the stream then has no other use). */
function drawNoise(random: TorchRandom, deviation: number, shape: number[]): Tensor | null {
  if (deviation === 0) return null;
  const data = random.randn(shape.reduce((n, extent) => n * extent, 1));
  for (let i = 0; i < data.length; i++) data[i] *= deviation;
  return { shape, data };
}
