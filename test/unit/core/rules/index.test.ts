import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../../../src/core/rules/index.ts';
import { projectFolder } from '../../../support/folders.ts';

const folder = path.join(projectFolder, 'src/core/rules');
const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
const spaced = (text: string): string => text.replaceAll(/[\s*]+/g, ' ');

describe('rules', () => {
  it('are found by id', () => {
    expect(rules.get('bptt').credit?.recurrent).toBe('transpose');
    expect(rules.get('e-prop').credit?.recurrent).toBe('none');
  });

  it('have ids, labels, summaries and sources, no id twice', () => {
    expect(new Set(rules.all.map((r) => r.id)).size).toBe(rules.all.length);
    for (const rule of rules.all) expect([rule.label, rule.summary, rule.source].every((s) => s.length > 0)).toBe(true);
  });

  it.each(rules.all)('$label is either data or brings its own gradient, whatever its settings', ({ id }) => {
    for (const rule of [rules.get(id), rules.configured(id)]) {
      expect(rule.credit === null).toBe(rule.gradient !== undefined);
    }
  });

  it.each(rules.all)('$label shows the equation of its own comment', ({ id, equation }) => {
    const [comment] = files.find((file) => file.includes(`\n  id: '${id}',`))!.match(/\n\/\*\*\n( \*.*\n)+export/)!;
    expect(equation.length).toBeGreaterThan(1);
    for (const [line, meaning] of equation) {
      expect(spaced(comment)).toContain(line);
      expect(meaning).not.toBe('');
    }
  });

  it('refuse RTRL for more units than it can follow, with what it would cost', () => {
    const rtrl = rules.get('rtrl');
    const model = { units: 200, activation: 'retanh', dale: false } as const;
    expect(rtrl.obstacle!(model)).toContain('2e+9 products for every step of every trial with 200 units');
    expect(rtrl.obstacle!({ ...model, units: 64 })).toBeNull();
  });

  it('take settings, the others at their defaults', () => {
    expect(rules.configured('truncated-bptt').credit?.window).toBe(10);
    expect(rules.configured('truncated-bptt', { window: 3 }).credit?.window).toBe(3);
    expect(rules.configured('bptt')).toEqual(rules.get('bptt'));
  });

  it.each([
    ['truncated-bptt', { window: 0 }, 'window to be a whole number from 1 to 100000, found 0'],
    ['truncated-bptt', { window: 2.5 }, 'found 2.5'],
    ['truncated-bptt', { windows: 5 }, 'expected one of window, found "windows"'],
    ['bptt', { window: 5 }, 'it has no settings'],
  ])('refuse for %s the settings %j', (id, settings, words) => {
    expect(() => rules.configured(id, settings as Record<string, number>)).toThrow(
      expect.objectContaining({ code: 'rule.settings', message: expect.stringContaining(words) }),
    );
  });

  it('name the known ones when asked for an unknown one', () => {
    expect(() => rules.get('hebb')).toThrow(
      expect.objectContaining({ code: 'rule.unknown', message: expect.stringContaining('"bptt", "e-prop"') }),
    );
  });
});
