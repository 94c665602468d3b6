import type { Behaviour, Dataset } from '../data/dataset.ts';
import { LabError } from '../errors.ts';
import { muscleReachSettings } from './muscleReachSettings.ts';
import { planInputs } from './planInputs.ts';
import { drawTrials, oneTrialEach, requireFit } from './reachBatches.ts';
import { holdEnd, type Course, type Movement } from './reachTrial.ts';
import { defaultsOf, readSettings, refuseSetting } from './settings.ts';
import type { SettingValues } from './settings.ts';
import type { TaskDefinition } from './task.ts';

type Settings = SettingValues<typeof muscleReachSettings>;

const label = 'Reach with muscles (Sussillo 2015)';

/**
 * Reach with a delay, of which the network makes the muscles' activity: inputs tell the reach while a hold cue is on; when it
 * goes off, the outputs are what the muscles did in the recording, condition by condition.
 *
 * Inputs: the plan of each condition (see planInputs.ts) or one input per condition, and the hold cue; see reachTrial.ts for
 * the course. Outputs: all signals of the behaviour that was added to the dataset, on its own steps. Of the comparison, the
 * steps on which the recording falls are those at which the outputs are the muscles of the same time.
 */
export const muscleReach: TaskDefinition<Partial<Settings>> = {
  id: 'muscle-reach',
  label,
  source: 'Sussillo, Churchland, Kaufman & Shenoy 2015, Nat. Neurosci. 18:1025; as posed by Liu, Yang & Cueva 2025',
  assumes:
    'What the published pipeline puts in to tell the conditions is not known. Taken: the first principal components of the recorded activity before the movement, for as we understand the paper, its inputs stand for the prepared state. Networks are then given a part of the recording that they are compared with; one input per condition gives them none.',
  settings: muscleReachSettings,
  defaults: defaultsOf(muscleReachSettings),
  loss: () => 'mean-squared-error',
  pose(dataset, given) {
    const settings = readSettings(label, muscleReachSettings, given);
    const { steps, interval1, interval2, outputOffset, cue } = settings;
    const behaviour = behaviourOf(dataset);
    const { dtMs, shift } = stepsOf(dataset, behaviour);
    const test = { interval1: settings.testInterval1, interval2: settings.testInterval2 };
    const refuse = (expected: string, found: string): never => refuseSetting(label, expected, found);
    for (const end of [0, 1] as const) {
      requireFit(steps, outputOffset, { interval1: interval1[end], interval2: interval2[end] }, refuse);
    }
    const firstOutput = holdEnd(test) + outputOffset;
    const start = firstOutput - shift;
    const stop = start + dataset.timeMs.length;
    const testSteps = Math.max(holdEnd(test), firstOutput + behaviour.timeMs.length, stop);
    requireFit(testSteps, outputOffset, test, refuse);
    if (start < 0) {
      const found = `testInterval1 ${test.interval1} and testInterval2 ${test.interval2}; make one of them longer`;
      refuse(`the recording to begin within the trial, ${-start} steps later`, found);
    }
    const movements = movementsOf(dataset, behaviour, settings);
    const course: Course = { outputOffset, cue };
    return {
      id: muscleReach.id,
      dtMs,
      inputLabels: [...cueLabels(dataset, settings), 'hold'],
      outputLabels: behaviour.labels,
      loss: muscleReach.loss({}),
      steps,
      draw: (random, trials) => drawTrials(random, trials, movements, settings, course),
      analysis: { batch: oneTrialEach(movements, testSteps, test, course), start, stop },
    };
  },
};

function behaviourOf({ behaviour }: Dataset): Behaviour {
  return (
    behaviour ??
    lacks(
      'behaviour from a second file, such as EMG',
      'none',
      'Add it on the dataset’s page, or with lrlab datasets add-behaviour.',
    )
  );
}

