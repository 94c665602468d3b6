import { contextConditions, manteLevels } from '../../src/core/data/contextConditions.ts';
import type { Dataset } from '../../src/core/data/dataset.ts';
import { randomTensor } from './network.ts';

/** A small simulated recording of the context-dependent decision: 72 conditions, 4 neurons, 100 … 835 ms by 15 ms. */
export function decisionDataset(changes: Partial<Dataset> = {}): Dataset {
  const steps = 50;
  const conditions = contextConditions(manteLevels);
  return {
    name: 'decisions',
    simulated: true,
    activity: randomTensor([4, steps, conditions.length], 1),
    timeMs: Float64Array.from({ length: steps }, (_, t) => 100 + 15 * t),
    alignment: 'stimulus onset',
    conditions,
    kinematics: {},
    facts: {},
    source: { path: '', sha256: '', bytes: 0, format: '', layout: '' },
    ...changes,
  };
}
