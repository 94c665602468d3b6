/** Networks, first weights and batches of the sizes that the published runs have. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { publishedPreset } from '../src/app/presets.ts';
import { importDataset } from '../src/core/data/importDataset.ts';
import type { EngineState, TrainingSetup } from '../src/core/engines/engine.ts';
import type { LossId } from '../src/core/tasks/task.ts';
import { initialState } from '../src/core/engines/state.ts';
import { NumpyRandom } from '../src/core/math/random/numpyRandom.ts';
import type { ActivationId } from '../src/core/models/activations.ts';
import { drawInitialParameters } from '../src/core/models/initialWeights.ts';
import type { NetworkShape } from '../src/core/models/parameters.ts';
import { plainWiring } from '../src/core/models/wiring.ts';
import { rules } from '../src/core/rules/index.ts';
import { reach } from '../src/core/tasks/reach.ts';
import type { Batch, Task } from '../src/core/tasks/task.ts';
import { contextTrials } from './contextTrials.ts';

export type Problem = {
  readonly name: string;
  readonly units: number;
  readonly loss: LossId;
  readonly batch: Batch;
};

const project = path.resolve(import.meta.dirname, '..');
const sample = path.join(project, 'resources/sample/simulated-reach.npz');

/** Posed on the simulated recording that ships with the project. */
export function reachTask(): Task {
  const bytes = readFileSync(sample);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const imported = importDataset(bytes, { path: sample, sha256, bytes: bytes.length });
  if (imported.kind !== 'dataset') throw new Error(`${sample} is not read without a question`);
  return reach.pose(imported.dataset, {});
}

/** 100 trials × 300 steps, 3 inputs, 2 outputs; less on demand. */
export function reachProblem({ units = 200, trials = 100, steps = 300 } = {}): Problem {
  const whole = reachTask().draw(NumpyRandom.seeded(1), trials);
  return { name: `reach N=${units}`, units, loss: 'mean-squared-error', batch: firstSteps(whole, steps) };
}

/** 72 trials × 113 steps, 9 inputs, 3 outputs. */
export function contextProblem(units: number): Problem {
  return { name: `Mante N=${units}`, units, loss: 'cross-entropy', batch: contextTrials() };
}

export const publishedProblems = (): Problem[] => [reachProblem(), contextProblem(200), contextProblem(400)];

export function setupOf(problem: Problem, rule: string, activation: ActivationId = 'retanh'): TrainingSetup {
  return {
    shape: shapeOf(problem, activation),
    rule: rules.get(rule),
    loss: problem.loss,
    blockPenalty: 0,
    optimizer: publishedPreset.plan.training.optimizer,
  };
}

export function firstState(problem: Problem, seed = 1): EngineState {
  const parameters = drawInitialParameters(shapeOf(problem), { initialGain: 1, readoutGain: 1.01 }, seed);
  return initialState(parameters, publishedPreset.plan.training.activityPenalty, 'float32', plainWiring);
}

function shapeOf({ units, batch, loss }: Problem, activation: ActivationId = 'retanh'): NetworkShape {
  const outputs = loss === 'cross-entropy' ? 3 : batch.target.shape[2];
  return { units, inputs: batch.input.shape[2], outputs, activation, alpha: 0.1, leak: 'preactivation', dale: false };
}

/** trials × the first steps of a batch. */
function firstSteps({ trials, steps, ...arrays }: Batch, wanted: number): Batch {
  const cut = (name: 'input' | 'target' | 'mask') => {
    const { shape, data } = arrays[name];
    const perStep = shape[2] ?? 1;
    const out = new Float32Array(trials * wanted * perStep);
    for (let b = 0; b < trials; b++) {
      const from = b * steps * perStep;
      out.set(data.subarray(from, from + wanted * perStep), b * wanted * perStep);
    }
    return { shape: [trials, wanted, ...shape.slice(2)], data: out };
  };
  return { trials, steps: wanted, input: cut('input'), target: cut('target'), mask: cut('mask') };
}
