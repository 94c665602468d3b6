/** What theory says of each rule, and figures that show it: the same that `lrlab rules --check` shows to the user. */
import { describe, expect, it } from 'vitest';
import { unbiased } from '../../src/app/ruleLaws/kinds.ts';
import { outcomeOf, type Law } from '../../src/app/ruleLaws/law.ts';
import { laws } from '../../src/app/ruleLaws/laws.ts';
import { rules } from '../../src/core/rules/index.ts';
import type { LearningRule } from '../../src/core/rules/rule.ts';
import { uoro } from '../../src/core/rules/uoro.ts';

describe.each(rules.all)('$label', ({ id }) => {
  const own = laws.filter(({ rule }) => rule === id);

  it('has laws of its own', () => expect(own.length).toBeGreaterThan(2));

  it.each(own.map((law): [string, Law] => [law.says, law]))('%s', (_, law) => {
    expect(outcomeOf(law)).toMatchObject({ holds: true });
  });
});

describe('the check of rules that draw', () => {
  it('notices a gradient that is too long by three tenths on average', () => {
    const longer: LearningRule = {
      ...uoro,
      gradient: (pass) => {
        const gradient = uoro.gradient!(pass);
        for (const name of ['a0', 'Win', 'Wrec', 'b'] as const)
          gradient[name].forEach((g, i, all) => (all[i] = 1.3 * g));
        return gradient;
      },
    };
    expect(outcomeOf(unbiased(longer)[0]).holds).toBe(false);
  });
});

it('a law that gives no number does not hold', () => {
  const law: Law = { rule: 'bptt', says: '', figure: '', most: 1, measure: () => NaN };
  expect(outcomeOf(law)).toMatchObject({ holds: false, value: null });
});
