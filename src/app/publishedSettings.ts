/**
 * The published scripts' names for settings (command line flags, and keys of `model_info_dictionary.npy`), so that
 * their users feel at home and their runs can be repeated.
 */
import { LabError } from '../core/errors.ts';
import { activationIds } from '../core/models/activations.ts';
import type { ParameterName } from '../core/models/parameters.ts';
import { rules } from '../core/rules/index.ts';
import { contextDecision } from '../core/tasks/contextDecision.ts';
import type { PublishedValue } from './origin.ts';
import { publishedDecisionPreset, publishedPreset } from './presets.ts';
import type { PlanTemplate } from './presets.ts';

export type { PublishedValue };

type Change = (plan: PlanTemplate, value: PublishedValue, name: string) => PlanTemplate;

const rulesByMode: Record<number, string> = {
  0: 'bptt',
  1: 'e-prop',
  2: 'modprop',
  [-1]: 'truncated-bptt',
  [-2]: 'feedback-alignment',
};
const reachTask = 'Hatsopoulos2007_sincosbumpinput_holdcue';
/** one step of the published model in ms, by task */
const stepMs: Record<string, number> = { reach: 10, [publishedDecisionPreset.plan.task.id]: 15 };
const taskPresets: Record<string, PlanTemplate> = {
  Hatsopoulos2007: publishedPreset.plan,
  Mante13: publishedDecisionPreset.plan,
};

