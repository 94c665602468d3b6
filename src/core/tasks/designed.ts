/**
 * Tasks that make their trials themselves: a design says which conditions there are, which phases a trial goes through
 * and what is put in and wanted in each. Timing, batches, the analysis trials and the fit to a recording follow.
 */
import type { Condition, Dataset } from '../data/dataset.ts';
import { LabError } from '../errors.ts';
import type { NumpyRandom } from '../math/random/numpyRandom.ts';
import { defaultsOf, readSettings, refuseSetting } from './settings.ts';
import type { SettingValues, TaskSettings } from './settings.ts';
import type { LossId, Task, TaskDefinition } from './task.ts';
import { emptyBatch, TrialWriter } from './trialWriter.ts';
import type { Span } from './trialWriter.ts';
import { unrecorded } from './unrecorded.ts';

/** P: names of the phases. */
export type Design<P extends string> = {
  readonly dtMs: number;
  readonly inputLabels: readonly string[];
  readonly outputLabels: readonly string[];
  readonly loss: LossId;
  readonly conditions: readonly Condition[];
  /** in order, each [shortest, longest] in ms; every trial draws its own, the analysis trials have the middle ones */
  readonly phases: Readonly<Record<P, readonly [number, number]>>;
  /** time 0 is the beginning of this phase; event: what happens then, for example "cue onset" */
  readonly zero: { readonly phase: P; readonly event: string };
  /** Writes one trial; all of it counts, and what is not written is 0 (or the first class). */
  write(trial: TrialWriter, condition: number, spans: Readonly<Record<P, Span>>): void;
};

/** Steps of every phase, in order. */
type Timing = readonly number[];

/** D: the settings described. */
export function designedTask<const D extends TaskSettings, P extends string>(task: {
  id: string;
  label: string;
  source: string;
  settings: D;
  /** Throws LabError `task.settings` where settings do not go together. */
  design(values: SettingValues<D>): Design<P>;
}): TaskDefinition<Partial<SettingValues<D>>> {
  const { id, label, source, settings } = task;
  const prepared = (given: unknown): Trials<P> => new Trials(label, task.design(readSettings(label, settings, given)));
  return {
    id,
    label,
    source,
    settings,
    defaults: defaultsOf(settings),
    loss: (given) => task.design(readSettings(label, settings, given)).loss,
    protocol: (given) => prepared(given).protocol(),
    pose: (dataset, given) => prepared(given).pose(id, dataset),
  };
}

class Trials<P extends string> {
  readonly #task: string;
  readonly #design: Design<P>;
  readonly #names: P[];
  /** steps */
  readonly #shortest: Timing;
  readonly #longest: Timing;
  readonly #middle: Timing;

  constructor(task: string, design: Design<P>) {
    this.#task = task;
    this.#design = design;
    this.#names = Object.keys(design.phases) as P[];
    const ranges = this.#names.map((name) => this.#stepsOf(name));
    this.#shortest = ranges.map(([shortest]) => shortest);
    this.#longest = ranges.map(([, longest]) => longest);
    this.#middle = ranges.map(([shortest, longest]) => Math.floor((shortest + longest) / 2));
  }

  protocol(): Dataset {
    const { dtMs, conditions, zero } = this.#design;
    return unrecorded({
      task: this.#task,
      conditions,
      dtMs,
      steps: total(this.#middle),
      zeroStep: this.#zeroStep(),
      alignment: zero.event,
    });
  }

  pose(id: string, dataset: Dataset): Task {
    const { dtMs, inputLabels, outputLabels, loss } = this.#design;
    const window = this.#windowOf(dataset);
    return {
      id,
      dtMs,
      inputLabels,
      outputLabels,
      loss,
      steps: total(this.#longest),
      draw: (random, trials) => this.#draw(random, trials),
      analysis: { batch: this.#analysisBatch(), ...window },
    };
  }

  /** Draws the conditions of all trials, then the timing trial by trial. With enough trials every condition occurs. */
  #draw(random: NumpyRandom, trials: number): Task['analysis']['batch'] {
    const { conditions } = this.#design;
    const drawn = random.randints(0, conditions.length, trials);
    if (trials >= conditions.length) conditions.forEach((_, c) => (drawn[c] = c));
    const batch = emptyBatch(trials, total(this.#longest), this.#design);
    drawn.forEach((condition, trial) => {
      const timing = this.#longest.map((last, p) => random.randint(this.#shortest[p], last + 1));
      this.#write(batch, trial, condition, timing);
    });
    return batch;
  }

  #analysisBatch(): Task['analysis']['batch'] {
    const { conditions } = this.#design;
    const batch = emptyBatch(conditions.length, total(this.#middle), this.#design);
    conditions.forEach((_, c) => this.#write(batch, c, c, this.#middle));
    return batch;
  }

  #write(batch: Task['analysis']['batch'], trial: number, condition: number, timing: Timing): void {
    const ends = timing.map((_, p) => total(timing.slice(0, p + 1)));
    const spans = Object.fromEntries(this.#names.map((name, p) => [name, { from: ends[p] - timing[p], to: ends[p] }]));
    const writer = new TrialWriter(batch, trial);
    writer.count({ from: 0, to: total(timing) });
    this.#design.write(writer, condition, spans as Record<P, Span>);
  }

  #stepsOf(name: P): readonly [number, number] {
    const { phases, dtMs } = this.#design;
    const steps = phases[name].map((ms) => Math.round(ms / dtMs)) as [number, number];
    if (steps[0] > 0) return steps;
    return refuseSetting(this.#task, `"${name}" to last one step (${dtMs} ms) or more`, `${phases[name][0]} ms`);
  }

  /** in the analysis trials */
  #zeroStep(): number {
    return total(this.#middle.slice(0, this.#names.indexOf(this.#design.zero.phase)));
  }

  /** Where the steps of the dataset fall in the analysis trials. */
  #windowOf({ timeMs, conditions, activity }: Dataset): { start: number; stop: number } {
    const { dtMs, conditions: own, zero } = this.#design;
    const step = timeMs[1] - timeMs[0];
    if (conditions.length !== own.length) {
      this.#lacks(`${own.length} conditions, in the order ${own.map((c) => c.label).join('; ')}`, conditions.length);
    }
    if (Math.abs(step - dtMs) > 1e-6 * dtMs) this.#lacks(`steps of ${dtMs} ms, or set dtMs to its own`, `${step} ms`);
    const start = this.#zeroStep() + Math.round(timeMs[0] / dtMs);
    const stop = start + activity.shape[1];
    const steps = total(this.#middle);
    if (start >= 0 && stop <= steps) return { start, stop };
    const [first, last] = [-this.#zeroStep() * dtMs, (steps - 1 - this.#zeroStep()) * dtMs];
    return this.#lacks(
      `times within ${first} … ${last} ms from ${zero.event}, which the phases of the trial last`,
      `${timeMs[0]} … ${timeMs.at(-1)} ms`,
    );
  }

  #lacks(expected: string, found: string | number): never {
    throw new LabError(
      'task.data',
      `Posing the task "${this.#task}" on a dataset: expected ${expected}, found ${found}. Change the task's settings, choose another dataset, or train without a recording.`,
    );
  }
}

function total(steps: Timing): number {
  return steps.reduce((sum, n) => sum + n, 0);
}
