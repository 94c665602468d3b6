import type { RunSummary } from '../../app/contract.ts';
import { colorPlaces } from '../../core/figures/colorPlaces.ts';
import type { Figure } from '../../core/figures/figure.ts';
import { rules } from '../../core/rules/index.ts';

/** The rules that these runs were trained by, as groups of a figure: rules side by side have colours of their own. */
export function ruleGroups(runs: readonly Pick<RunSummary, 'spec' | 'ruleLabel'>[]): Figure['groups'] {
  const labels = new Map(runs.map(({ spec, ruleLabel }) => [spec.rule, ruleLabel]));
  const present = rules.all.filter(({ id }) => labels.has(id)).map(({ id }) => id);
  const places = colorPlaces(present);
  return present.map((id, i) => ({ id, label: labels.get(id)!, color: places[i] }));
}
