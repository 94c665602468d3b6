/**
 * Trains and analyses runs, as many workers at a time as the machine has cores. Runs wait in the store, so the queue
 * survives closing the app; a run is taken by one process only.
 *
 * A worker trains one run or, where the engine gains from company, a group of them (see trainingGroups.ts). A run then
 * overtakes those that wait before it: what trains fastest wins over having the first seed of all rules early.
 */
import { LabError } from '../core/errors.ts';
import { analysisItems } from './analysisItems.ts';
import type { Emit, RunState } from './contract.ts';
import { expandSweep } from './plan.ts';
import type { RunId, RunSpec, Sweep } from './plan.ts';
import { GroupSizes } from './groupSizes.ts';
import type {
  AnalysisMessage,
  Ports,
  RunRow,
  TrainingHandle,
  TrainingJob,
  TrainingMessage,
  WorkerHandle,
} from './ports.ts';
import { networkPlace } from './networkPlace.ts';
import { summarize } from './runViews.ts';
import { countGroups, nextGroup } from './trainingGroups.ts';

/** A worker. */
type Job = { kind: 'training'; handle: TrainingHandle } | { kind: 'analysis'; handle: WorkerHandle };
type Active = { job: Job; secondsPerUpdate: number | null };

/** States that a run can be resumed from. */
const resumable: readonly RunState[] = ['paused', 'interrupted', 'cancelled', 'failed'];

export class RunQueue {
  readonly #ports: Ports;
  readonly #emit: Emit;
  readonly #jobs = new Set<Job>();
  /** the runs that those are at work on */
  readonly #active = new Map<RunId, Active>();
  readonly #waitingForAnalysis: RunId[] = [];
  readonly #idleListeners = new Set<() => void>();
  readonly #groupSizes: GroupSizes;
  /** owner of the runs that it takes: this process (command line), or null for all that wait for any app */
  readonly #owner: string | null;
  #closing = false;

