/**
 * Spikes → condition-averaged rates.
 *
 *   r[n, t, c] = mean over trials k of c of  Σ over spikes s of n  (K(t + w/2 − s + e[k]) − K(t − w/2 − s + e[k])) / w
 *
 * e[k]: time of the event; w: length of a step; K: cumulative kernel, see kernel.ts. Then each neuron's normalisation.
 */
import type { SingleTrial } from '../dataset.ts';
import { LabError } from '../../errors.ts';
import { tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { Content } from '../layouts/layout.ts';
import { addRates, spikesIn, stepsOf, timesOf, windowOf } from './binnedRates.ts';
import type { Steps } from './binnedRates.ts';
import { kernelOf } from './kernel.ts';
import { applyScaling, scalingOf } from './normalisation.ts';
import type { RateOptions } from './rateOptions.ts';
import { columnNamed } from './recording.ts';
import type { SpikeRecording, SpikeUnit } from './recording.ts';
import { averageSignals } from './signals.ts';
import { weightsOf } from './stepWeights.ts';
import { groupTrials } from './trialGroups.ts';
import type { TrialGroup } from './trialGroups.ts';

/** What was taken, what was not, and why. */
export type RatesReport = {
  steps: number;
  /** of the trials that are taken; those with too few are not kept */
  conditions: { label: string; trials: number; kept: boolean }[];
  trialsLeftOut: { why: string; trials: number }[];
  /** places of units in the recording */
  unitsKept: number[];
  /** units: their names */
  unitsLeftOut: { why: string; units: string[] }[];
  signals: string[];
  signalsLeftOut: string[];
};

type Chosen = { steps: Steps; groups: TrialGroup[]; units: ChosenUnit[]; report: RatesReport };
/** recorded: of every group, which of its trials this unit was recorded in */
type ChosenUnit = { place: number; unit: SpikeUnit; recorded: boolean[][] };

/** Numbers that the activity, or the single trials, may have. */
const mostNumbers = 2 ** 26;
const mostSteps = 20_000;

/**
 * The dataset's content. only: places of the units that are wanted, of those that the options keep; absent: all.
 * Throws LabError `rates.*` where the options do not fit the recording, or leave nothing.
 */
export function ratesOf(
  recording: SpikeRecording,
  options: RateOptions,
  only?: readonly number[],
): { content: Content; report: RatesReport } {
  const { steps, groups, units: kept, report } = choose(recording, options);
  const units = only ? kept.filter(({ place }) => only.includes(place)) : kept;
  const averages = new Float64Array(units.length * steps.count * groups.length);
  const trials = new SingleTrials(units, groups, steps, options.keepTrials && !only);
  requireRoom(averages.length, 'the activity', 'Choose longer steps or a shorter window.');
  requireRoom(trials.numbers, 'the single trials', 'Leave them out, or choose longer steps or a shorter window.');
  const weights = weightsOf(kernelOf(options.smoothing), steps.binMs);
  units.forEach(({ unit, recorded }, n) => {
    const mine = new Float64Array(steps.count * groups.length);
    const rates = groups.map(({ events }, c) => {
      const there = events.flatMap((event, k) => (recorded[c][k] ? [{ event, k }] : []));
      const each = new Float64Array(there.length * steps.count);
      there.forEach(({ event }, row) => addRates(unit.times, event, steps, weights, each, row * steps.count));
      for (let t = 0; t < steps.count; t++) {
        let sum = 0;
        for (let row = 0; row < there.length; row++) sum += each[row * steps.count + t];
        mine[t * groups.length + c] = sum / there.length;
      }
      return each;
    });
    const scaling = scalingOf(mine, options.normalisation);
    applyScaling(mine, scaling);
    averages.set(mine, n * mine.length);
    rates.forEach((each, c) => {
      applyScaling(each, scaling);
      trials.add(n, c, each);
    });
  });
  const { kinematics, leftOut } = averageSignals(recording.signals, groups, steps, options.signals);
  const singleTrials = trials.finish();
  const content: Content = {
    name: options.name,
    simulated: false,
    activity: tensor([units.length, steps.count, groups.length], averages),
    neuronNames: units.map(({ unit }) => unit.name),
    timeMs: timesOf(steps),
    alignment: asWords(options.event),
    conditions: groups.map(({ label, values }) => ({ label, values })),
    kinematics,
    ...(singleTrials ? { singleTrials } : {}),
    facts: {
      trialsPerCondition: vector(groups.map(({ trials: { length } }) => length)),
      ...durationsOf(recording, groups),
    },
  };
  return { content, report: { ...report, signals: Object.keys(kinematics), signalsLeftOut: leftOut } };
}

/** Everything but the rates. */
function choose(recording: SpikeRecording, options: RateOptions): Chosen {
  const steps = stepsOf(options);
  requireSteps(steps, options);
  const { groups: all, leftOut } = groupTrials(recording, options);
  const least = Math.max(1, options.minTrials);
  const groups = all.filter(({ trials }) => trials.length >= least);
  if (groups.length === 0) {
    const most = Math.max(...all.map(({ trials }) => trials.length));
    throw new LabError(
      'rates.minTrials',
      `Sorting trials: expected a condition with at least ${least} of them, found at most ${most}. Ask for fewer trials, or for fewer conditions.`,
    );
  }
  const units: ChosenUnit[] = [];
  const unitsLeftOut = new Map<string, string[]>();
  recording.units.forEach((unit, place) => {
    const chosen = { place, unit, recorded: groups.map(({ events }) => events.map(observedIn(unit, steps))) };
    const why = whyNot(chosen, groups, steps, { ...options, minTrials: least });
    if (why === null) units.push(chosen);
    else unitsLeftOut.set(why, [...(unitsLeftOut.get(why) ?? []), unit.name]);
  });
  if (units.length === 0) {
    const found = [...unitsLeftOut].map(([why, names]) => `${names.length}: ${why}`).join('; ');
    throw new LabError(
      'rates.noUnits',
      `Choosing neurons: expected at least one of ${recording.units.length}, found none (${found || 'there are none'}). Choose another window, a lower rate, or fewer trials per condition.`,
    );
  }
  const report: RatesReport = {
    steps: steps.count,
    conditions: all.map((group) => ({
      label: group.label,
      trials: group.trials.length,
      kept: group.trials.length >= least,
    })),
    trialsLeftOut: leftOut,
    unitsKept: units.map(({ place }) => place),
    unitsLeftOut: [...unitsLeftOut].map(([why, names]) => ({ why, units: names })),
    signals: [],
    signalsLeftOut: [],
  };
  return { steps, groups, units, report };
}

function whyNot(
  { unit, recorded }: ChosenUnit,
  groups: readonly TrialGroup[],
  steps: Steps,
  { minTrials, minRateHz }: RateOptions,
): string | null {
  const few = recorded.some((group) => group.filter(Boolean).length < minTrials);
  if (few) return `recorded in fewer than ${minTrials} trials of a condition`;
  let [spikes, trials] = [0, 0];
  groups.forEach(({ events }, c) =>
    events.forEach((event, k) => {
      if (!recorded[c][k]) return;
      spikes += spikesIn(unit.times, event, steps);
      trials += 1;
    }),
  );
  if (spikes === 0) return 'no spike in the trials taken';
  const rate = spikes / ((trials * steps.count * steps.binMs) / 1000);
  return rate > minRateHz ? null : `mean rate not above ${minRateHz} Hz`;
}

function observedIn({ observed }: SpikeUnit, steps: Steps): (event: number) => boolean {
  if (!observed) return () => true;
  const [first, end] = windowOf(steps).map((ms) => ms / 1000);
  return (event) => observed.some(([from, to]) => from <= event + first + 1e-9 && event + end - 1e-9 <= to);
}

function requireSteps({ count }: Steps, { fromMs, toMs, binMs }: RateOptions): void {
  const found = `${fromMs} to ${toMs} ms by ${binMs} ms`;
  if (!(count >= 2)) {
    throw new LabError(
      'rates.window',
      `Cutting trials into steps: expected a window of at least 2 steps, found ${found}. Choose a later end, or shorter steps.`,
    );
  }
  if (count <= mostSteps) return;
  throw new LabError(
    'rates.window',
    `Cutting trials into steps: expected at most ${mostSteps} steps, found ${count} (${found}). Choose longer steps.`,
  );
}

function requireRoom(numbers: number, what: string, advice: string): void {
  if (numbers <= mostNumbers) return;
  throw new LabError(
    'rates.size',
    `Making room for ${what}: expected at most ${mostNumbers} numbers, found ${numbers}. ${advice}`,
  );
}

/** Rates of single trials, filled neuron by neuron. */
class SingleTrials {
  readonly numbers: number;
  readonly #steps: number;
  readonly #units: readonly ChosenUnit[];
  /** by group and trial; null: they are not wanted. rows: how many of its neurons are filled in */
  readonly #trials: (SingleTrial & { rows: number })[][] | null;

  constructor(units: readonly ChosenUnit[], groups: readonly TrialGroup[], steps: Steps, wanted: boolean) {
    this.#steps = steps.count;
    this.#units = units;
    const neurons = groups.map(({ events }, c) =>
      events.map((_, k) => units.flatMap(({ recorded }, n) => (recorded[c][k] ? [n] : []))),
    );
    this.numbers = wanted ? steps.count * neurons.flat().reduce((sum, { length }) => sum + length, 0) : 0;
    const few = this.numbers <= mostNumbers; // else it is refused
    this.#trials =
      wanted && few
        ? neurons.map((ofGroup, condition) =>
            ofGroup.map((there) => ({
              condition,
              rows: 0,
              neurons: there,
              activity: tensor([there.length, steps.count], new Float64Array(there.length * steps.count)),
            })),
          )
        : null;
  }

  /** Neuron after neuron, from 0 on. rates: trials of the condition that it was recorded in × steps. */
  add(neuron: number, condition: number, rates: Float64Array): void {
    let row = 0;
    this.#trials?.[condition].forEach((trial, k) => {
      if (!this.#units[neuron].recorded[condition][k]) return;
      const mine = rates.subarray(row * this.#steps, (row + 1) * this.#steps);
      trial.activity.data.set(mine, trial.rows * this.#steps);
      trial.rows += 1;
      row += 1;
    });
  }

  finish(): SingleTrial[] | null {
    const there = this.#trials?.flat().filter(({ neurons }) => neurons.length > 0);
    return there?.map(({ condition, neurons, activity }) => ({ condition, neurons, activity })) ?? null;
  }
}

/** How long movements took, where the recording says so: ms, by condition. */
function durationsOf(recording: SpikeRecording, groups: readonly TrialGroup[]): Record<string, Tensor> {
  if (!recording.movement) return {};
  const [from, to] = [recording.movement.from, recording.movement.to].map(
    (name) => columnNamed(recording, name, 'the times of movements').values as Float64Array,
  );
  const durations = groups.map(
    ({ trials }) =>
    trials.map((k) => 1000 * (to[k] - from[k])).filter((ms) => Number.isFinite(ms)).sort((a, b) => a - b), // prettier-ignore
  );
  if (durations.some(({ length }) => length === 0)) return {};
  return {
    meanMovementMs: vector(durations.map((ms) => ms.reduce((sum, x) => sum + x, 0) / ms.length)),
    medianMovementMs: vector(durations.map((ms) => (ms[(ms.length - 1) >> 1] + ms[ms.length >> 1]) / 2)),
  };
}

/** move_onset_time → move onset */
const asWords = (event: string): string => event.replace(/[_ ]times?$/, '').replaceAll('_', ' ');

const vector = (values: number[]): Tensor => tensor([values.length], Float64Array.from(values));
