/** What was measured of the rules as a page of the documentation. */
import { table } from '../../bench/table.ts';
import type { LearningRule } from '../../src/core/rules/rule.ts';
import type { Measured, Point } from './measure.ts';

export type Row = { readonly rule: LearningRule; readonly byTask: readonly (Measured | null)[] };

export type Settings = {
  readonly tasks: readonly { readonly label: string; readonly data: string; readonly trials: number }[];
  readonly seeds: readonly number[];
  readonly updates: number;
  readonly units: number;
  readonly engine: string;
};

export function page(rows: readonly Row[], { tasks, seeds, updates, units, engine }: Settings): string {
  const cosines = (of: 'whole' | 'task'): string =>
    table(
      ['rule', ...tasks.flatMap(({ label }) => [0, updates].map((u) => `${label}, update ${u}`))],
      rows.map(({ rule, byTask }) => [
        `${rule.label}${marks(byTask)}`,
        ...byTask.flatMap((m) => [0, updates].map((u) => (m ? meanAndSd(m.points, u, of) : '–'))),
      ]),
    );
  const notes = notesOf(rows);
  return `# Learning rules

What a synapse would have to know for each rule, and how far the rule's gradient points where that of BPTT does. Written by
\`node scripts/rule-table.ts\`; equations are in [science.md](science.md) and in the rules' own files (\`src/core/rules\`).

${table(
  ['rule', 'synapse', 'weight transport', 'known', 'kept beside weights and rates', 'source'],
  rows.map(({ rule: { label, needs, source } }) => [
    label,
    needs.locality,
    needs.weightTransport,
    needs.timing,
    needs.memory,
    source,
  ]),
)}
Local: what the two units of a synapse do, and signals sent to units or to all. Weight transport: forward weights that
errors have to find again on their way back. Online: known as the trial goes on.

## Cosine to the gradient of BPTT

Over the whole recurrent layer (a0, Win, Wrec, b), mean ± SD of seeds ${seeds.join(', ')}; on the trials of the update that
follows, at the initial weights (update 0) and after ${updates} updates by the rule itself. 1: the direction of steepest
descent, 0: nothing in common.

**Of the task's loss**, without the penalty on activity, which is the same for all rules:

${cosines('task')}
**Of the whole loss**, penalty included: what the optimizer is given. At first the penalty is most of the
gradient, and a rule that passes it on well looks better here than it is at the task (feedback alignment), another worse
(e-prop):

${cosines('whole')}
${notes.map(({ mark, text }) => `${mark} ${text}`).join('  \n')}

Rules that draw in every update are right on average only: the cosine is that of one draw, the one of that update.
Rounding grows along training: on another processor, or with another release, figures of update ${updates} come out as
different as those of another seed, the ones of update 0 the same.

## Settings

${units} units, rectified tanh, τ = 100 ms, all else as published (Adam, learning rate 3·10⁻⁴, no activity noise). ${tasks
    .map(({ label, data, trials }) => `${capital(label)}: ${data}, ${trials} trials per update`)
    .join(
      '. ',
    )}. Trained on ${engine}; rules that it does not know are measured on the reference engine. Rules that need
another network are marked.
`;
}

function meanAndSd(points: readonly Point[], update: number, of: 'whole' | 'task'): string {
  const values = points.flatMap((p) => (p.update === update && p[of] !== null ? [p[of]] : []));
  if (values.length === 0) return 'none';
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1));
  return values.length === 1 ? `${signed(mean)}, n = 1` : `${signed(mean)} ± ${spread.toFixed(2)}`;
}

const signed = (v: number): string => v.toFixed(2).replace('-', '−').replace('−0.00', '0.00');
const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);

type Note = { readonly mark: string; readonly text: string; readonly holds: (measured: Measured) => boolean };

const elsewhere: Note = {
  mark: '¹',
  text: 'At the weights that BPTT came to, since no native engine trains by this rule; where feedback is random, the weights have not come to align with it as they would in learning by the rule.',
  holds: ({ own }) => !own,
};

function marks(byTask: readonly (Measured | null)[]): string {
  const measured = byTask.filter((m) => m !== null);
  return formMarks
    .filter(({ holds }) => measured.some(holds))
    .map(({ mark }) => ` ${mark}`)
    .join('');
}

const formMarks: readonly Note[] = [
  elsewhere,
  {
    mark: '²',
    text: "Networks of rectified linear units under Dale's law, which the rule needs.",
    holds: ({ form }) => form.model.dale === true,
  },
  {
    mark: '³',
    text: 'Networks of 24 units and 4 trials per update, since it takes the number of units to the power of 4.',
    holds: ({ form }) => form.trials !== undefined,
  },
];

function notesOf(rows: readonly Row[]): Note[] {
  const measured = rows.flatMap(({ byTask }) => byTask.filter((m) => m !== null));
  return formMarks.filter(({ holds }) => measured.some(holds));
}
