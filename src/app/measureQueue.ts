/**
 * Computes the numbers of measures that are not known yet, as many workers at a time as there are cores. Numbers are kept
 * by the content that they depend on, so that asking again costs nothing.
 */
import type { Measure } from '../core/analysis/measure.ts';
import { canonicalJson } from '../core/analysis/analysisKey.ts';
import type { Emit, MeasureProgress } from './contract.ts';
import { checkpointKeys, levelKeys } from './measureItems.ts';
import { networkPlace } from './networkPlace.ts';
import type { MeasureJob, MeasureMessage, Ports, RunRow, WorkerHandle } from './ports.ts';

type Task = { id: string; job: MeasureJob };

/** Of one measure; done and of count checkpoints and levels. */
type Asked = { done: number; of: number; startedAt: number; error: MeasureProgress['error'] };

export class MeasureQueue {
  readonly #ports: Ports;
  readonly #emit: Emit;
  #waiting: Task[] = [];
  readonly #active = new Map<Task, WorkerHandle>();
  readonly #asked = new Map<string, Asked>();
  /** keys that are being computed, or wait for it */
  readonly #pending = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(ports: Ports, emit: Emit) {
    this.#ports = ports;
    this.#emit = emit;
  }

  /** Starts on what is missing of the runs and their recordings. Throws LabError where the measure is none. */
  start(runs: readonly RunRow[], measure: Measure): MeasureProgress {
    const id = measureId(measure);
    const tasks = [
      ...this.#levelTasks(runs, measure),
      ...runs.flatMap((run) => this.#runTasks(run, measure, runs.length)),
    ];
    const asked = this.#asked.get(id) ?? { done: 0, of: 0, startedAt: this.#ports.machine.now(), error: null };
    asked.of += tasks.reduce((sum, { items, levels }) => sum + items.length + levels.length, 0);
    asked.error = null;
    this.#asked.set(id, asked);
    for (const job of tasks) for (const key of keysOf(job)) this.#pending.add(key);
    this.#waiting.push(...tasks.map((job) => ({ id, job })));
    this.#pump();
    return this.progress(measure);
  }

  progress(measure: Measure): MeasureProgress {
    const measureName = measureId(measure);
    const { done, of, startedAt, error } = this.#asked.get(measureName) ?? {
      done: 0,
      of: 0,
      startedAt: 0,
      error: null,
    };
    const passed = (this.#ports.machine.now() - startedAt) / 1000;
    return {
      measure: measureName,
      done,
      of,
      error,
      secondsLeft: done > 0 && done < of ? (passed / done) * (of - done) : null,
    };
  }

  /** Numbers found so far are kept. */
  async cancel(measure: Measure): Promise<void> {
    const id = measureId(measure);
    this.#waiting = this.#waiting.filter((task) => {
      if (task.id === id) this.#forget(task.job);
      return task.id !== id;
    });
    for (const [task, handle] of this.#active) {
      if (task.id !== id) continue;
      await handle.terminate();
      this.#end(task);
    }
    this.#asked.delete(id);
    this.#tell(id);
    this.#pump();
  }

  /** Settles when nothing of the measure is being computed any more. */
  async settled(measure: Measure): Promise<void> {
    const id = measureId(measure);
    const busy = (): boolean => [...this.#waiting, ...this.#active.keys()].some((task) => task.id === id);
    while (busy()) await new Promise<void>((resolve) => this.#listeners.add(resolve));
  }

  async close(): Promise<void> {
    this.#waiting = [];
    for (const [task, handle] of this.#active) {
      await handle.terminate();
      this.#end(task);
    }
    this.#wake();
  }

  #levelTasks(runs: readonly RunRow[], measure: Measure): MeasureJob[] {
    const { workspace, store } = this.#ports;
    return [...new Set(runs.map(({ spec }) => spec.dataset))].flatMap((dataset) => {
      if (store.datasets.get(dataset)!.neurons === 0) return [];
      const levels = this.#unknown(levelKeys(dataset, measure, this.#ports), ({ key }) => [key]);
      const datasetFile = workspace.datasetFile(dataset);
      return levels.length > 0 ? [{ measure, datasetFile, levels, network: null, items: [] }] : [];
    });
  }

  /** In as many parts as keep all cores busy. */
  #runTasks(run: RunRow, measure: Measure, runs: number): MeasureJob[] {
    const items = this.#unknown(checkpointKeys(run, measure, this.#ports), ({ keys }) => Object.values(keys));
    const { engine } = run;
    if (items.length === 0 || !engine) return [];
    const network = networkPlace({ ...run, engine }, this.#ports.workspace);
    const parts = Math.min(items.length, Math.ceil(this.#cores() / runs));
    return Array.from({ length: parts }, (_, part) => ({
      measure,
      datasetFile: network.datasetFile,
      levels: [],
      network,
      items: items.filter((_, i) => i % parts === part),
    }));
  }

  #unknown<T>(wanted: readonly T[], keys: (item: T) => string[]): T[] {
    const known = this.#ports.store.results.known(wanted.flatMap(keys));
    return wanted.filter((item) => keys(item).some((key) => !known.has(key) && !this.#pending.has(key)));
  }

  #cores(): number {
    return this.#ports.store.settings.get().threads ?? this.#ports.machine.cores;
  }

  #pump(): void {
    while (this.#active.size < this.#cores()) {
      const task = this.#waiting.shift();
      if (!task) break;
      this.#active.set(
        task,
        this.#ports.workers.measure(task.job, (message) => this.#on(task, message)),
      );
    }
    this.#wake();
  }

  #on(task: Task, message: MeasureMessage): void {
    const asked = this.#asked.get(task.id);
    switch (message.kind) {
      case 'results':
        this.#ports.store.results.put(message.results);
        for (const { key } of message.results) this.#pending.delete(key);
        if (asked) asked.done += 1;
        break;
      case 'failed':
        if (asked) asked.error = { code: message.code, message: message.message };
        this.#end(task);
        break;
      case 'ended':
        this.#end(task);
    }
    this.#tell(task.id);
    this.#pump();
  }

  #end(task: Task): void {
    this.#active.delete(task);
    this.#forget(task.job);
    const { id } = task;
    const more = [...this.#waiting, ...this.#active.keys()].some((other) => other.id === id);
    const asked = this.#asked.get(id);
    if (!more && asked && !asked.error) this.#asked.delete(id);
  }

  #forget(job: MeasureJob): void {
    for (const key of keysOf(job)) this.#pending.delete(key);
  }

  #tell(id: string): void {
    const asked = this.#asked.get(id);
    const measure = JSON.parse(id) as Measure;
    this.#emit(
      'measure.progress',
      asked ? this.progress(measure) : { measure: id, done: 0, of: 0, error: null, secondsLeft: null },
    );
  }

  #wake(): void {
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }
}

/** Equal for equal measures. */
export function measureId(measure: Measure): string {
  return canonicalJson(measure);
}

function keysOf({ items, levels }: MeasureJob): string[] {
  return [...items.flatMap(({ keys }) => Object.values(keys)), ...levels.map(({ key }) => key)];
}
