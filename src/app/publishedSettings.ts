/**
 * The published scripts' names for settings (command line flags, and keys of `model_info_dictionary.npy`), so that
 * their users feel at home and their runs can be repeated.
 */
import { LabError } from '../core/errors.ts';
import { rules } from '../core/rules/index.ts';
import type { PlanTemplate } from './presets.ts';

export type PublishedValue = string | number | boolean;

type Change = (plan: PlanTemplate, value: PublishedValue, name: string) => PlanTemplate;

const rulesByMode: Record<number, string> = {
  0: 'bptt',
  1: 'e-prop',
  2: 'modprop',
  [-1]: 'truncated-bptt',
  [-2]: 'feedback-alignment',
};
const reachTask = 'Hatsopoulos2007_sincosbumpinput_holdcue';
/** one step of the published model, in ms */
const stepMs = 10;

/** What each name changes. */
const changes: Record<string, Change> = {
  task_name: (plan, value) => {
    if (String(value).startsWith('Hatsopoulos2007')) return { ...plan, task: { ...plan.task, id: 'reach' } };
    throw new LabError(
      'published.task',
      `Reading task_name: expected "${reachTask}", found "${value}". Other published tasks are not there yet.`,
    );
  },
  learning_mode: (plan, value, name) => {
    const mode = number(value, name);
    const rule = rulesByMode[mode];
    if (rule) return { ...plan, rules: [rule] };
    const known = Object.entries(rulesByMode).map(([m, id]) => `${m} (${rules.get(id).label})`);
    throw new LabError('published.rule', `Reading learning_mode: expected ${known.join(', ')}, found ${mode}.`);
  },
  random_seed: (plan, value, name) => ({ ...plan, seeds: [number(value, name)] }),
  n_parameter_updates: training('updates'),
  n_trials: training('trials'),
  regularization_activityL2: training('activityPenalty'),
  learning_rate: optimizer('learningRate'),
  optimizer_name: (plan, value) => {
    const kind = String(value).toLowerCase();
    if (kind === 'adam') return withOptimizer(plan, { kind, weightDecay: 0 });
    if (kind === 'adamw') return withOptimizer(plan, { kind, weightDecay: 0.01 });
    throw new LabError('published.optimizer', `Reading optimizer_name: expected Adam or AdamW, found "${value}".`);
  },
  n_recurrent: model('units'),
  ini_gain: model('initialGain'),
  activity_noise_std: model('activityNoise'),
  tau_m: (plan, value, name) => withModel(plan, { tauMs: number(value, name) * stepMs }),
  activation_function: (plan, value) =>
    withModel(plan, { activation: String(value) as PlanTemplate['model']['activation'] }),
  n_T: task('steps'),
  toffsetoutput: task('outputOffset'),
};

/** Names that come together: a norm that counts only when clipping is on, outputs that are switched on one by one. */
const together = {
  clip: ['CLIP_GRADIENT_NORM', 'max_gradient_norm'],
  outputs: {
    OUTPUTONEHOT: 'onehot',
    OUTPUTXYHANDPOSITION: 'position',
    OUTPUTXYHANDVELOCITY: 'velocity',
    OUTPUTSHOULDERELBOWANGLES: 'angles',
  },
} as const;

/** Names that say nothing about the numbers, or that follow from the others. */
const silent = ['n_input', 'n_output', 'model_class', 'initname', 'figure_dir', 'dt'];

/** All names that are understood, for the command line's help. */
export const publishedNames: readonly string[] = [
  ...Object.keys(changes),
  ...together.clip,
  ...Object.keys(together.outputs),
];

/** The plan with the published settings applied. A name that is not understood is an error that says so. */
export function applyPublishedSettings(
  plan: PlanTemplate,
  settings: ReadonlyMap<string, PublishedValue>,
): PlanTemplate {
  let result = plan;
  for (const [name, value] of settings) {
    if (name in changes) result = changes[name](result, value, name);
    else if (!publishedNames.includes(name) && !silent.includes(name)) {
      throw new LabError('published.setting', `Reading the setting "${name}" = ${value}: it is not known here.`);
    }
  }
  return withOutputs(withClipping(result, settings), settings);
}

function withClipping(plan: PlanTemplate, settings: ReadonlyMap<string, PublishedValue>): PlanTemplate {
  const [on, norm] = together.clip;
  if (!settings.has(on)) return plan;
  return withOptimizer(plan, { clipNorm: isOn(settings.get(on)!) ? number(settings.get(norm) ?? 0.4, norm) : null });
}

function withOutputs(plan: PlanTemplate, settings: ReadonlyMap<string, PublishedValue>): PlanTemplate {
  const names = Object.entries(together.outputs);
  if (!names.some(([name]) => settings.has(name))) return plan;
  const outputs = names.filter(([name]) => isOn(settings.get(name) ?? 0)).map(([, output]) => output);
  return withTask(plan, { outputs });
}

const isOn = (value: PublishedValue): boolean => value === true || value === 1 || value === '1' || value === 'True';

function number(value: PublishedValue, name: string): number {
  const n = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
  if (Number.isFinite(n)) return n;
  throw new LabError('published.number', `Reading ${name}: expected a number, found "${value}".`);
}

type Model = PlanTemplate['model'];
type Training = PlanTemplate['training'];

const withModel = (plan: PlanTemplate, change: Partial<Model>): PlanTemplate => ({
  ...plan,
  model: { ...plan.model, ...change },
});
const withTraining = (plan: PlanTemplate, change: Partial<Training>): PlanTemplate => ({
  ...plan,
  training: { ...plan.training, ...change },
});
const withOptimizer = (plan: PlanTemplate, change: Partial<Training['optimizer']>): PlanTemplate =>
  withTraining(plan, { optimizer: { ...plan.training.optimizer, ...change } });
const withTask = (plan: PlanTemplate, change: Record<string, unknown>): PlanTemplate => ({
  ...plan,
  task: { ...plan.task, settings: { ...plan.task.settings, ...change } },
});

function model(field: 'units' | 'initialGain' | 'activityNoise'): Change {
  return (plan, value, name) => withModel(plan, { [field]: number(value, name) });
}
function training(field: 'updates' | 'trials' | 'activityPenalty'): Change {
  return (plan, value, name) => withTraining(plan, { [field]: number(value, name) });
}
function optimizer(field: 'learningRate'): Change {
  return (plan, value, name) => withOptimizer(plan, { [field]: number(value, name) });
}
function task(field: string): Change {
  return (plan, value, name) => withTask(plan, { [field]: number(value, name) });
}
