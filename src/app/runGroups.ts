/**
 * Runs that are the same in everything but the seed belong together: they share a colour and are averaged. Those that
 * were imported stay apart from those trained here, and say so.
 */
import { canonicalJson } from '../core/analysis/analysisKey.ts';
import { colorPlaces } from '../core/figures/colorPlaces.ts';
import { rules } from '../core/rules/index.ts';
import type { RunSpec } from './plan.ts';

/** color: place in the palette */
export type RunGroup = { id: string; label: string; color: number };

/** For each run its group. The label is the rule's, and the settings in which the groups of one rule differ. */
export function groupsOf(runs: readonly { spec: RunSpec; origin: object | null }[]): RunGroup[] {
  const settings = runs.map(({ spec }) => settingsOf(spec));
  const differing = Object.keys(Object.assign({}, ...settings) as object).filter(
    (name) => name !== 'rule' && new Set(settings.map((s) => s[name])).size > 1,
  );
  const ids = runs.map(({ spec, origin }) => canonicalJson({ ...withoutSeed(spec), imported: origin !== null }));
  const ruleOf = new Map(runs.map(({ spec }, i) => [ids[i], spec.rule]));
  const places = colorPlaces([...ruleOf.values()]);
  const colors = new Map([...ruleOf.keys()].map((id, i) => [id, places[i]]));
  return runs.map(({ spec, origin }, i) => ({
    id: ids[i],
    color: colors.get(ids[i])!,
    label: [
      rules.get(spec.rule).label,
      ...(origin ? ['imported'] : []),
      ...differing.map((name) => `${lastPart(name)} ${settings[i][name] ?? 'default'}`),
    ].join(', '),
  }));
}

/** Threads, engine and what is measured on the way do not make another experiment. */
function withoutSeed({ seed: _, engine: __, training, ...rest }: RunSpec): object {
  const { alignment: ___, ...trained } = training;
  return { ...rest, training: trained };
}

/** Every setting but the seed, by its place in the plan. */
export function settingsOf(spec: RunSpec): Record<string, string> {
  return flat(withoutSeed(spec));
}

function flat(value: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, v]): [string, string][] =>
      v !== null && typeof v === 'object' && !Array.isArray(v)
        ? Object.entries(flat(v as object, `${prefix}${key}.`))
        : [[prefix + key, typeof v === 'string' ? v : JSON.stringify(v)]],
    ),
  );
}

/** training.optimizer.learningRate → learning rate */
function lastPart(name: string): string {
  return name
    .split('.')
    .at(-1)!
    .replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
}
