/** A workspace whose queue trains up to so many runs in one worker, whatever the engine gains from that. */
import type { EngineId } from '../../src/core/engines/engine.ts';
import type { Plan, RunId } from '../../src/app/plan.ts';
import type { TrainingJob } from '../../src/app/ports.ts';
import { openLab, smallPlan } from './workspace.ts';
import type { TestLab } from './workspace.ts';

export type GroupLab = TestLab & {
  /** runs of each training worker that was started */
  groups: RunId[][];
};

export function openGroupLab(size: number, folder?: string): GroupLab {
  const lab = openLab(folder, 'own');
  const groups: RunId[][] = [];
  const { engines, workers } = lab.ports;
  engines.groupSize = () => Promise.resolve(size);
  const train = workers.train.bind(workers);
  workers.train = (job: TrainingJob, listen) => {
    groups.push(job.runs.map(({ run }) => run));
    return train(job, listen);
  };
  return { ...lab, groups };
}

/** Three seeds, four checkpoints after the first. */
export function groupPlan(engine: EngineId, { updates = 20, ...change }: Parameters<typeof smallPlan>[0] = {}): Plan {
  const plan = smallPlan({ rules: ['e-prop'], seeds: [1, 2, 3], engine: { engine }, updates, ...change });
  return { ...plan, training: { ...plan.training, checkpoints: { every: updates / 4 } } };
}
