/** Plans to start from. */
import { taskOfRecording } from '../core/tasks/taskOfRecording.ts';
import type { RecordingKind } from '../core/tasks/taskOfRecording.ts';
import type { Plan } from './plan.ts';

export type PlanTemplate = Omit<Plan, 'data'>;
export type Preset = { id: string; label: string; summary: string; plan: PlanTemplate };

/** Drawn at the end of a plan, and in a report, unless others are asked for. */
export const usualFigures = [
  'distanceVsAccuracy',
  'distanceVsUpdates',
  'errorVsUpdates',
  'participationRatioVsUpdates',
] as const;

const published: PlanTemplate = {
  task: { id: 'reach', settings: {} },
  conventions: 'published',
  model: {
    units: 200,
    activation: 'retanh',
    tauMs: 100,
    initialGain: 1,
    readoutGain: 1.01,
    activityNoise: 0,
    leak: 'preactivation',
    dale: false,
    density: 1,
  },
  rules: ['bptt', 'e-prop'],
  ruleSettings: {},
  seeds: [1, 2, 3],
  training: {
    updates: 1000,
    trials: 100,
    testTrials: 1000,
    optimizer: {
      kind: 'adam',
      learningRate: 3e-4,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      weightDecay: 0,
      clipNorm: null,
      decay: null,
      frozen: [],
    },
    activityPenalty: 10,
    blockPenalty: 0,
    checkpoints: 'published',
    alignment: null,
  },
  analysis: { alpha: 1 },
  engine: { engine: 'auto' },
  figures: [...usualFigures],
};

/** The settings of the published runs (Liu, Yang, Cueva 2025). */
export const publishedPreset: Preset = {
  id: 'published',
  label: 'Published settings',
  summary: '200 units, 1000 updates of 100 trials, Adam 3e-4, as in Liu, Yang & Cueva (ICML 2025).',
  plan: published,
};

/** Small enough for a first look on a laptop. */
export const quickPreset: Preset = {
  id: 'quick',
  label: 'Quick look',
  summary: '100 units, 300 updates of 50 trials, Adam 1e-3: about ten seconds a run.',
  plan: {
    ...published,
    model: { ...published.model, units: 100 },
    seeds: [1, 2],
    training: {
      ...published.training,
      updates: 300,
      trials: 50,
      testTrials: 200,
      optimizer: { ...published.training.optimizer, learningRate: 1e-3 },
    },
  },
};

/** What the published script sets for its decision task, whatever the rule. Its time constant is ten steps of 15 ms. */
const decisions: PlanTemplate = {
  ...published,
  task: { id: 'context-decision', settings: {} },
  model: { ...published.model, tauMs: 150 },
  training: { ...published.training, trials: 72, testTrials: 0 },
};

/** As the published runs of the decision task. */
export const publishedDecisionPreset: Preset = {
  id: 'published-mante',
  label: 'Published settings, Mante',
  summary:
    '200 units, 1000 updates of the 72 conditions, Adam 3e-4, as the released networks of Liu, Yang & Cueva (ICML 2025).',
  plan: decisions,
};

/** The size that the paper reports. */
export const paperDecisionPreset: Preset = {
  id: 'published-mante-400',
  label: 'Published settings, Mante, 400 units',
  summary: 'As before with 400 units, the size that the paper reports: about three times as long.',
  plan: { ...decisions, model: { ...decisions.model, units: 400 } },
};

export const quickDecisionPreset: Preset = {
  id: 'quick-mante',
  label: 'Quick look, decision',
  summary: '100 units, 300 updates of the 72 conditions, Adam 1e-3: about ten seconds a run.',
  plan: {
    ...decisions,
    model: { ...decisions.model, units: 100 },
    seeds: [1, 2],
    training: {
      ...decisions.training,
      updates: 300,
      optimizer: { ...decisions.training.optimizer, learningRate: 1e-3 },
    },
  },
};

const muscles: PlanTemplate = { ...published, task: { id: 'muscle-reach', settings: {} } };

/** What the published script sets for reaching, on the recording with muscles; what it sets there is not published. */
export const musclePreset: Preset = {
  id: 'muscles',
  label: 'As published for reaching',
  summary:
    '200 units, 1000 updates of 100 trials, Adam 3e-4: the published settings of the centre-out reach; those of this task are not known.',
  plan: muscles,
};

export const quickMusclePreset: Preset = {
  id: 'quick-muscles',
  label: 'Quick look, muscles',
  summary: '100 units, 300 updates of 54 trials, Adam 1e-3.',
  plan: {
    ...muscles,
    model: { ...muscles.model, units: 100 },
    seeds: [1, 2],
    training: { ...quickPreset.plan.training, trials: 54 },
  },
};

export const presets: readonly Preset[] = [
  publishedPreset,
  quickPreset,
  publishedDecisionPreset,
  paperDecisionPreset,
  quickDecisionPreset,
  musclePreset,
  quickMusclePreset,
];

/** Those of the dataset's task, the published one first. */
export function presetsFor(recording: RecordingKind): readonly Preset[] {
  return presets.filter(({ plan }) => plan.task.id === taskOfRecording(recording));
}
