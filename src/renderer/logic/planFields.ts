/** All settings of a plan but its data, rules and seeds: a new setting is one line here, in the form and in a run's facts. */
import type { RuleChoice } from '../../app/contract.ts';
import { activationsWithSlope } from '../../core/models/activations.ts';
import { parameterNames, type ParameterName } from '../../core/models/parameters.ts';
import type { TaskSettings } from '../../core/tasks/settings.ts';
import {
  choiceField,
  numberField,
  numberOrRangeField,
  numbersField,
  optionalNumberField,
  severalField,
  switchField,
} from './fields.ts';
import type { Field, Look, Option, Section, SeveralField } from './fields.ts';
import type { NumberRule } from './readNumber.ts';
import { settingFields, unitOf } from './settingFields.ts';

export type TaskChoice = Option & {
  readonly needsRecording: boolean;
  readonly assumes: string | null;
  readonly settings: TaskSettings | null;
};

export type Choices = {
  readonly activations: readonly Option[];
  readonly rules: readonly RuleChoice[];
  readonly tasks: readonly TaskChoice[];
};

const whole = (most: number, least = 1): NumberRule => ({ whole: true, least, most });
const positive: NumberRule = { above: 0 };
const notNegative: NumberRule = { least: 0 };
const is =
  (at: string, ...values: string[]) =>
  (look: Look): boolean =>
    values.includes(look(at) as string);

export const conventionsField = choiceField(
  'conventions',
  'Conventions',
  [
    { id: 'published', label: 'Published' },
    { id: 'corrected', label: 'Corrected' },
  ],
  { hint: 'Published repeats the oddities of the published code; corrected puts them right.' },
);

/** What one changes first. */
export const mainFields: readonly Field[] = [
  numberField('training.updates', 'Weight updates', whole(1_000_000)),
  numberField('training.trials', 'Trials per update', whole(100_000)),
  numberField('model.units', 'Units', whole(4096)),
  numberField('training.optimizer.learningRate', 'Learning rate', positive),
];

const parameterLabels: Record<ParameterName, string> = {
  a0: 'Initial state',
  Win: 'Input weights',
  Wrec: 'Recurrent weights',
  b: 'Biases of units',
  Wout: 'Readout weights',
  bout: 'Biases of the readout',
};

/** In the plan stand those that do not learn. */
const learned: SeveralField = {
  ...severalField(
    'training.optimizer.frozen',
    'What is learned',
    parameterNames.map((id) => ({ id, label: parameterLabels[id] })),
    { none: 'Something has to learn.' },
  ),
  write: (frozen) => parameterNames.filter((name) => !((frozen ?? []) as string[]).includes(name)),
  read: (ids) =>
    ids.length === 0
      ? { why: 'Something has to learn.' }
      : { value: parameterNames.filter((name) => !ids.includes(name)) },
};

function networkFields(activations: readonly Option[]): Field[] {
  return [
    choiceField('model.activation', 'Activation', activations),
    optionalNumberField('model.activationSlope', 'Slope at 0', positive, {
      empty: undefined,
      placeholder: '1',
      shown: is('model.activation', ...activationsWithSlope),
    }),
    choiceField('model.leak', 'What leaks', [
      { id: 'preactivation', label: 'Preactivation' },
      { id: 'rate', label: 'Rate (low-pass form)' },
    ]),
    numberOrRangeField('model.tauMs', 'Time constant', positive, {
      unit: 'ms',
      hint: 'one number, or a range over the units: 50 to 200',
    }),
    numberField('model.density', 'Connection density', { above: 0, most: 1 }, { hint: '1: all recurrent connections' }),
    numberField('model.initialGain', 'Initial gain', positive),
    numberField('model.readoutGain', 'Readout gain', positive),
    numberField('model.activityNoise', 'Activity noise', notNegative, { hint: 'standard deviation' }),
    switchField('model.dale', 'Dale’s law', { hint: 'four fifths of the units excite, the others inhibit' }),
  ];
}

const decay = 'training.optimizer.decay';
const checkpoints = 'training.checkpoints';

const trainingFields: readonly Field[] = [
  choiceField('training.optimizer.kind', 'Optimizer', [
    { id: 'adam', label: 'Adam' },
    { id: 'adamw', label: 'AdamW' },
  ]),
  numberField('training.optimizer.weightDecay', 'Weight decay', notNegative, {
    shown: is('training.optimizer.kind', 'adamw'),
  }),
  numberField('training.optimizer.beta1', 'Adam β₁', { least: 0, most: 0.999999 }),
  numberField('training.optimizer.beta2', 'Adam β₂', { least: 0, most: 0.99999999 }),
  numberField('training.optimizer.epsilon', 'Adam ε', positive),
  {
    ...choiceField(decay, 'Learning rate over time', [
      { id: 'constant', label: 'Constant' },
      { id: 'steps', label: 'Falls in steps' },
    ]),
    write: (value) => (value === null || value === undefined ? 'constant' : 'steps'),
    read: (id: string) => ({ value: id === 'constant' ? null : {} }),
  },
  numberField(`${decay}.factor`, 'Multiplied by', positive, { shown: is(decay, 'steps'), hint: 'published: 0.8' }),
  numberField(`${decay}.every`, 'Every', whole(1_000_000), { unit: 'updates', shown: is(decay, 'steps') }),
  optionalNumberField('training.optimizer.clipNorm', 'Gradient norm limit', positive, {
    empty: null,
    placeholder: 'none',
  }),
  numberField('training.activityPenalty', 'Activity penalty', notNegative),
  numberField('training.blockPenalty', 'Block penalty', notNegative, { hint: 'on weights between two halves' }),
  {
    ...choiceField(checkpoints, 'Checkpoints', [
      { id: 'published', label: 'As published' },
      { id: 'every', label: 'At equal intervals' },
    ]),
    write: (value) => (value === undefined || value === 'published' ? 'published' : 'every'),
    read: (id: string) => ({ value: id === 'published' ? id : {} }),
  },
  numberField(`${checkpoints}.every`, 'Checkpoint every', whole(1_000_000), {
    unit: 'updates',
    shown: is(checkpoints, 'every'),
  }),
  learned,
];

