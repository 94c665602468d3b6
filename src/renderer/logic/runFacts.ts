/** A run's settings in words, and as a plan that repeats it. */
import type { RunDetail, RunSummary } from '../../app/contract.ts';
import type { Plan, RunSpec } from '../../app/plan.ts';
import { counted, whole } from './format.ts';
import { shownValue, valueAt } from './fields.ts';
import type { FieldValue } from './fields.ts';
import { conventionsField, mainFields, ruleFields, sectionsOf } from './planFields.ts';
import type { Choices } from './planFields.ts';

export type Fact = readonly [label: string, value: string];

/** All of them, under the names that they have in the form of a new run. */
export function settingsOf({ spec }: Pick<RunSummary, 'spec'>, choices: Choices): Fact[] {
  const task = choices.tasks.find(({ id }) => id === spec.task.id);
  const rule = choices.rules.find(({ id }) => id === spec.rule);
  const fields = [
    conventionsField,
    ...(rule ? ruleFields(rule) : []),
    ...mainFields,
    ...sectionsOf(choices, task, true).flatMap((section) => section.fields),
  ];
  const written = (at: string): FieldValue | undefined => fields.find((f) => f.at === at)?.write(valueAt(spec, at));
  return [
    ['Task', task?.label ?? spec.task.id],
    ...(task?.assumes ? [['Assumed', task.assumes] as const] : []),
    ...Object.entries(spec.task.settings)
      .filter(([name]) => !fields.some(({ at }) => `${at}.`.startsWith(`task.settings.${name}.`)))
      .map(([name, value]): Fact => [name, JSON.stringify(value)]),
    ...fields
      .filter(({ shown }) => shown?.(written) ?? true)
      .map((field): Fact => [field.label, shownValue(field, valueAt(spec, field.at))]),
  ];
}

/** The plan that trains this run again, as the command line takes it. recorded: false for a run on the task alone */
export function planOf({ dataset, rule, seed, ...rest }: RunSpec, recorded: boolean): Plan {
  return { data: recorded ? { dataset } : { recording: 'none' }, ...rest, rules: [rule], seeds: [seed], figures: [] };
}

/** What is left of a run that failed on the way. */
export function keptOf({ checkpointRows }: Pick<RunDetail, 'checkpointRows'>): string {
  const last = checkpointRows.at(-1);
  if (!last) return 'It failed before its first checkpoint: nothing is left to analyse.';
  const rows = counted(checkpointRows.length, 'checkpoint');
  return `Kept up to update ${whole(last.update)}: ${rows}, which can be analysed and compared.`;
}

/** Results that any checkpoint has, in the order they appear. */
export function resultIds({ checkpointRows }: Pick<RunDetail, 'checkpointRows'>): string[] {
  return [...new Set(checkpointRows.flatMap((row) => Object.keys(row.results)))].sort((a, b) => rank(a) - rank(b));
}

const known = [
  'procrustes',
  'testError',
  'normalizedError',
  'testCrossEntropy',
  'crossEntropy',
  'testFractionCorrect',
  'fractionCorrect',
  'participationRatio',
  'storedError',
];
const short: Record<string, string> = {
  procrustes: 'Distance',
  testError: 'Test error',
  normalizedError: 'Error',
  testCrossEntropy: 'Test cross-entropy',
  crossEntropy: 'Cross-entropy',
  testFractionCorrect: 'Test correct',
  fractionCorrect: 'Correct',
  participationRatio: 'Dimensions',
  storedError: 'Stored error',
};

function rank(id: string): number {
  const at = known.indexOf(id);
  return at < 0 ? known.length : at;
}

export function resultLabel(id: string): string {
  return short[id] ?? id;
}
