import { describe, expect, it } from 'vitest';
import { colorPlaces, distinctColors, placeOfRule } from '../../../../src/core/figures/colorPlaces.ts';
import { rules } from '../../../../src/core/rules/index.ts';

describe('places of groups in the palette', () => {
  it('are those of their rules, whatever is shown beside them', () => {
    expect(colorPlaces(['bptt', 'e-prop'])).toEqual([0, 1]);
    expect(colorPlaces(['e-prop'])).toEqual([1]);
    expect(colorPlaces(['e-prop', 'bptt'])).toEqual([1, 0]);
  });

  it('of further groups of a rule, and of rules that give way, are those left free', () => {
    expect(colorPlaces(['bptt', 'bptt', 'e-prop', 'e-prop'])).toEqual([0, 2, 1, 3]);
    const sharing = rules.all.filter(({ id }) => placeOfRule(id) === 1).map(({ id }) => id);
    expect(sharing.length).toBeGreaterThan(1);
    expect(colorPlaces(sharing.toReversed()).at(-1)).toBe(1);
    expect(new Set(colorPlaces(sharing)).size).toBe(sharing.length);
  });

  it.each([1, 5, distinctColors, distinctColors + 1, 20])('differ for each of %i groups of one rule', (count) => {
    const places = colorPlaces(Array<string>(count).fill('e-prop'));
    expect(new Set(places).size).toBe(count);
    expect(Math.max(...places)).toBeLessThan(Math.max(count, distinctColors));
  });
});
