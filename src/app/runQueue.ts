/**
 * Trains and analyses runs, as many at a time as the machine has cores. Runs wait in the store, so the queue survives
 * closing the app; a run is taken by one process only.
 */
import { LabError } from '../core/errors.ts';
import { analysisItems } from './analysisItems.ts';
import type { Emit, RunState } from './contract.ts';
import { expandSweep } from './plan.ts';
import type { RunId, Sweep } from './plan.ts';
import type { AnalysisMessage, Ports, RunRow, TrainingMessage, WorkerHandle } from './ports.ts';
import { summarize } from './runViews.ts';

type Active = { kind: 'training' | 'analysis'; handle: WorkerHandle; secondsPerUpdate: number | null };

/** States that a run can be resumed from. */
const resumable: readonly RunState[] = ['paused', 'interrupted', 'cancelled', 'failed'];

export class RunQueue {
  readonly #ports: Ports;
  readonly #emit: Emit;
  readonly #active = new Map<RunId, Active>();
  readonly #waitingForAnalysis: RunId[] = [];
  readonly #idleListeners = new Set<() => void>();
  /** runs of this process alone (command line), or null for all that wait (app) */
  readonly #own: Set<RunId> | null;
  #closing = false;

  constructor(ports: Ports, emit: Emit, takes: 'all' | 'own') {
    this.#ports = ports;
    this.#emit = emit;
    this.#own = takes === 'own' ? new Set() : null;
  }

  /** Marks runs whose process is gone; the app then goes on with what waits, analyses that were cut short too. */
  recover(): void {
    const { store, machine } = this.#ports;
    for (const row of store.runs.list()) {
      const lost = row.owner === null || !machine.ownerAlive(row.owner);
      if ((row.state === 'running' || row.state === 'pausing') && lost) {
        store.runs.change(row.id, { state: 'interrupted', owner: null });
      } else if (row.state === 'queued' && row.owner !== null && lost) {
        store.runs.change(row.id, { owner: null });
      } else if (!this.#own && row.state === 'done' && !row.error && this.#isUnfinished(row.id)) {
        this.#waitingForAnalysis.push(row.id);
      }
    }
    this.#pump();
  }

  start(sweep: Sweep): RunId[] {
    const { store, machine } = this.#ports;
    const now = machine.now();
    const rows = expandSweep(sweep).map((spec): RunRow => ({
      id: machine.newId() as RunId,
      state: 'queued',
      spec,
      update: 0,
      mainLoss: null,
      engine: null,
      error: null,
      appVersion: machine.appVersion,
      owner: this.#own ? machine.owner : null,
      createdAt: now,
      startedAt: null,
      finishedAt: null,
    }));
    store.runs.insert(rows);
    for (const { id } of rows) {
      this.#own?.add(id);
      this.#announce(id);
    }
    this.#pump();
    return rows.map((row) => row.id);
  }

  pause(runs: readonly RunId[]): void {
    this.#stop(runs, 'pause');
  }

  cancel(runs: readonly RunId[]): void {
    this.#stop(runs, 'cancel');
  }

  resume(runs: readonly RunId[]): void {
    for (const id of runs) {
      const row = this.#row(id, 'Resuming');
      const orphaned = row.state === 'queued' && row.owner === null; // by a command that ended before its turn
      if (!resumable.includes(row.state) && !orphaned) continue;
      this.#own?.add(id);
      const owner = this.#own ? this.#ports.machine.owner : null;
      this.#change(id, { state: 'queued', error: null, finishedAt: null, owner });
    }
    this.#pump();
  }

  async remove(runs: readonly RunId[]): Promise<void> {
    for (const id of runs) {
      const { state } = this.#row(id, 'Removing');
      if (state === 'running' || state === 'pausing' || this.#active.has(id)) {
        throw new LabError('run.busy', `Removing run "${id}": it is at work. Cancel it and wait until it has stopped.`);
      }
    }
    for (const id of runs) {
      this.#ports.store.runs.remove(id);
      await this.#ports.workspace.removeRun(id);
      this.#emit('run.removed', { run: id });
    }
  }

