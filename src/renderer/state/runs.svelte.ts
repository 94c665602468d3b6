/** All runs as the host reports them. Events are gathered and applied once per frame. */
import type { Plan } from '../../app/plan.ts';
import type { RunId, RunSummary } from '../../app/contract.ts';
import { ruleGroups } from '../logic/ruleGroups.ts';
import type { RunAction } from '../logic/runTable.ts';
import { client } from './connection.svelte.ts';
import { attempt } from './toasts.svelte.ts';

class Runs {
  byId = $state.raw<ReadonlyMap<string, RunSummary>>(new Map());
  loaded = $state(false);
  readonly all = $derived([...this.byId.values()]);
  readonly ruleGroups = $derived(ruleGroups(this.all));
  readonly working = $derived(this.all.filter((r) => r.state === 'running' || r.state === 'pausing').length);
  readonly waiting = $derived(this.all.filter((r) => r.state === 'queued').length);

  /** null: removed */
  #news = new Map<string, RunSummary | null>();
  #frame = 0;

  constructor() {
    client.on('run.changed', (run) => this.#tell(run.id, run));
    client.on('run.removed', ({ run }) => this.#tell(run, null));
    client.on('run.updates', ({ run: id, columns, secondsLeft }) => {
      const run = this.#news.get(id) ?? this.byId.get(id);
      const last = columns.update.length - 1;
      if (!run || last < 0) return;
      this.#tell(id, { ...run, update: columns.update[last], mainLoss: columns.main[last], secondsLeft });
    });
  }

  async load(): Promise<void> {
    const runs = await client['run.list']();
    this.byId = new Map(runs.map((run) => [run.id, run]));
    this.loaded = true;
  }

  async start(plan: Plan): Promise<RunId[]> {
    return client['run.start'](plan);
  }

  async act(action: RunAction, runs: readonly RunSummary[]): Promise<void> {
    await attempt(() => client[`run.${action}`]({ runs: runs.map((r) => r.id) }));
  }

  #tell(id: string, run: RunSummary | null): void {
    this.#news.set(id, run);
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#apply());
  }

  #apply(): void {
    this.#frame = 0;
    const entries = [...this.byId, ...this.#news];
    this.byId = new Map(entries.filter((entry): entry is [string, RunSummary] => this.#news.get(entry[0]) !== null));
    this.#news.clear();
  }
}

export const runs = new Runs();
