/**
 * The form of a new run. Numbers are kept as the text typed, so that an unfinished number is not lost; reading the form
 * gives a plan or what is wrong, field by field. The host checks the plan again.
 */
import type { DatasetSummary } from '../../app/contract.ts';
import type { DatasetId, Plan } from '../../app/plan.ts';
import type { PlanTemplate } from '../../app/presets.ts';
import { taskOfLayout } from '../../core/tasks/taskOfLayout.ts';
import { readSeeds, writeSeeds } from './seeds.ts';

export type PlanForm = {
  dataset: string;
  rules: string[];
  seeds: string;
  updates: string;
  trials: string;
  units: string;
  learningRate: string;
  activation: string;
  tauMs: string;
  initialGain: string;
  readoutGain: string;
  activityNoise: string;
  optimizer: 'adam' | 'adamw';
  weightDecay: string;
  /** empty = no limit */
  clipNorm: string;
  activityPenalty: string;
  testTrials: string;
  alpha: string;
  checkpoints: 'published' | 'every';
  checkpointEvery: string;
  outputs: string[];
  engine: Plan['engine']['engine'];
  backend: NonNullable<Plan['engine']['backend']> | '';
  /** empty = shared out */
  precision: NonNullable<Plan['engine']['precision']>;
  threads: string;
};

export type FormErrors = Partial<Record<keyof PlanForm, string>>;
export type ReadForm = { plan: Plan; errors: null } | { plan: null; errors: FormErrors };

/** What the task takes when nothing is said: the angles of the arm. */
const defaultOutputs = ['angles'];

type Recording = Pick<DatasetSummary, 'id' | 'kinematics'>;

/** The presets of the task that the dataset was recorded in. */
export function presetsFor<P extends { plan: PlanTemplate }>(
  dataset: Pick<DatasetSummary, 'source'> | undefined,
  presets: readonly P[],
): P[] {
  const task = taskOfLayout(dataset?.source.layout ?? '');
  return presets.filter(({ plan }) => plan.task.id === task);
}

/** Without behaviour in the recording, networks can only learn to report the condition. */
export function outputsFor({ task }: PlanTemplate, dataset: Recording | undefined): string[] {
  if (task.id !== 'reach') return defaultOutputs;
  if (dataset?.kinematics.length === 0) return ['onehot'];
  const outputs = task.settings['outputs'];
  return Array.isArray(outputs) ? (outputs as string[]) : defaultOutputs;
}

export function formOf(template: PlanTemplate, dataset: Recording | undefined): PlanForm {
  const { model, training, analysis, engine, rules, seeds } = template;
  const { optimizer, checkpoints } = training;
  return {
    dataset: dataset?.id ?? '',
    rules: [...rules],
    seeds: writeSeeds(seeds),
    updates: String(training.updates),
    trials: String(training.trials),
    units: String(model.units),
    learningRate: String(optimizer.learningRate),
    activation: model.activation,
    tauMs: String(model.tauMs),
    initialGain: String(model.initialGain),
    readoutGain: String(model.readoutGain),
    activityNoise: String(model.activityNoise),
    optimizer: optimizer.kind,
    weightDecay: String(optimizer.weightDecay),
    clipNorm: optimizer.clipNorm === null ? '' : String(optimizer.clipNorm),
    activityPenalty: String(training.activityPenalty),
    testTrials: String(training.testTrials),
    alpha: String(analysis.alpha),
    checkpoints: checkpoints === 'published' ? 'published' : 'every',
    checkpointEvery: checkpoints === 'published' ? '25' : String(checkpoints.every),
    outputs: [...outputsFor(template, dataset)],
    engine: engine.engine,
    backend: engine.backend ?? '',
    precision: engine.precision ?? 'float32',
    threads: engine.threads === undefined ? '' : String(engine.threads),
  };
}

