import { describe, expect, it } from 'vitest';
import { contextConditions, manteLevels } from '../../../../src/core/data/contextConditions.ts';
import { linesOf, shownConditions, usualChoice, variablesOf } from '../../../../src/core/figures/conditionColours.ts';

const decision = contextConditions(manteLevels);
const directions = [0, 90, 180].map((directionDeg) => ({ label: `${directionDeg}°`, values: { directionDeg } }));

describe('colours of conditions', () => {
  it('go by condition where they are few, by a variable where they are many', () => {
    expect(usualChoice(directions)).toEqual({ by: null, average: false });
    expect(usualChoice(decision)).toEqual({ by: 'motion', average: true });
    const nameless = decision.map(({ label }) => ({ label, values: {} }));
    expect(usualChoice(nameless)).toEqual({ by: null, average: false });
  });

  it('know the variables that tell conditions apart', () => {
    expect(variablesOf(decision)).toEqual([
      { name: 'motion', levels: 6 },
      { name: 'colour', levels: 6 },
      { name: 'context', levels: 2 },
      { name: 'choice', levels: 2 },
    ]);
  });

  it('share a colour among conditions of one value, in order of values', () => {
    const shown = shownConditions(decision, { by: 'motion', average: false });
    expect(shown.groups.map(({ label }) => label)).toEqual(['motion −0.5', 'motion −0.17', 'motion −0.06', 'motion 0.06', 'motion 0.17', 'motion 0.5']); // prettier-ignore
    const lines = linesOf(shown, [0, 1], decision.map((_, c) => [c, -c])); // prettier-ignore
    expect(lines).toHaveLength(72);
    expect(lines[5]).toMatchObject({ label: decision[5].label, y: [5, -5] });
  });

  it('average the conditions of one value where that is asked for', () => {
    const conditions = [1, 2, 1].map((a, c) => ({ label: `c${c}`, values: { a } }));
    const shown = shownConditions(conditions, { by: 'a', average: true });
    const lines = linesOf(shown, [0], [[10], [5], [20]]);
    expect(lines.map(({ group, y }) => [group, ...y])).toEqual([
      ['a 1', 15],
      ['a 2', 5],
    ]);
    expect(shown.notes.join()).toContain('mean of the conditions');
  });

  it('leave out conditions without the value, and say so', () => {
    const conditions = [{ label: 'x', values: { a: 1 } }, { label: 'y', values: {} }]; // prettier-ignore
    const shown = shownConditions(conditions, { by: 'a', average: false });
    expect(linesOf(shown, [0], [[1], [2]])).toHaveLength(1);
    expect(shown.notes).toEqual(['Not drawn: 1 conditions without a value of a.']);
  });

  it('refuse a variable that is not there', () => {
    expect(() => shownConditions(directions, { by: 'speed', average: false })).toThrow(/Choose directionDeg/);
  });
});
