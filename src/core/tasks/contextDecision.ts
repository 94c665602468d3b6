/**
 * Context-dependent decision: moving coloured dots, of which either the motion or the colour decides.
 *
 *                  fixation   stimulus   delay   decision
 *   fixation       1          1          1       0
 *   left, right    0          (1 ∓ motion) / 2   0       0         motion: coherence with sign
 *   red, green     0          (1 ∓ colour) / 2   0       0
 *   context        1 in one of two inputs        0
 *   target order   0 and 1 throughout, where it is shown: which colour belongs to which choice
 *   right output   0          0          0       1 or 2
 *
 * Noise, if any, is added to left, right, red and green while the stimulus is shown. Then the inputs of every step are
 * divided by their Euclidean norm, as in the published trials; a step without any input stays empty. Every step counts.
 *
 * By default every batch has each condition once: without noise the same batch at every update, as published.
 */
import { contextConditionFrom, contextConditions, contextValues } from '../data/contextConditions.ts';
import type { Context, ContextCondition } from '../data/contextConditions.ts';
import type { Condition, Dataset } from '../data/dataset.ts';
import { LabError } from '../errors.ts';
import { normals } from '../math/random/normals.ts';
import type { NumpyRandom } from '../math/random/numpyRandom.ts';
import { contextDecisionSettings } from './contextDecisionSettings.ts';
import { contextTrials, decisionTiming, inputLabelsOf, outputLabels, stepNoise, type Trial } from './contextTrials.ts';
import { defaultsOf, readSettings, refuseSetting } from './settings.ts';
import type { SettingValues } from './settings.ts';
import type { Batch, Conventions, Task, TaskDefinition } from './task.ts';
import { unrecorded } from './unrecorded.ts';

type Settings = SettingValues<typeof contextDecisionSettings>;

const label = 'Context-dependent decision (Mante 2013)';

export const contextDecision: TaskDefinition<Partial<Settings>> = {
  id: 'context-decision',
  label,
  source: 'Mante, Sussillo, Shenoy & Newsome 2013, Nature 503:78; as posed by Liu, Yang & Cueva 2025',
  settings: contextDecisionSettings,
  defaults: defaultsOf(contextDecisionSettings),
  loss: () => 'cross-entropy',
  protocol(given) {
    const settings = read(given);
    const { stimulus, steps } = decisionTiming(settings);
    return unrecorded({
      task: label,
      conditions: conditionsOf(settings),
      steps,
      dtMs: settings.dtMs,
      zeroStep: stimulus.from,
      alignment: 'stimulus onset',
    });
  },
  pose(dataset, given, conventions = 'published') {
    const settings = read(given);
    return settings.trials === 'file'
      ? posedFromFile(dataset, settings)
      : posedGenerated(dataset, settings, conventions);
  },
};

function read(given: unknown): Settings {
  const settings = readSettings(label, contextDecisionSettings, given);
  for (const name of ['motionCoherences', 'colourCoherences'] as const) {
    if (new Set(settings[name]).size === settings[name].length) continue;
    refuseSetting(label, `${name} to differ from each other`, settings[name].join(', '));
  }
  decisionTiming(settings, (expected, found) => refuseSetting(label, expected, found));
  return settings;
}

function conditionsOf({ motionCoherences, colourCoherences, contexts }: Settings): Condition[] {
  const both: readonly Context[] = ['motion', 'colour'];
  return contextConditions(
    { motion: motionCoherences, colour: colourCoherences },
    contexts === 'both' ? both : both.filter((context) => context === contexts),
  );
}

function posedGenerated(dataset: Dataset, settings: Settings, conventions: Conventions): Task {
  const { dtMs, inputNoise, draw } = settings;
  const { stimulus, steps } = decisionTiming(settings);
  const own = conditionsOf(settings).map((condition) => contextConditionFrom(condition)!);
  const asked = dataset.conditions.map((condition) => amongOwn(condition, own));
  const silent = (conditions: readonly ContextCondition[]): Batch =>
    contextTrials(
      conditions.map((condition): Trial => ({ condition, noise: null })),
      settings,
    );
  const each = silent(own);
  const noisy = (random: NumpyRandom, conditions: readonly ContextCondition[]): Batch =>
    contextTrials(
      conditions.map((condition): Trial => {
        const noise = normals(random, stepNoise * (stimulus.to - stimulus.from)).map((v) => inputNoise * v);
        return { condition, noise };
      }),
      settings,
    );
  return {
    id: contextDecision.id,
    dtMs,
    inputLabels: inputLabelsOf(settings),
    outputLabels,
    loss: contextDecision.loss({}),
    steps,
    ...(draw === 'every-condition' ? { fixedTrials: own.length } : {}),
    draw(random, trials) {
      if (draw === 'every-condition') return inputNoise === 0 ? each : noisy(random, own);
      const conditions = random.randints(0, own.length, trials).map((c) => own[c]);
      return inputNoise === 0 ? silent(conditions) : noisy(random, conditions);
    },
    analysis: { batch: silent(asked), ...windowOf(dataset, stimulus.from, steps, dtMs, conventions) },
  };
}