/** template: the preset the form started from, for what the form does not show */
export function readForm(form: PlanForm, template: PlanTemplate): ReadForm {
  const errors: FormErrors = {};
  const number = (field: keyof PlanForm, rule: NumberRule): number => {
    const read = readNumber(form[field] as string, rule);
    if (typeof read === 'string') errors[field] = read;
    return typeof read === 'string' ? NaN : read;
  };
  const seeds = readSeeds(form.seeds);
  if (!seeds.ok) errors.seeds = seeds.why;
  if (form.dataset === '') errors.dataset = 'Choose a dataset.';
  if (form.rules.length === 0) errors.rules = 'Choose at least one rule.';
  if (form.outputs.length === 0) errors.outputs = 'Choose at least one output.';

  const plan: Plan = {
    data: { dataset: form.dataset as DatasetId },
    task: { id: template.task.id, settings: taskSettings(form, template) },
    conventions: template.conventions,
    model: {
      ...template.model,
      units: number('units', { whole: true, least: 1, most: 4096 }),
      activation: form.activation as Plan['model']['activation'],
      tauMs: number('tauMs', { above: 0 }),
      initialGain: number('initialGain', { above: 0 }),
      readoutGain: number('readoutGain', { above: 0 }),
      activityNoise: number('activityNoise', { least: 0 }),
    },
    rules: [...form.rules],
    seeds: seeds.ok ? seeds.seeds : [],
    ruleSettings: template.ruleSettings,
    training: {
      ...template.training,
      updates: number('updates', { whole: true, least: 1, most: 1_000_000 }),
      trials: number('trials', { whole: true, least: 1, most: 100_000 }),
      testTrials: number('testTrials', { whole: true, least: 0, most: 100_000 }),
      optimizer: {
        ...template.training.optimizer,
        kind: form.optimizer,
        learningRate: number('learningRate', { above: 0 }),
        weightDecay: form.optimizer === 'adamw' ? number('weightDecay', { least: 0 }) : 0,
        clipNorm: form.clipNorm.trim() === '' ? null : number('clipNorm', { above: 0 }),
      },
      activityPenalty: number('activityPenalty', { least: 0 }),
      checkpoints:
        form.checkpoints === 'published'
          ? 'published'
          : { every: number('checkpointEvery', { whole: true, least: 1, most: 1_000_000 }) },
    },
    analysis: { alpha: number('alpha', { least: 0, most: 1 }) },
    engine: {
      engine: form.engine,
      ...(form.engine === 'tensorflow' && form.backend !== '' ? { backend: form.backend } : {}),
      ...(form.engine === 'native-cuda' && form.precision !== 'float32' ? { precision: form.precision } : {}),
      ...(form.threads.trim() === '' ? {} : { threads: number('threads', { whole: true, least: 1, most: 256 }) }),
    },
    figures: [...template.figures],
  };
  return Object.keys(errors).length > 0 ? { plan: null, errors } : { plan, errors: null };
}

function taskSettings({ outputs }: PlanForm, { task }: PlanTemplate): Record<string, unknown> {
  if (task.id !== 'reach') return task.settings;
  const { outputs: _, ...rest } = task.settings;
  const usual = outputs.length === defaultOutputs.length && outputs.every((o) => defaultOutputs.includes(o));
  return usual ? rest : { ...rest, outputs: [...outputs] };
}

type NumberRule = { whole?: boolean; least?: number; most?: number; above?: number };

/** The number, or what is wrong with the text. */
export function readNumber(text: string, { whole = false, least, most, above }: NumberRule): number | string {
  const value = text.trim() === '' ? NaN : Number(text.trim().replace('−', '-'));
  const inside =
    (least === undefined || value >= least) &&
    (most === undefined || value <= most) &&
    (above === undefined || value > above);
  if (Number.isFinite(value) && inside && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? 'A whole number' : 'A number';
  if (above !== undefined) return `${kind} above ${above}.`;
  if (most !== undefined) return `${kind} from ${least} to ${most.toLocaleString('en-US')}.`;
  return least === undefined ? `${kind}.` : `${kind}, ${least} or more.`;
}
