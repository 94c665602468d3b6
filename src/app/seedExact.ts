/**
 * Repeats a published run from its seed alone and compares the parameters with those its authors stored.
 *
 * The same trials, initial weights and updates in another order of summation: rounding is all that may differ, and it
 * grows with the updates, faster where errors travel between units (BPTT).
 */
import type { Dataset } from '../core/data/dataset.ts';
import { largestDifferences } from '../core/checkpoints/differences.ts';
import type { Parameters, ParameterName } from '../core/models/parameters.ts';
import type { EngineUsed } from './contract.ts';
import type { RunSpec } from './plan.ts';
import { trainRun } from './trainRuns.ts';
import type { ChooseEngine } from './trainRuns.ts';

export type StoredParameters = { update: number; parameters: Parameters };

export type UpdateComparison = {
  update: number;
  /** largest absolute difference over all parameters */
  difference: number;
  byParameter: Record<ParameterName, number>;
  /** null = too far for any promise: reported, not judged */
  tolerance: number | null;
  within: boolean | null;
};

export type SeedExactReport = {
  rule: string;
  seed: number;
  engine: EngineUsed;
  updates: UpdateComparison[];
  /** every judged update is within its tolerance, and at least one was judged */
  exact: boolean;
};

type Tolerances = readonly (readonly [upTo: number, tolerance: number])[];

/**
 * Largest differences allowed up to an update, float32, by task and rule: about twice those of the published code itself on
 * another machine or in double precision; see docs/reproduction.md.
 */
const tolerances: Record<string, Record<string, Tolerances>> = {
  reach: {
    bptt: [
      [5, 1e-6],
      [25, 2e-5],
      [50, 2e-4],
      [100, 4e-3],
    ],
    'e-prop': [
      [5, 1e-6],
      [25, 1e-5],
      [50, 2e-4],
      [100, 2e-3],
    ],
  },
  'context-decision': {
    bptt: [
      [25, 1e-6],
      [50, 2e-6],
      [100, 5e-4],
    ],
    'e-prop': [
      [25, 1e-6],
      [50, 2e-5],
      [100, 6e-4],
    ],
  },
};

export function seedExactTolerance({ task, rule }: Pick<RunSpec, 'task' | 'rule'>, update: number): number | null {
  return tolerances[task.id]?.[rule]?.find(([upTo]) => update <= upTo)?.[1] ?? null;
}

export async function reproduceSeedExact(
  spec: RunSpec,
  stored: readonly StoredParameters[],
  dataset: Dataset,
  chooseEngine: ChooseEngine,
  compared: (comparison: UpdateComparison) => void,
): Promise<SeedExactReport> {
  const wanted = new Map(stored.map((s) => [s.update, s.parameters]));
  const last = Math.max(...wanted.keys());
  const training = { ...spec.training, updates: Math.max(1, last), checkpoints: { every: 1 } };
  const updates: UpdateComparison[] = [];
  let used: SeedExactReport['engine'] | null = null;
  await trainRun({ ...spec, training }, dataset, chooseEngine, {
    resumePoint: () => null,
    started: (engine, reason) => (used = { id: engine.id, description: engine.description, reason }),
    updated: () => {},
    aligned: () => {},
    save({ update, parameters }) {
      const theirs = wanted.get(update);
      if (!theirs) return;
      const comparison = compare(spec, update, parameters, theirs);
      updates.push(comparison);
      compared(comparison);
    },
    keep: () => {},
    shouldKeep: () => false,
    request: () => 'go on',
    stopped: () => {},
  });
  const judged = updates.filter((u) => u.within !== null);
  return {
    rule: spec.rule,
    seed: spec.seed,
    engine: used!,
    updates,
    exact: judged.length > 0 && judged.every((u) => u.within),
  };
}

function compare(spec: RunSpec, update: number, ours: Parameters, theirs: Parameters): UpdateComparison {
  const byParameter = largestDifferences(ours, theirs);
  const difference = Math.max(...Object.values(byParameter));
  const tolerance = seedExactTolerance(spec, update);
  return { update, difference, byParameter, tolerance, within: tolerance === null ? null : difference <= tolerance };
}