  constructor(ports: Ports, emit: Emit, takes: 'all' | 'own') {
    this.#ports = ports;
    this.#emit = emit;
    this.#owner = takes === 'own' ? ports.machine.owner : null;
    this.#groupSizes = new GroupSizes(ports, () => this.#pump());
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
      } else if (this.#owner === null && ended(row.state) && !row.analysisError && this.#isUnfinished(row.id)) {
        this.#waitingForAnalysis.push(row.id);
      }
    }
    this.#pump();
  }

  start(sweep: Sweep): RunId[] {
    return this.startRuns(expandSweep(sweep));
  }

  startRuns(specs: readonly RunSpec[]): RunId[] {
    const { store, machine } = this.#ports;
    const now = machine.now();
    const rows = specs.map((spec): RunRow => ({
      id: machine.newId() as RunId,
      state: 'queued',
      spec,
      update: 0,
      mainLoss: null,
      engine: null,
      error: null,
      analysisError: null,
      origin: null,
      appVersion: machine.appVersion,
      owner: this.#owner,
      createdAt: now,
      startedAt: null,
      finishedAt: null,
    }));
    store.runs.insert(rows);
    for (const { id } of rows) this.#announce(id);
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
      if (row.origin) {
        throw new LabError(
          'run.imported',
          `Resuming run "${id}": it was imported from "${row.origin.folder}", and the files hold neither the optimizer's memory nor the random streams. Start a new run with its settings instead.`,
        );
      }
      const orphaned = row.state === 'queued' && row.owner === null; // by a command that ended before its turn
      if (!resumable.includes(row.state) && !orphaned) continue;
      this.#change(id, { state: 'queued', error: null, finishedAt: null, owner: this.#owner });
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
      if (!this.#waitingForAnalysis.includes(id)) this.#waitingForAnalysis.push(id);
    }
    this.#pump();
  }

  /** Settles when none of the runs is at work or waits for this process any more. */
  async settled(runs: readonly RunId[]): Promise<void> {
    const queued = (id: RunId): boolean => {
      const row = this.#closing ? null : this.#ports.store.runs.get(id);
      return row?.state === 'queued' && row.owner === this.#owner;
    };
    const busy = (): boolean =>
      runs.some((id) => this.#active.has(id) || this.#waitingForAnalysis.includes(id) || queued(id));
    while (busy()) await new Promise<void>((resolve) => this.#idleListeners.add(resolve));
  }

  /** Stops after the updates in progress. The app's runs wait for its next start, a command's are paused. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#waitingForAnalysis.length = 0;
    if (this.#owner !== null) {
      for (const { id } of this.#ports.store.runs.queued(this.#owner)) {
        this.#change(id, { state: 'paused', owner: null });
      }
    }
    for (const [id, { job }] of this.#active) {
      if (job.kind === 'training') job.handle.request(id, 'pause');
      else {
        await job.handle.terminate();
        this.#end(job);
      }
    }
    this.#wake();
    while (this.#jobs.size > 0) await new Promise<void>((resolve) => this.#idleListeners.add(resolve));
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
        const job = this.#active.get(id)?.job;
        if (job?.kind !== 'training') {
          throw new LabError('run.elsewhere', `Stopping run "${id}": another program trains it. Stop it there.`);
        }
        job.handle.request(id, wish);
        this.#change(id, { state: 'pausing' });
      }
    }
  }

  #pump(): void {
    while (!this.#closing && this.#jobs.size < this.#limit()) {
      const analysis = this.#waitingForAnalysis.shift();
      if (analysis === undefined) {
        if (!this.#startNextGroup()) break;
      } else this.#startAnalysis(analysis);
    }
    this.#wake();
  }

  /** Cores that it may use. */
  #cores(): number {
    return this.#ports.store.settings.get().threads ?? this.#ports.machine.cores;
  }

  /** Workers at a time. */
  #limit(): number {
    return this.#ports.store.settings.get().parallelRuns ?? this.#cores();
  }

  /** False where none waits, or the size of its group is still being found out. */
  #startNextGroup(): boolean {
    const { store, machine } = this.#ports;
    const waiting = store.runs.queued(this.#owner);
    const size = waiting.length > 0 ? this.#groupSizes.of(waiting[0]) : null;
    if (size === null) return false;
    const threads = waiting[0].spec.engine.threads ?? this.#threads(waiting);
    const group = nextGroup(waiting, size).filter(({ id }) => store.runs.claim(id, machine.owner, machine.now()));
    if (group.length > 0) this.#startTraining(group, threads);
    return true;
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

  /** Cores are shared out evenly; numbers do not depend on how many threads work on a run. */
  #threads(waiting: readonly RunRow[], analyses = this.#waitingForAnalysis.length): number {
    const jobs = this.#jobs.size + analyses + countGroups(waiting, (row) => this.#groupSizes.known(row) ?? 1);
    return Math.max(1, Math.floor(this.#cores() / Math.min(this.#limit(), jobs)));
  }

  #startTraining(group: readonly RunRow[], threads: number): void {
    const { workers, workspace } = this.#ports;
    const { spec, engine } = group[0];
    const request: TrainingJob = {
      runs: group.map(({ id, spec }) => ({ run: id, spec, runFolder: workspace.runFolder(id) })),
      engine: engine?.id ?? spec.engine.engine,
      datasetFile: workspace.datasetFile(spec.dataset),
      storeFile: workspace.storeFile,
      threads,
    };
    const job: Job = { kind: 'training', handle: workers.train(request, (message) => this.#onTraining(job, message)) };
    this.#begin(job, group);
  }

  #begin(job: Job, runs: readonly { id: RunId }[]): void {
    this.#jobs.add(job);
    for (const { id } of runs) this.#active.set(id, { job, secondsPerUpdate: null });
    for (const { id } of runs) this.#announce(id);
  }

  /** Returns the runs that it was still at work on. */
  #end(job: Job): RunId[] {
    this.#jobs.delete(job);
    const left = [...this.#active].filter(([, active]) => active.job === job).map(([id]) => id);
    for (const id of left) this.#active.delete(id);
    return left;
  }

  #onTraining(job: Job, message: TrainingMessage): void {
    const { store } = this.#ports;
    switch (message.kind) {
      case 'started':
      case 'checkpoint':
        this.#announce(message.run);
        break;
      case 'updates': {
        const { run, columns, secondsPerUpdate } = message;
        const active = this.#active.get(run);
        if (active) active.secondsPerUpdate = smooth(active.secondsPerUpdate, secondsPerUpdate);
        const row = store.runs.get(run);
        if (row) this.#emit('run.updates', { run, columns, secondsLeft: this.secondsLeft(row) });
        break;
      }
      case 'stopped': {
        const { run, state } = message;
        this.#active.delete(run);
        if (state === 'failed') this.#stopped(run, state, message.error);
        else if (state === 'paused' && this.#closing && this.#owner === null) this.#stopped(run, 'queued');
        else this.#stopped(run, state);
        if (ended(state)) this.analyze([run]); // a failed one up to its last checkpoint
        this.#wake();
        break;
      }
      case 'ended':
        this.#end(job);
        this.#pump();
        break;
      case 'failed': {
        const { code, message: words } = message;
        for (const run of this.#end(job)) this.#stopped(run, 'failed', { code, message: words });
        this.#pump();
      }
    }
  }

  #stopped(id: RunId, state: RunState, error: RunRow['error'] = null): void {
    this.#change(id, { state, error, owner: null, finishedAt: this.#ports.machine.now() });
  }

  #startAnalysis(id: RunId): void {
    const { store, workers, workspace } = this.#ports;
    const row = store.runs.get(id);
    const engine = row?.engine;
    if (!engine || this.#active.has(id)) return; // one at work is analysed when it is done
    if (row.analysisError) this.#change(id, { analysisError: null }); // of an earlier attempt
    const { known, missing } = analysisItems({ ...row, engine }, this.#ports);
    store.results.assign(id, known);
    if (missing.length === 0) return this.#announce(id);
    const request = {
      network: networkPlace({ ...row, engine }, workspace),
      items: missing,
      threads: this.#threads(store.runs.queued(this.#owner), this.#waitingForAnalysis.length + 1),
    };
    const job: Job = {
      kind: 'analysis',
      handle: workers.analyze(request, (message) => this.#onAnalysis(job, id, message)),
    };
    this.#begin(job, [row]);
  }

  /** A failed analysis leaves the trained run as it is. */
  #onAnalysis(job: Job, id: RunId, message: AnalysisMessage): void {
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
        this.#end(job);
        this.#announce(id);
        this.#pump();
        break;
      case 'failed': {
        const { code, message: words } = message;
        this.#end(job);
        this.#change(id, { analysisError: { code, message: words } });
        this.#pump();
      }
    }
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

/** States in which nothing more is to come, but for the results of the checkpoints. */
function ended(state: RunState): boolean {
  return state === 'done' || state === 'failed';
}

/** Recent pace counts most: training slows down and speeds up with what else the machine does. */
function smooth(before: number | null, now: number): number {
  return before === null ? now : 0.8 * before + 0.2 * now;
}
