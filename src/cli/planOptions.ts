/** The options that make a plan, under our names and under the published script's. */
import { readFileSync } from 'node:fs';
import { Option } from 'commander';
import type { Command } from 'commander';
import { planSchema } from '../app/plan.ts';
import type { DatasetId, Plan } from '../app/plan.ts';
import type { Ports } from '../app/ports.ts';
import { presets } from '../app/presets.ts';
import type { PlanTemplate } from '../app/presets.ts';
import { applyPublishedSettings, publishedNames } from '../app/publishedSettings.ts';
import { LabError } from '../core/errors.ts';

type Options = {
  plan?: string;
  data?: string;
  preset?: string;
  rules?: string;
  seeds?: string;
  updates?: string;
  trials?: string;
  testTrials?: string;
  units?: string;
  activation?: string;
  learningRate?: string;
  optimizer?: string;
  clipNorm?: string;
  activityPenalty?: string;
  checkpointEvery?: string;
  alpha?: string;
  engine?: string;
  backend?: string;
  precision?: string;
  threads?: string;
};

export function addPlanOptions(command: Command): Command {
  command
    .option('--data <file or id>', 'the recording: a file, or a dataset of the workspace (default: the bundled sample)')
    .option('--plan <file>', 'a plan as JSON; the other options change it')
    .option('--preset <id>', `start from: ${presets.map((p) => p.id).join(', ')}`, 'published')
    .option('--rules <list>', 'learning rules, for example bptt,e-prop')
    .option('--seeds <list>', 'seeds, for example 1-5,8')
    .option('--updates <n>', 'weight updates per run')
    .option('--trials <n>', 'trials per update')
    .option('--test-trials <n>', 'trials of the test set')
    .option('--units <n>', 'units of the network')
    .option('--activation <id>', 'activation function')
    .option('--learning-rate <x>', 'learning rate')
    .option('--optimizer <id>', 'adam or adamw')
    .option('--clip-norm <x>', 'largest norm of the gradient')
    .option('--activity-penalty <x>', 'initial coefficient of the activity penalty')
    .option('--checkpoint-every <n>', 'store weights every n updates instead of at the published ones')
    .option('--alpha <x>', 'Procrustes distance: 1 compares activity as it is, 0 whitens it first')
    .option('--engine <id>', 'auto, native-cuda, native-cpu, tensorflow or reference')
    .option('--backend <id>', 'TensorFlow.js backend: tfjs-node-gpu, tfjs-node, wasm or cpu')
    .option('--precision <kind>', 'products on an NVIDIA GPU: float32, or tf32 on tensor cores')
    .option('--threads <n>', 'threads per run');
  for (const name of publishedNames) command.addOption(new Option(`--${name} <value>`).hideHelp());
  return command.addHelpText(
    'after',
    `\nThe published script's flags are understood too: ${publishedNames.map((name) => `--${name}`).join(', ')}.`,
  );
}

/** The plan that the options describe; checked as a whole before anything is done. */
export function planFrom(options: Record<string, unknown>, ports: Ports): Plan {
  const o = options as Options;
  const file = o.plan === undefined ? null : readPlan(o.plan);
  const preset = presets.find((p) => p.id === o.preset);
  if (!preset) {
    throw new LabError(
      'plan.preset',
      `Choosing a preset: expected ${presets.map((p) => p.id).join(' or ')}, found "${o.preset}".`,
    );
  }
  const published = new Map(
    publishedNames.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name] as string] as const])),
  );
  const template = withOptions(applyPublishedSettings({ ...preset.plan, ...file }, published), o);
  const data = o.data === undefined ? (file?.data ?? { path: ports.workspace.sampleFile }) : dataChoice(o.data, ports);
  return check({ ...template, data });
}

function check(plan: unknown): Plan {
  const parsed = planSchema.safeParse(plan);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
  throw new LabError('plan.invalid', `Reading the plan: ${issues}.`);
}

function readPlan(file: string): Partial<Plan> {
  let plan: unknown;
  try {
    plan = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new LabError('plan.unreadable', `Reading the plan "${file}": ${(error as Error).message}.`);
  }
  if (typeof plan === 'object' && plan !== null && !Array.isArray(plan)) return plan;
  throw new LabError(
    'plan.unreadable',
    `Reading the plan "${file}": expected a JSON object; lrlab train --print-plan shows one.`,
  );
}

function dataChoice(text: string, { store }: Ports): Plan['data'] {
  return store.datasets.get(text as DatasetId) ? { dataset: text as DatasetId } : { path: text };
}

function withOptions(plan: PlanTemplate, o: Options): object {
  const given = <T extends object>(entries: T): Partial<T> =>
    Object.fromEntries(Object.entries(entries).filter(([, v]) => v !== undefined)) as Partial<T>;
  return {
    ...plan,
    ...given({
      rules: o.rules?.split(',').map((r) => r.trim()),
      seeds: o.seeds === undefined ? undefined : seedList(o.seeds),
    }),
    model: { ...plan.model, ...given({ units: number(o.units), activation: o.activation }) },
    training: {
      ...plan.training,
      ...given({
        updates: number(o.updates),
        trials: number(o.trials),
        testTrials: number(o.testTrials),
        activityPenalty: number(o.activityPenalty),
        checkpoints: o.checkpointEvery === undefined ? undefined : { every: number(o.checkpointEvery) },
      }),
      optimizer: {
        ...plan.training.optimizer,
        ...given({ kind: o.optimizer, learningRate: number(o.learningRate), clipNorm: number(o.clipNorm) }),
      },
    },
    analysis: { ...plan.analysis, ...given({ alpha: number(o.alpha) }) },
    engine: {
      ...plan.engine,
      ...given({ engine: o.engine, backend: o.backend, precision: o.precision, threads: number(o.threads) }),
    },
  };
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
