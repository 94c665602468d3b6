import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../../src/core/figures/figure.ts';
import { emptyViewForm, readViewForm, sharedGroups } from '../../../../src/renderer/logic/viewForm.ts';

describe('the form beside a view', () => {
  it('asks for a page of units, cut at the last, and all conditions unless some are named', () => {
    expect(readViewForm(emptyViewForm, 200, 6)).toEqual({
      units: [0, 1, 2, 3, 4, 5],
      conditions: [],
      testTrials: [],
      components: 3,
    });
    const options = readViewForm({ firstUnit: 198, conditions: '0, 4', testTrials: '7', components: 1 }, 200, 6);
    expect(options).toEqual({ units: [198, 199], conditions: [0, 4], testTrials: [7], components: 1 });
  });

  it('says what is wrong with conditions and trials that are no numbers', () => {
    expect(readViewForm({ ...emptyViewForm, conditions: 'left' }, 20, 6)).toMatch(/whole number/);
    expect(readViewForm({ ...emptyViewForm, testTrials: '-1' }, 20, 6)).toMatch(/0 or more/);
  });
});

describe('one legend for several figures', () => {
  const figure = (...ids: string[]) =>
    ({ groups: ids.map((id) => ({ id, label: id, color: 0 })) }) as unknown as Figure;

  it('is there where two or more have the groups of the first', () => {
    const [a, b, other] = [figure('0°', '90°'), figure('0°', '90°'), figure('network')];
    expect(sharedGroups([a, b, other])).toBe(a);
    expect(sharedGroups([a, other])).toBeNull();
    expect(sharedGroups([])).toBeNull();
  });
});
