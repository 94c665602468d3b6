/** Trials of the context-dependent decision, see contextDecision.ts for their course. */
import { contextValues } from '../data/contextConditions.ts';
import type { ContextCondition } from '../data/contextConditions.ts';
import { zeros } from '../math/tensor.ts';
import type { contextDecisionSettings } from './contextDecisionSettings.ts';
import type { SettingValues } from './settings.ts';
import type { Batch } from './task.ts';

type Settings = SettingValues<typeof contextDecisionSettings>;

/** noise: stimulus steps × stepNoise, added to what the dots show; or null */
export type Trial = { readonly condition: ContextCondition; readonly noise: Float64Array | null };

/** Inputs that carry noise: left, right, red, green. */
export const stepNoise = 4;

const dots = { first: 1, count: stepNoise } as const;
const always = ['fixation', 'left', 'right', 'red', 'green', 'context: motion', 'context: colour'];
const order = ['target order 1', 'target order 2'];
export const outputLabels = ['no choice', 'choice 1', 'choice 2'];

export function inputLabelsOf({ colourTargetOrder }: Pick<Settings, 'colourTargetOrder'>): string[] {
  return colourTargetOrder ? [...always, ...order] : always;
}

type Phase = { readonly from: number; readonly to: number };
type Refuse = (expected: string, found: string) => never;

/** Steps of the stimulus and of the decision, and of the whole trial; phases are rounded down to whole steps. */
export function decisionTiming(
  { dtMs, fixationMs, stimulusMs, delayMs, decisionMs }: Settings,
  refuse?: Refuse,
): { stimulus: Phase; decision: Phase; steps: number } {
  const [fixation, shown, delay, decided] = [fixationMs, stimulusMs, delayMs, decisionMs].map((ms) =>
    Math.floor(ms / dtMs + 1e-9),
  );
  if (shown < 2) refuse?.(`the stimulus to last two steps of ${dtMs} ms or more`, `${stimulusMs} ms`);
  if (decided < 1) refuse?.(`the decision to last one step of ${dtMs} ms or more`, `${decisionMs} ms`);
  const stimulus = { from: fixation, to: fixation + shown };
  const steps = stimulus.to + delay + decided;
  return { stimulus, decision: { from: stimulus.to + delay, to: steps }, steps };
}

export function contextTrials(trials: readonly Trial[], settings: Settings): Batch {
  const { stimulus, decision, steps } = decisionTiming(settings);
  const inputs = inputLabelsOf(settings).length;
  const batch: Batch = {
    trials: trials.length,
    steps,
    input: zeros([trials.length, steps, inputs], 'float32'),
    target: zeros([trials.length, steps], 'float32'),
    mask: zeros([trials.length, steps], 'float32'),
  };
  batch.mask.data.fill(1);
  trials.forEach(({ condition, noise }, trial) => {
    const [before, during] = [stepOf(condition, settings, false), stepOf(condition, settings, true)];
    const after = before.map((v, i) => (i < always.length ? 0 : v));
    for (let t = 0; t < steps; t++) {
      const shown = t >= stimulus.from && t < stimulus.to;
      const step = t >= decision.from ? after : shown ? during.slice() : before;
      if (shown && noise) {
        for (let i = 0; i < dots.count; i++) step[dots.first + i] += noise[(t - stimulus.from) * stepNoise + i];
      }
      const at = (trial * steps + t) * inputs;
      batch.input.data.set(settings.normalizeInputs ? normalized(step) : step, at);
    }
    batch.target.data.fill(condition.choice, trial * steps + decision.from, trial * steps + decision.to);
  });
  return batch;
}

/** Inputs of one step before the decision. */
function stepOf({ motion, colour, context }: ContextCondition, settings: Settings, shown: boolean): number[] {
  const shares = [motion, colour].flatMap((coherence) => [(1 - coherence) / 2, (1 + coherence) / 2]);
  const attended = context === contextValues.motion ? [1, 0] : [0, 1];
  return [1, ...shares.map((share) => (shown ? share : 0)), ...attended, ...(settings.colourTargetOrder ? [0, 1] : [])];
}

/**
 * Divided by the Euclidean norm. [Note: Norm in float32] The published trials round to float32 before the division, and
 * the norm too; so do these, to the last bit.
 */
function normalized(step: readonly number[]): number[] {
  const rounded = step.map(Math.fround);
  const norm = Math.fround(Math.sqrt(rounded.reduce((sum, v) => sum + v * v, 0)));
  return norm === 0 ? rounded : rounded.map((v) => v / norm);
}