/** The task's condition of the same motion, colour and context. */
function amongOwn(condition: Condition, own: readonly ContextCondition[]): ContextCondition {
  const wanted = contextConditionFrom(condition);
  const found =
    wanted &&
    own.find((c) => same(c.motion, wanted.motion) && same(c.colour, wanted.colour) && c.context === wanted.context);
  return (
    found ??
    lacks(
      wanted
        ? `conditions with the coherences and contexts of the settings (motion ±${levels(own, 'motion')}, colour ±${levels(own, 'colour')}, ${contextsOf(own)})`
        : 'conditions with a motion, a colour and a context',
      `"${condition.label}"`,
    )
  );
}

const same = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

function levels(conditions: readonly ContextCondition[], of: 'motion' | 'colour'): string {
  return [...new Set(conditions.map((c) => Math.abs(c[of])))].sort((a, b) => a - b).join(' ');
}

function contextsOf(conditions: readonly ContextCondition[]): string {
  const present = Object.entries(contextValues).filter(([, value]) => conditions.some((c) => c.context === value));
  return present.map(([context]) => `${context} decides`).join(' or ');
}

/**
 * Where the steps of the dataset fall in a trial whose stimulus begins at step `onset`. [Note: Recording at stimulus onset]
 * The recordings of Mante et al. begin 100 ms after stimulus onset; the published comparison lays them on its first step.
 */
function windowOf(
  { timeMs }: Dataset,
  onset: number,
  steps: number,
  dtMs: number,
  conventions: Conventions,
): { start: number; stop: number } {
  const step = timeMs[1] - timeMs[0];
  if (Math.abs(step - dtMs) > 1e-6 * dtMs) lacks(`steps of ${dtMs} ms (setting dtMs)`, `${step} ms`);
  const recorded = onset + Math.round(timeMs[0] / dtMs);
  const fits = recorded >= 0 && recorded + timeMs.length <= steps;
  const start = conventions === 'published' ? Math.min(recorded, onset) : recorded;
  if (fits) return { start, stop: start + timeMs.length };
  return lacks(
    `times within ${-onset * dtMs} … ${(steps - 1 - onset) * dtMs} ms from stimulus onset, which a trial lasts`,
    `${timeMs[0]} … ${timeMs.at(-1)} ms`,
  );
}

/** Trials as they came in the dataset's file. */
function posedFromFile(dataset: Dataset, settings: Settings): Task {
  const { trials, conditions, timeMs } = dataset;
  if (!trials) return lacks('trials in the file (setting trials: file)', 'none; set trials to "generated"');
  const [count, steps, inputs] = trials.input.shape as [number, number, number];
  const labels = inputLabelsOf({ colourTargetOrder: true });
  const dtMs = timeMs[1] - timeMs[0];
  if (Math.abs(dtMs - settings.dtMs) > 1e-6 * dtMs) lacks(`steps of ${settings.dtMs} ms (setting dtMs)`, `${dtMs} ms`);
  const bad = trials.target.data.findIndex((c: number) => !outputLabels[c]);
  if (bad >= 0) lacks(`right outputs from 0 to ${outputLabels.length - 1}`, String(trials.target.data[bad]));
  const { input, target, mask, start } = trials;
  const batch: Batch = { trials: count, steps, input, target, mask };
  return {
    id: contextDecision.id,
    dtMs,
    inputLabels: Array.from({ length: inputs }, (_, i) => labels[i] ?? `input ${i + 1}`),
    outputLabels,
    loss: contextDecision.loss({}),
    steps,
    fixedTrials: conditions.length,
    draw: () => batch,
    analysis: { batch, start, stop: start + timeMs.length },
  };
}

function lacks(expected: string, found: string): never {
  throw new LabError(
    'task.data',
    `Posing the task "${label}" on a dataset: expected ${expected}, found ${found}. Choose another dataset, or other settings of the task.`,
  );
}
