/**
 * Trains runs of equal setup side by side: Task + Engine + Rule → Checkpoints. Knows nothing of files or threads; what
 * it needs of them comes in through the ports. One run alone is a group of one.
 *
 * All runs make their updates in the same rounds. Each has its own random streams, stops for itself and may start from
 * another update than the others, so its numbers are those that it has alone.
 */
import type { Dataset } from '../core/data/dataset.ts';
import type { Engine, EngineState, Ensemble, TrainingSetup } from '../core/engines/engine.ts';
import { exactGradient } from '../core/engines/exactGradient.ts';
import type { RunSpec } from './plan.ts';
import { RunTraining } from './runTraining.ts';
import type { Outcome, OwnNetwork, RunPorts } from './runTraining.ts';
import { poseTask, trainingSetup } from './trainingSetup.ts';

/** The engine to use for this setup, and why it was taken. */
export type ChooseEngine = (setup: TrainingSetup) => Promise<{ engine: Engine; reason: string }>;

/** Specs are equal but for the seed. Ends when every run has stopped. */
export async function trainRuns(
  runs: readonly { spec: RunSpec; ports: RunPorts }[],
  dataset: Dataset,
  chooseEngine: ChooseEngine,
): Promise<Outcome[]> {
  const task = poseTask(runs[0].spec, dataset);
  const setup = trainingSetup(runs[0].spec, task);
  const { engine, reason } = await chooseEngine(setup);
  const trainings = runs.map(({ spec, ports }) => new RunTraining(spec, task, engine, ports));
  const begun = trainings.flatMap((training) => {
    const state = training.firstState(setup.shape);
    return state ? [{ training, state }] : [];
  });
  if (begun.length > 0) trainTogether(engine, setup, begun, reason);
  return trainings.map((training) => training.outcome!);
}

function trainTogether(
  engine: Engine,
  setup: TrainingSetup,
  begun: readonly { training: RunTraining; state: EngineState }[],
  reason: string,
): void {
  const ensemble = engine.openMany(
    setup,
    begun.map(({ state }) => state),
  );
  try {
    begun.forEach(({ training }, place) => training.start(networkAt(place, ensemble, engine, setup), reason));
    for (;;) {
      const work = begun.map(({ training }) => training.nextWork());
      if (work.every((w) => w === null)) return;
      ensemble.update(work).forEach((report, place) => {
        if (report) begun[place].training.updated(report);
      });
    }
  } finally {
    ensemble.close();
  }
}

function networkAt(place: number, ensemble: Ensemble, engine: Engine, setup: TrainingSetup): OwnNetwork {
  return {
    state: () => ensemble.state(place),
    gradient: (work) => ensemble.gradient(place, work).gradient,
    exactGradient: (work) => exactGradient(engine, setup, ensemble.state(place), work),
  };
}

/** One run alone; throws what made it fail. */
export async function trainRun(
  spec: RunSpec,
  dataset: Dataset,
  chooseEngine: ChooseEngine,
  ports: RunPorts,
): Promise<Outcome> {
  const [outcome] = await trainRuns([{ spec, ports }], dataset, chooseEngine);
  if (outcome.state === 'failed') throw outcome.error;
  return outcome;
}
