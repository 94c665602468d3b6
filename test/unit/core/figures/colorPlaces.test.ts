import { describe, expect, it } from 'vitest';
import { colorPlaces, distinctColors } from '../../../../src/core/figures/colorPlaces.ts';

describe('places of groups in the palette', () => {
  it('are those of their rules, whatever is shown beside them', () => {
    expect(colorPlaces(['bptt', 'e-prop'])).toEqual([0, 1]);
    expect(colorPlaces(['e-prop'])).toEqual([1]);
    expect(colorPlaces(['e-prop', 'bptt'])).toEqual([1, 0]);
  });

  it('of further groups of a rule lie behind those of all rules', () => {
    expect(colorPlaces(['bptt', 'bptt', 'e-prop', 'e-prop'])).toEqual([0, 5, 1, 6]);
  });

  it.each([1, 5, distinctColors, distinctColors + 1, 20])('differ for each of %i groups of one rule', (count) => {
    const places = colorPlaces(Array<string>(count).fill('e-prop'));
    expect(new Set(places).size).toBe(count);
    expect(Math.max(...places)).toBeLessThan(Math.max(count, distinctColors));
  });
});
