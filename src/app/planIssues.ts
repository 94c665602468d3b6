/** What is wrong with a plan, field by field, in words. */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** "model.density: expected a number above 0, found 0; rules: …" */
export function planIssues({ issues }: z.ZodError, plan: unknown): string {
  return issues
    .map((issue) => `${issue.path.join('.') || 'plan'}: ${words(issue, foundAt(plan, issue.path))}`)
    .join('; ');
}

function words(issue: Issue, found: unknown): string {
  const expected = expectation(issue);
  return expected === null ? issue.message : `expected ${expected}, found ${shown(found)}`;
}

/** null where the issue's own message says it all */
function expectation(issue: Issue): string | null {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'number') return `a number ${issue.inclusive ? 'of at least' : 'above'} ${issue.minimum}`;
      return `at least ${issue.minimum} of them`;
    case 'too_big':
      return `a number ${issue.inclusive ? 'of at most' : 'below'} ${issue.maximum}`;
    case 'invalid_type':
      return `a ${issue.expected === 'int' ? 'whole number' : issue.expected}`;
    case 'invalid_value':
      return issue.values.length === 1 ? shown(issue.values[0]) : `one of ${issue.values.map(shown).join(', ')}`;
    default:
      return null;
  }
}

function foundAt(plan: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], plan);
}

function shown(value: unknown): string {
  if (typeof value === 'number') return Number.isNaN(value) ? 'no number' : String(value);
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
}
