import { describe, expect, it } from 'vitest';
import { groupColors } from '../../../../src/charts/palette.ts';
import { distinctColors } from '../../../../src/core/figures/colorPlaces.ts';
import { rules } from '../../../../src/core/rules/index.ts';
import { ruleGroups } from '../../../../src/renderer/logic/ruleGroups.ts';

type Runs = Parameters<typeof ruleGroups>[0];

const runsBy = (ids: readonly string[]): Runs =>
  ids.map((rule) => ({ spec: { rule }, ruleLabel: rules.get(rule).label })) as unknown as Runs;

describe('the rules of runs', () => {
  it('are named once, in the order of all rules', () => {
    expect(ruleGroups(runsBy(['e-prop', 'bptt', 'e-prop'])).map(({ label }) => label)).toEqual(['BPTT', 'e-prop']);
  });

  it('have colours that differ, and those of few rules do not change when others are there to choose', () => {
    for (const ids of [['bptt', 'rflo'], rules.all.slice(0, distinctColors + 2).map(({ id }) => id)]) {
      const colors = groupColors({ groups: ruleGroups(runsBy(ids)), palette: 'distinct' }, 'light');
      expect(new Set(colors.values()).size).toBe(ids.length);
    }
    const two = groupColors({ groups: ruleGroups(runsBy(['bptt', 'e-prop'])), palette: 'distinct' }, 'light');
    expect([...two.values()]).toEqual(['#0072b2', '#d55e00']);
  });
});
