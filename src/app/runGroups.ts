/**
 * Runs that are the same in everything but the seed belong together: they share a colour and are averaged. Those that
 * were imported stay apart from those trained here, and say so.
 */
import { canonicalJson } from '../core/analysis/analysisKey.ts';
import { colorPlaces } from '../core/figures/colorPlaces.ts';
import { rules } from '../core/rules/index.ts';
import { groupLabels, type FlatSettings } from './groupLabels.ts';
import type { RunSpec } from './plan.ts';

/** color: place in the palette */
export type RunGroup = { id: string; label: string; color: number };

/** For each run its group. The label is the rule's, and the settings in which the groups differ. */
export function groupsOf(runs: readonly { spec: RunSpec; origin: object | null }[]): RunGroup[] {
  const ids = runs.map(({ spec, origin }) => canonicalJson({ ...withoutSeed(spec), imported: origin !== null }));
  const groups = new Map(runs.map((run, i) => [ids[i], run]));
  const members = [...groups.values()];
  const places = colorPlaces(members.map(({ spec }) => spec.rule));
  const labels = groupLabels(
    members.map(({ spec, origin }) => `${rules.get(spec.rule).label}${origin ? ', imported' : ''}`),
    members.map(({ spec }) => settingsOf(spec)),
  );
  const found = new Map(
    [...groups.keys()].map((id, i): [string, RunGroup] => [id, { id, label: labels[i], color: places[i] }]),
  );
  return ids.map((id) => found.get(id)!);
}

/** Threads, engine and what is measured on the way do not make another experiment. */
function withoutSeed({ seed: _, engine: __, training, ...rest }: RunSpec): object {
  const { alignment: ___, ...trained } = training;
  return { ...rest, training: trained };
}

/** Every setting but the seed, by its place in the plan. */
export function settingsOf(spec: RunSpec): FlatSettings {
  return flat(withoutSeed(spec));
}

function flat(value: object, prefix = ''): FlatSettings {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, v]): [string, string][] =>
      v !== null && typeof v === 'object' && !Array.isArray(v)
        ? Object.entries(flat(v as object, `${prefix}${key}.`))
        : [[prefix + key, typeof v === 'string' ? v : JSON.stringify(v)]],
    ),
  );
}