/** Length of a step; shift: step of the dataset on which the behaviour's first step falls, below 0 where it is earlier. */
function stepsOf({ timeMs }: Dataset, behaviour: Behaviour): { dtMs: number; shift: number } {
  const dtMs = timeMs[1] - timeMs[0];
  const own = behaviour.timeMs[1] - behaviour.timeMs[0];
  const shift = (behaviour.timeMs[0] - timeMs[0]) / dtMs;
  const advice = 'Bring both to the same steps, and import them again.';
  if (Math.abs(own - dtMs) > 1e-6 * dtMs)
    lacks(`${behaviour.name} in steps of ${dtMs} ms, as the activity`, `${own} ms`, advice);
  if (Math.abs(shift - Math.round(shift)) > 1e-6) {
    lacks(
      `${behaviour.name} at the times of the activity's steps`,
      `${behaviour.timeMs[0]} ms beside ${timeMs[0]} ms`,
      advice,
    );
  }
  return { dtMs, shift: Math.round(shift) };
}

function cueLabels({ conditions }: Dataset, { conditionInputs, components }: Settings): string[] {
  if (conditionInputs === 'one-hot') return conditions.map((condition) => condition.label);
  return Array.from({ length: components }, (_, k) => `plan component ${k + 1}`);
}

function movementsOf(dataset: Dataset, { values, labels }: Behaviour, settings: Settings): Movement[] {
  const [signals, steps, conditions] = values.shape as [number, number, number];
  const scales = scalesOf(values.data, signals, settings.scale);
  const at = (signal: number, step: number, condition: number): number =>
    values.data[(signal * steps + step) * conditions + condition] * scales[signal];
  const mean = (signal: number): number =>
    Array.from({ length: conditions }, (_, c) => at(signal, 0, c)).reduce((sum, v) => sum + v, 0) / conditions;
  const rest = Float32Array.from(labels, (_, signal) => (settings.rest === 'zero' ? 0 : mean(signal)));
  const nothing = new Float32Array(signals);
  return cuesOf(dataset, settings).map((cue, condition) => ({
    cue,
    rest,
    target: Float32Array.from({ length: steps * signals }, (_, i) =>
      at(i % signals, Math.floor(i / signals), condition),
    ),
    after: { target: nothing, mask: nothing },
  }));
}

/** By which the signals are multiplied. */
function scalesOf(data: ArrayLike<number>, signals: number, scale: Settings['scale']): number[] {
  const each = data.length / signals;
  const largest = Array.from({ length: signals }, (_, s) => {
    let size = 0;
    for (let i = s * each; i < (s + 1) * each; i++) size = Math.max(size, Math.abs(data[i]));
    return size;
  });
  const all = Math.max(...largest);
  return largest.map((own) => (scale === 'none' ? 1 : 1 / ((scale === 'each' ? own : all) || 1)));
}

function cuesOf(dataset: Dataset, { conditionInputs, components, planMs }: Settings): number[][] {
  const { conditions, timeMs, activity } = dataset;
  if (conditionInputs === 'one-hot') return conditions.map((_, c) => conditions.map((__, k) => (k === c ? 1 : 0)));
  const most = Math.min(conditions.length - 1, activity.shape[0]);
  if (components > most) {
    refuseSetting(
      label,
      `components to be at most ${most}, for ${conditions.length} conditions of ${activity.shape[0]} neurons have no more`,
      String(components),
    );
  }
  const [first, last] = planMs;
  const steps = [...timeMs.keys()].filter((t) => first <= timeMs[t] && timeMs[t] <= last);
  if (steps.length === 0 || first < timeMs[0] || last > timeMs.at(-1)!) {
    refuseSetting(
      label,
      `planMs to lie within the recording, ${timeMs[0]} to ${timeMs.at(-1)} ms`,
      `${first} to ${last} ms`,
    );
  }
  return (
    planInputs(dataset, steps, components) ??
    lacks(
      `activity that differs between conditions from ${first} to ${last} ms`,
      'none',
      'Take the plan from another time, or one input per condition.',
    )
  );
}

function lacks(expected: string, found: string, advice: string): never {
  throw new LabError(
    'task.data',
    `Posing the task "${label}" on a dataset: expected ${expected}, found ${found}. ${advice}`,
  );
}
