import { describe, expect, it } from 'vitest';
import { rules } from '../../../../src/core/rules/index.ts';

describe('rules', () => {
  it('are found by id', () => {
    expect(rules.get('bptt').credit.recurrent).toBe('transpose');
    expect(rules.get('e-prop').credit.recurrent).toBe('none');
  });

  it('have ids, labels, summaries and sources, no id twice', () => {
    expect(new Set(rules.all.map((r) => r.id)).size).toBe(rules.all.length);
    for (const rule of rules.all) expect([rule.label, rule.summary, rule.source].every((s) => s.length > 0)).toBe(true);
  });

  it('are offered for runs when all they need can be drawn', () => {
    expect(rules.offered.map(({ id }) => id)).toEqual(['bptt', 'e-prop', 'truncated-bptt', 'feedback-alignment']);
    for (const rule of rules.offered) expect(rules.forPlan(rule.id)).toBe(rule);
    expect(() => rules.forPlan('modprop')).toThrow(
      expect.objectContaining({ code: 'rule.wiring', message: expect.stringContaining('ModProp needs') }),
    );
    expect(() => rules.forPlan('hebb')).toThrow(expect.objectContaining({ code: 'rule.unknown' }));
  });

  it('name the known ones when asked for an unknown one', () => {
    expect(() => rules.get('hebb')).toThrow(
      expect.objectContaining({ code: 'rule.unknown', message: expect.stringContaining('"bptt", "e-prop"') }),
    );
  });
});