/** What a field of a group begins with where the plan has no such group yet. */
export const beginnings: Readonly<Record<string, unknown>> = {
  [`${decay}.factor`]: 0.8,
  [`${decay}.every`]: 200,
  [`${checkpoints}.every`]: 25,
  'training.alignment.every': 50,
  'training.alignment.updates': [0],
};

const alignment = 'training.alignment';

const comparisonFields: readonly Field[] = [
  numberField('training.testTrials', 'Test trials', whole(100_000, 0)),
  numberField('analysis.alpha', 'Procrustes alpha', { least: 0, most: 1 }, { hint: '1: as it is; 0: whitened first' }),
  {
    ...choiceField(
      alignment,
      'Gradient against BPTT',
      [
        { id: 'never', label: 'Not compared' },
        { id: 'every', label: 'At equal intervals' },
        { id: 'updates', label: 'After chosen updates' },
      ],
      { hint: 'each time costs two gradients more' },
    ),
    write: (value) => Object.keys(value ?? { never: null })[0] ?? 'never',
    read: (id: string) => ({ value: id === 'never' ? null : {} }),
  },
  numberField(`${alignment}.every`, 'Compared every', whole(1_000_000), {
    unit: 'updates',
    shown: is(alignment, 'every'),
  }),
  numbersField(
    `${alignment}.updates`,
    'Compared after updates',
    { whole: true, least: 0, fewest: 1 },
    { hint: '0: the initial weights', shown: is(alignment, 'updates') },
  ),
];

const computingFields: readonly Field[] = [
  choiceField('engine.engine', 'Engine', [
    { id: 'auto', label: 'Automatic' },
    { id: 'native-cuda', label: 'Native (NVIDIA GPU)' },
    { id: 'native-cpu', label: 'Native (CPU)' },
    { id: 'reference', label: 'Reference (float64, slow)' },
    { id: 'tensorflow', label: 'TensorFlow.js' },
  ]),
  choiceField(
    'engine.backend',
    'TensorFlow.js backend',
    [
      { id: '', label: 'The best that works' },
      { id: 'tfjs-node-gpu', label: 'GPU (tfjs-node-gpu)' },
      { id: 'tfjs-node', label: 'CPU (tfjs-node)' },
      { id: 'wasm', label: 'WebAssembly' },
      { id: 'cpu', label: 'JavaScript' },
    ],
    { usual: '', shown: is('engine.engine', 'tensorflow') },
  ),
  choiceField(
    'engine.precision',
    'Products',
    [
      { id: 'float32', label: 'float32' },
      { id: 'tf32', label: 'TF32 (GPU): faster, 10-bit mantissas' },
      { id: 'bf16', label: 'bf16 for gradients (CPU with Intel AMX): faster, 8-bit mantissas' },
    ],
    { usual: 'float32', shown: is('engine.engine', 'native-cuda', 'native-cpu') },
  ),
  optionalNumberField('engine.threads', 'Threads per run', whole(256), {
    empty: undefined,
    placeholder: 'shared out',
  }),
];

/** kinematics: whether the recording has any; without them, networks that reach can only learn to report the condition */
export function sectionsOf({ activations }: Choices, task: TaskChoice | undefined, kinematics: boolean): Section[] {
  return [
    { id: 'task', title: 'Task', fields: settingFields('task.settings', task?.settings ?? {}, kinematics) },
    { id: 'network', title: 'Network', fields: networkFields(activations) },
    { id: 'training', title: 'Training', fields: trainingFields },
    { id: 'comparison', title: 'Comparison', fields: comparisonFields },
    { id: 'computing', title: 'Computing', fields: computingFields },
  ].filter(({ fields }) => fields.length > 0);
}

export function ruleFields({ id, settings }: RuleChoice): Field[] {
  return Object.entries(settings).map(([name, setting]) =>
    numberField(`ruleSettings.${id}.${name}`, setting.label, numberRule(setting), {
      hint: setting.hint,
      usual: setting.default,
      ...unitOf(setting),
    }),
  );
}

function numberRule({ whole, least, most }: RuleChoice['settings'][string]): NumberRule {
  return {
    ...(whole === undefined ? {} : { whole }),
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
  };
}
