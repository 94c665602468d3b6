/** Runs that differ in their seed alone, as one entry. */
import { groupsOf } from '../../app/runGroups.ts';
import type { RunSummary } from '../../app/contract.ts';

export type Group = {
  readonly id: string;
  readonly label: string;
  readonly rule: string;
  readonly runs: readonly RunSummary[];
};

/** In the order of the rules, then by label, each group by seed. */
export function groupedRuns(runs: readonly RunSummary[], rules: readonly { id: string }[]): Group[] {
  const named = groupsOf(runs);
  const byId = Map.groupBy(
    runs.map((run, i) => ({ run, group: named[i] })),
    ({ group }) => group.id,
  );
  const rank = (rule: string): number => rules.findIndex((r) => r.id === rule);
  return [...byId.values()]
    .map((members) => ({
      ...members[0].group,
      rule: members[0].run.spec.rule,
      runs: members.map((m) => m.run).sort((a, b) => a.spec.seed - b.spec.seed || a.createdAt - b.createdAt),
    }))
    .sort((a, b) => rank(a.rule) - rank(b.rule) || a.label.localeCompare(b.label, 'en', { numeric: true }));
}
