/** The options that change a plan, as data: what each is called, what it changes, how its text is read. */
import { activationIds } from '../core/models/activations.ts';
import { parameterNames } from '../core/models/parameters.ts';
import { LabError } from '../core/errors.ts';
import { tasks } from '../core/tasks/index.ts';

export type PlanOption = {
  readonly flags: string;
  readonly help: string;
  /** place in the plan, with dots */
  readonly at: string;
  /** may be given several times; `read` then gets what was there before, too */
  readonly repeats?: boolean;
  /** its value: text, or true and false for a switch (`--dale`, `--no-dale`) */
  read(given: string | boolean, before: unknown): unknown;
};

const option = (flags: string, help: string, at: string, read: (text: string) => unknown): PlanOption => ({
  flags,
  help,
  at,
  read: (given) => read(String(given)),
});
const numeric = (flags: string, help: string, at: string): PlanOption => option(flags, help, at, number);
const text = (flags: string, help: string, at: string): PlanOption => option(flags, help, at, (given) => given);

export const planOptions: readonly PlanOption[] = [
  option('--rules <list>', 'learning rules, for example bptt,e-prop', 'rules', list),
  {
    flags: '--rule-setting <rule.name=number>',
    help: 'a setting of a rule, for example truncated-bptt.window=5; may be repeated',
    at: 'ruleSettings',
    repeats: true,
    read: ruleSetting,
  },
  option('--seeds <list>', 'seeds, for example 1-5,8', 'seeds', seedList),
  text('--conventions <mode>', 'published, or corrected: put right what docs/conventions.md lists', 'conventions'),

  text('--task <id>', `the task: ${tasks.all.map((t) => t.id).join(', ')}`, 'task.id'),
  {
    flags: '--task-setting <name=json>',
    help: 'a setting of the task, for example steps=250 or \'outputs=["velocity"]\'; may be repeated',
    at: 'task.settings',
    repeats: true,
    read: taskSetting,
  },

  numeric('--units <n>', 'units of the network', 'model.units'),
  text('--activation <id>', `activation function: ${activationIds.join(', ')}`, 'model.activation'),
  numeric('--activation-slope <x>', 'slope at 0 of the activation tanhwithslope', 'model.activationSlope'),
  text('--leak <what>', 'what decays by itself: preactivation, or rate (low-pass form)', 'model.leak'),
  option('--tau <ms>', 'time constant, or a range over which units are spread, for example 50-200', 'model.tauMs', tau),
  { flags: '--dale', help: "Dale's law: each unit excites or inhibits only", at: 'model.dale', read: (on) => on },
  { flags: '--no-dale', help: "no Dale's law (the usual)", at: 'model.dale', read: (on) => on },
  numeric('--density <share>', 'share of the recurrent connections that are there', 'model.density'),
  numeric('--initial-gain <x>', 'factor on the first recurrent weights', 'model.initialGain'),
  numeric('--readout-gain <x>', 'factor on the first readout weights', 'model.readoutGain'),
  numeric('--noise <sd>', 'noise on the rates in training: its standard deviation', 'model.activityNoise'),

  numeric('--updates <n>', 'weight updates per run', 'training.updates'),
  numeric('--trials <n>', 'trials per update', 'training.trials'),
  numeric('--test-trials <n>', 'trials of the test set', 'training.testTrials'),
  text('--optimizer <id>', 'adam or adamw', 'training.optimizer.kind'),
  numeric('--learning-rate <x>', 'learning rate', 'training.optimizer.learningRate'),
  option(
    '--learning-rate-decay <factor/updates>',
    'multiply the learning rate every so many updates, for example 0.8/200; none: keep it',
    'training.optimizer.decay',
    decay,
  ),
  numeric('--weight-decay <x>', 'weight decay of AdamW', 'training.optimizer.weightDecay'),
  numeric('--beta1 <x>', "Adam's memory of the gradient", 'training.optimizer.beta1'),
  numeric('--beta2 <x>', "Adam's memory of its square", 'training.optimizer.beta2'),
  numeric('--epsilon <x>', "Adam's smallest divisor", 'training.optimizer.epsilon'),
  option('--clip-norm <x>', 'largest norm of the gradient; none: no limit', 'training.optimizer.clipNorm', orNone),
  option(
    '--frozen <list>',
    `parameters that do not learn, of ${parameterNames.join(', ')} (a0: initial state, b and bout: biases); none: all learn`,
    'training.optimizer.frozen',
    (given) => (given.trim() === 'none' ? [] : list(given)),
  ),
  numeric('--activity-penalty <x>', 'initial coefficient of the activity penalty', 'training.activityPenalty'),
  numeric(
    '--block-penalty <x>',
    'coefficient of the penalty on weights between two halves of the units',
    'training.blockPenalty',
  ),
  option(
    '--checkpoint-every <n>',
    'store weights every n updates instead of at the published ones',
    'training.checkpoints',
    (given) => ({ every: number(given) }),
  ),
  numeric('--alpha <x>', 'Procrustes distance: 1 compares activity as it is, 0 whitens it first', 'analysis.alpha'),

  text('--engine <id>', 'auto, native-cuda, native-cpu, tensorflow or reference', 'engine.engine'),
  text('--backend <id>', 'TensorFlow.js backend: tfjs-node-gpu, tfjs-node, wasm or cpu', 'engine.backend'),
  text(
    '--precision <kind>',
    'products: float32; tf32 on an NVIDIA GPU; or bf16, those of gradients alone, on a processor with Intel AMX',
    'engine.precision',
  ),
  numeric('--threads <n>', 'threads per run', 'engine.threads'),

  option(
    '--alignment-every <n>',
    "compare the rule's gradient with BPTT's at every nth update, and draw it; each time costs two gradients more",
    'training.alignment',
    (given) => ({ every: number(given) }),
  ),
  option(
    '--alignment-at <list>',
    'compare after these updates instead, for example 0,500 (0: the initial weights)',
    'training.alignment',
    (given) => ({ updates: given.split(',').map((part) => number(part)) }),
  ),
];