  /** Computes the results that the runs' checkpoints still lack; those already known cost nothing. */
  analyze(runs: readonly RunId[]): void {
    for (const id of runs) {
      this.#row(id, 'Analysing');
      this.#own?.add(id);
      if (!this.#waitingForAnalysis.includes(id) && this.#active.get(id)?.kind !== 'analysis') {
        this.#waitingForAnalysis.push(id);
      }
    }
    this.#pump();
  }

  /** Settles when none of the runs is at work or waits for this process any more. */
  async settled(runs: readonly RunId[]): Promise<void> {
    const queued = (id: RunId): boolean => !this.#closing && this.#queued().some((row) => row.id === id);
    const busy = (): boolean =>
      runs.some((id) => this.#active.has(id) || this.#waitingForAnalysis.includes(id) || queued(id));
    while (busy()) await new Promise<void>((resolve) => this.#idleListeners.add(resolve));
  }

  /** Stops after the updates in progress. The app's runs wait for its next start, a command's are paused. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#waitingForAnalysis.length = 0;
    if (this.#own) for (const { id } of this.#queued()) this.#change(id, { state: 'paused', owner: null });
    for (const [id, active] of this.#active) {
      if (active.kind === 'training') active.handle.request('pause');
      else {
        await active.handle.terminate();
        this.#active.delete(id);
      }
    }
    this.#wake();
    while (this.#active.size > 0) await new Promise<void>((resolve) => this.#idleListeners.add(resolve));
  }

  secondsLeft(row: RunRow): number | null {
    const pace = this.#active.get(row.id)?.secondsPerUpdate ?? null;
    return pace === null ? null : pace * (row.spec.training.updates - row.update);
  }

  #stop(runs: readonly RunId[], wish: 'pause' | 'cancel'): void {
    for (const id of runs) {
      const { state } = this.#row(id, wish === 'pause' ? 'Pausing' : 'Cancelling');
      if (state === 'queued' || (wish === 'cancel' && (state === 'paused' || state === 'interrupted'))) {
        this.#change(id, { state: wish === 'pause' ? 'paused' : 'cancelled', owner: null });
      } else if (state === 'running' || state === 'pausing') {
        const active = this.#active.get(id);
        if (!active) {
          throw new LabError('run.elsewhere', `Stopping run "${id}": another program trains it. Stop it there.`);
        }
        active.handle.request(wish);
        this.#change(id, { state: 'pausing' });
      }
    }
  }

  #pump(): void {
    const { store, machine } = this.#ports;
    const limit = store.settings.get().parallelRuns ?? machine.cores;
    while (!this.#closing && this.#active.size < limit) {
      const analysis = this.#waitingForAnalysis.shift();
      if (analysis !== undefined) {
        this.#startAnalysis(analysis, limit);
        continue;
      }
      const [next] = this.#queued();
      if (!next) break;
      if (store.runs.claim(next.id, machine.owner, machine.now())) this.#startTraining(next, limit);
    }
    this.#wake();
  }

  /** Lets those who wait look again. */
  #wake(): void {
    const listeners = [...this.#idleListeners];
    this.#idleListeners.clear();
    for (const listener of listeners) listener();
  }

  #isUnfinished(id: RunId): boolean {
    const { results, checkpoints } = this.#ports.store;
    return results.countAnalyzed(id) < checkpoints.count(id);
  }

  #queued(): RunRow[] {
    const own = this.#own;
    return this.#ports.store.runs
      .list()
      .filter((row) => row.state === 'queued' && (own ? own.has(row.id) : row.owner === null));
  }