/** What each name changes. */
const changes: Record<string, Change> = {
  task_name: (plan, value) => {
    const preset = Object.entries(taskPresets).find(([name]) => String(value).startsWith(name))?.[1];
    if (preset) return plan.task.id === preset.task.id ? plan : posedAs(preset, plan);
    throw new LabError(
      'published.task',
      `Reading task_name: expected "${reachTask}" or "Mante13", found "${value}". Other published tasks are not there yet.`,
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
  L2_Wrec: training('blockPenalty'),
  tau_m: (plan, value, name) => withModel(plan, { tauMs: number(value, name) * stepMs[plan.task.id] }),
  activation_function: (plan, value) => {
    const activation = activationIds.find((id) => id === value);
    return activation
      ? withModel(plan, { activation })
      : refuse('activation_function', activationIds.join(', '), value);
  },
  model_class: (plan, value) => {
    if (value === 'CTRNN') return withModel(plan, { leak: 'preactivation' });
    if (value === 'LowPassCTRNN') return withModel(plan, { leak: 'rate' });
    return refuse('model_class', 'CTRNN or LowPassCTRNN', value);
  },
  dale_constraint: (plan, value, name) => withModel(plan, { dale: boolean(value, name) }),
  conn_density: (plan, value, name) => {
    const density = number(value, name);
    if (density === -1) return withModel(plan, { density: 1 });
    if (density > 0 && density <= 1) return withModel(plan, { density });
    return refuse(name, '−1 (all connections) or a share above 0 and up to 1', value);
  },
  LEARN_ah0: learned('a0'),
  LEARN_Wahx: learned('Win'),
  LEARN_Wahh: learned('Wrec'),
  LEARN_bah: learned('b'),
  LEARN_OUTPUTWEIGHT: learned('Wout'),
  LEARN_OUTPUTBIAS: learned('bout'),
  n_T: (plan, value, name) => {
    if (plan.task.id !== contextDecision.id) return withTask(plan, { steps: number(value, name) });
    const steps = contextDecision.protocol!(plan.task.settings).timeMs.length;
    return number(value, name) === steps ? plan : refuse(name, `${steps}, the steps of the decision task`, value);
  },
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
export const silentNames: readonly string[] = ['n_input', 'n_output', 'initname', 'figure_dir', 'folder_comment', 'dt'];

/** Names whose text Python read as true whatever it said. */
const trueWhateverSaid = ['dale_constraint'];

/** All names that are understood, for the command line's help. */
export const publishedNames: readonly string[] = [
  ...Object.keys(changes),
  ...together.clip,
  ...Object.keys(together.outputs),
];

/** Whether `applyPublishedSettings` understands the name. */
export const isPublishedName = (name: string): boolean => publishedNames.includes(name) || silentNames.includes(name);

/** The plan with the published settings applied. A name that is not understood is an error that says so. */
export function applyPublishedSettings(
  plan: PlanTemplate,
  settings: ReadonlyMap<string, PublishedValue>,
): PlanTemplate {
  let result = plan;
  for (const [name, value] of taskFirst(settings)) {
    if (name in changes) result = changes[name](result, value, name);
    else if (!isPublishedName(name)) {
      throw new LabError('published.setting', `Reading the setting "${name}" = ${value}: it is not known here.`);
    }
  }
  return withOutputs(withClipping(result, settings), settings);
}

/** The plan for another task, with all that the published script fixes for it. */
function posedAs(preset: PlanTemplate, plan: PlanTemplate): PlanTemplate {
  const { trials, testTrials } = preset.training;
  return withTraining(withModel({ ...plan, task: preset.task }, { tauMs: preset.model.tauMs }), { trials, testTrials });
}

/** The length of a step depends on the task. */
function taskFirst(settings: ReadonlyMap<string, PublishedValue>): [string, PublishedValue][] {
  return [...settings].sort(([a], [b]) => Number(b === 'task_name') - Number(a === 'task_name'));
}

/** What the published script would have made of these command line flags, where that is not what they say. */
export function publishedRemarks(settings: ReadonlyMap<string, PublishedValue>): string[] {
  const misread = trueWhateverSaid.filter((name) => {
    const value = settings.get(name);
    return typeof value === 'string' && value !== '' && !boolean(value, name);
  });
  const idle = silentNames.filter((name) => settings.has(name));
  return [
    ...misread.map(
      (name) =>
        `--${name}=${settings.get(name)} is read as no. The published script took any text for yes, so its runs with this flag had it on.`,
    ),
    ...idle.map((name) => `--${name} changes nothing here.`),
  ];
}

function withClipping(plan: PlanTemplate, settings: ReadonlyMap<string, PublishedValue>): PlanTemplate {
  const [on, norm] = together.clip;
  if (!settings.has(on)) return plan;
  return withOptimizer(plan, {
    clipNorm: boolean(settings.get(on)!, on) ? number(settings.get(norm) ?? 0.4, norm) : null,
  });
}

function withOutputs(plan: PlanTemplate, settings: ReadonlyMap<string, PublishedValue>): PlanTemplate {
  const names = Object.entries(together.outputs);
  if (!names.some(([name]) => settings.has(name))) return plan;
  const outputs = names.filter(([name]) => boolean(settings.get(name) ?? 0, name)).map(([, output]) => output);
  return withTask(plan, { outputs });
}

/** Python's words and numbers for yes and no, in any case. */
function boolean(value: PublishedValue, name: string): boolean {
  const said = String(value).trim().toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(said)) return true;
  if (['false', '0', 'no', 'off'].includes(said)) return false;
  return refuse(name, 'True or False, 1 or 0', value);
}

function refuse(name: string, expected: string, found: PublishedValue): never {
  throw new LabError('published.value', `Reading ${name}: expected ${expected}, found "${found}".`);
}

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
function training(field: 'updates' | 'trials' | 'activityPenalty' | 'blockPenalty'): Change {
  return (plan, value, name) => withTraining(plan, { [field]: number(value, name) });
}
function optimizer(field: 'learningRate'): Change {
  return (plan, value, name) => withOptimizer(plan, { [field]: number(value, name) });
}
/** Whether a parameter learns. */
function learned(parameter: ParameterName): Change {
  return (plan, value, name) => {
    const others = plan.training.optimizer.frozen.filter((other) => other !== parameter);
    return withOptimizer(plan, { frozen: boolean(value, name) ? others : [...others, parameter] });
  };
}
function task(field: string): Change {
  return (plan, value, name) => withTask(plan, { [field]: number(value, name) });
}
