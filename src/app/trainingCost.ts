/** How long training takes, roughly, where it takes long. */
import type { TrainingSetup } from '../core/engines/engine.ts';
import type { Task } from '../core/tasks/task.ts';
import type { RunSpec } from './plan.ts';

/** Multiplications with addition that the reference engine does in a second on a processor of today; measured. */
const multiplicationsPerSecond = 0.8e9;
/** forward, and twice that on the way back */
const passes = 3;

/**
 * Seconds that the reference engine takes for one run: each unit's inputs, recurrent weights and outputs, in every step of
 * every trial. A lower bound: rules that keep more than backpropagation does take longer.
 */
export function referenceSeconds(
  { updates, trials }: Pick<RunSpec['training'], 'updates' | 'trials'>,
  { shape: { units, inputs, outputs } }: Pick<TrainingSetup, 'shape'>,
  { steps }: Pick<Task, 'steps'>,
): number {
  return (updates * trials * steps * units * (units + inputs + outputs) * passes) / multiplicationsPerSecond;
}