  /** Cores are shared out evenly; numbers do not depend on how many threads work on a run. */
  #threads(limit: number): number {
    const jobs = this.#active.size + this.#waitingForAnalysis.length + this.#queued().length + 1;
    return Math.max(1, Math.floor(this.#ports.machine.cores / Math.min(limit, jobs)));
  }

  #startTraining({ id, spec }: RunRow, limit: number): void {
    const { workers, workspace } = this.#ports;
    const job = {
      run: id,
      spec,
      datasetFile: workspace.datasetFile(spec.dataset),
      runFolder: workspace.runFolder(id),
      storeFile: workspace.storeFile,
      threads: spec.engine.threads ?? this.#threads(limit),
    };
    const handle = workers.train(job, (message) => this.#onTraining(id, message));
    this.#active.set(id, { kind: 'training', handle, secondsPerUpdate: null });
    this.#announce(id);
  }

  #onTraining(id: RunId, message: TrainingMessage): void {
    const active = this.#active.get(id);
    switch (message.kind) {
      case 'started':
        this.#change(id, { engine: message.engine, update: message.fromUpdate });
        break;
      case 'updates': {
        if (active) active.secondsPerUpdate = smooth(active.secondsPerUpdate, message.secondsPerUpdate);
        const row = this.#ports.store.runs.get(id);
        if (row) this.#emit('run.updates', { run: id, columns: message.columns, secondsLeft: this.secondsLeft(row) });
        break;
      }
      case 'checkpoint':
        this.#announce(id);
        break;
      case 'ended': {
        this.#active.delete(id);
        const state = message.outcome === 'paused' && this.#closing && !this.#own ? 'queued' : message.outcome;
        this.#change(id, { state, owner: null, finishedAt: this.#ports.machine.now() });
        if (message.outcome === 'done') this.analyze([id]);
        this.#pump();
        break;
      }
      case 'failed':
        this.#fail(id, message);
    }
  }

  #startAnalysis(id: RunId, limit: number): void {
    const { store, workers, workspace } = this.#ports;
    const row = store.runs.get(id);
    if (!row?.engine) return;
    if (row.state === 'done' && row.error) this.#change(id, { error: null }); // of an earlier attempt
    const { known, missing } = analysisItems(row, this.#ports);
    store.results.assign(id, known);
    if (missing.length === 0) return this.#announce(id);
    const job = {
      run: id,
      spec: row.spec,
      datasetFile: workspace.datasetFile(row.spec.dataset),
      runFolder: workspace.runFolder(id),
      engine: row.engine.id,
      items: missing,
      threads: this.#threads(limit),
    };
    const handle = workers.analyze(job, (message) => this.#onAnalysis(id, message));
    this.#active.set(id, { kind: 'analysis', handle, secondsPerUpdate: null });
    this.#announce(id);
  }

  #onAnalysis(id: RunId, message: AnalysisMessage): void {
    const { store } = this.#ports;
    switch (message.kind) {
      case 'results':
        store.results.put(message.results);
        store.results.assign(
          id,
          message.results.map(({ key, result }) => ({ update: message.update, result: result.id, key })),
        );
        this.#announce(id);
        break;
      case 'ended':
        this.#active.delete(id);
        this.#announce(id);
        this.#pump();
        break;
      case 'failed':
        this.#fail(id, message);
    }
  }

  /** A run that fails never stops the others; failed analysis leaves the trained run as it is. */
  #fail(id: RunId, { code, message }: { code: string; message: string }): void {
    const training = this.#active.get(id)?.kind === 'training';
    this.#active.delete(id);
    const error = { code, message };
    if (training) this.#change(id, { state: 'failed', error, owner: null, finishedAt: this.#ports.machine.now() });
    else this.#change(id, { error });
    this.#pump();
  }

  #row(id: RunId, doing: string): RunRow {
    const row = this.#ports.store.runs.get(id);
    if (!row)
      throw new LabError('run.unknown', `${doing} run "${id}": there is no such run; it may have been removed.`);
    return row;
  }

  #change(id: RunId, change: Parameters<Ports['store']['runs']['change']>[1]): void {
    this.#ports.store.runs.change(id, change);
    this.#announce(id);
  }

  #announce(id: RunId): void {
    const row = this.#ports.store.runs.get(id);
    if (row) this.#emit('run.changed', summarize(row, this.#ports, this.secondsLeft(row)));
  }
}

/** Recent pace counts most: training slows down and speeds up with what else the machine does. */
function smooth(before: number | null, now: number): number {
  return before === null ? now : 0.8 * before + 0.2 * now;
}