/** The object with the value at the place, which is written with dots; everything on the way copied. */
export function setAt(object: object, place: string, change: (before: unknown) => unknown): object {
  const [name, ...rest] = place.split('.');
  const before = (object as Record<string, unknown>)[name];
  const value = rest.length === 0 ? change(before) : setAt(before ?? {}, rest.join('.'), change);
  return { ...object, [name]: value };
}

/** NaN, which no setting takes, for what is no number; an empty text would else count as 0. */
export function number(text: string): number;
export function number(text: string | undefined): number | undefined;
export function number(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return text.trim() === '' ? NaN : Number(text);
}

/** "1-3,8" → 1, 2, 3, 8 */
export function seedList(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [, first, last] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(part) ?? [];
    const from = Number(first);
    const to = last === undefined ? from : Number(last);
    if (first === undefined || to < from || to - from > 9999) {
      throw new LabError(
        'plan.seeds',
        `Reading the seeds "${text}": expected numbers and ranges such as 1-5,8, found "${part}".`,
      );
    }
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

function list(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

/** "100" → 100, "50-200" → [50, 200] */
function tau(text: string): number | number[] {
  const parts = /^\s*([^\s-]+)\s*-\s*([^\s-]+)\s*$/.exec(text);
  return parts ? [number(parts[1]), number(parts[2])] : number(text);
}

/** "0.8/200" → multiplied by 0.8 every 200 updates */
function decay(text: string): { factor: number; every: number } | null {
  if (text.trim() === 'none') return null;
  const [factor, every, ...more] = text.split('/');
  if (every !== undefined && more.length === 0) return { factor: number(factor), every: number(every) };
  return refuse('learning-rate decay', 'a factor and after how many updates, such as 0.8/200, or none', text);
}

function orNone(text: string): number | null {
  return text.trim() === 'none' ? null : number(text);
}

/** "truncated-bptt.window=5" into what was given before */
function ruleSetting(given: string | boolean, before: unknown): unknown {
  const [, rule, name, value] = /^\s*([^=]+)\.([^.=]+?)\s*=(.*)$/.exec(String(given)) ?? [];
  if (rule === undefined) refuse('rule setting', 'rule.name=number, such as truncated-bptt.window=5', String(given));
  const all = (before ?? {}) as Record<string, object>;
  return { ...all, [rule]: { ...all[rule], [name]: number(value) } };
}

function taskSetting(given: string | boolean, before: unknown): unknown {
  return { ...(before as object | undefined), ...settingOf(String(given), 'task setting', 'steps=250') };
}

/** "steps=250" → { steps: 250 }; the value is JSON, or a text without quotes. */
export function settingOf(given: string, what: string, example: string): Record<string, unknown> {
  const [, name, value] = /^\s*([^=]+?)\s*=(.*)$/s.exec(given) ?? [];
  if (name === undefined) refuse(what, `name=value, such as ${example}`, given);
  return { [name]: jsonOrText(value, what) };
}

function jsonOrText(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (/^\s*[[{"]/.test(text)) return refuse(what, 'JSON', text);
    return text;
  }
}

function refuse(what: string, expected: string, found: string): never {
  throw new LabError('plan.option', `Reading the ${what}: expected ${expected}, found "${found}".`);
}
