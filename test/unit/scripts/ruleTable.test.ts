import { describe, expect, it } from 'vitest';
import { page, type Settings } from '../../../scripts/ruleTable/page.ts';
import { forms, type Measured } from '../../../scripts/ruleTable/measure.ts';
import { rules } from '../../../src/core/rules/index.ts';

const settings: Settings = {
  tasks: [{ label: 'reach', data: 'a recording', trials: 20 }],
  seeds: [1, 2],
  updates: 500,
  units: 100,
  engine: 'the engine',
};

function measured(cosines: (number | null)[], change: Partial<Measured> = {}): Measured {
  const points = cosines.map((task, i) => ({
    update: i < 2 ? 0 : 500,
    seed: 1 + (i % 2),
    task,
    whole: 0.25,
    normRatio: 1,
  }));
  return { form: forms[0], own: true, points, ...change };
}

const rowOf = (text: string, label: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith(`| ${label} `) && line.includes('±'))
    .map((line) => line.replace(/ +/g, ' '));

describe('the page of rules', () => {
  const text = page(
    [
      { rule: rules.get('bptt'), byTask: [measured([1, 1, 1, 1])] },
      { rule: rules.get('e-prop'), byTask: [measured([0.5, 0.7, -0.1, null], { own: false })] },
      { rule: rules.get('modprop'), byTask: [measured([0, 0, 0, 0], { form: forms[1] })] },
    ],
    settings,
  );

  it('has mean and standard deviation over seeds, of the task alone and of the whole loss', () => {
    expect(rowOf(text, 'BPTT')).toEqual([
      '| BPTT | 1.00 ± 0.00 | 1.00 ± 0.00 |',
      '| BPTT | 0.25 ± 0.00 | 0.25 ± 0.00 |',
    ]);
    expect(rowOf(text, 'e-prop')[0]).toBe('| e-prop ¹ | 0.60 ± 0.14 | −0.10, n = 1 |');
  });

  it('marks what was measured elsewhere, and explains no other mark', () => {
    expect(rowOf(text, 'ModProp')[0]).toMatch(/^\| ModProp ² /);
    expect(text).toMatch(/^¹ At the weights that BPTT came to/m);
    expect(text).toMatch(/^² Networks of rectified linear units/m);
    expect(text).not.toMatch(/³/);
  });
});
