/** Losses of the runs on the live chart: what is stored, and what comes in. */
import type { RunId, UpdateColumns } from '../../app/contract.ts';
import { LossSeries } from '../logic/lossSeries.ts';
import { client } from './connection.svelte.ts';
import { attempt } from './toasts.svelte.ts';

/** the chart is redrawn this often at most */
const redrawMs = 200;

class Losses {
  /** grows when there is something new to draw */
  version = $state(0);
  readonly #series = new Map<string, LossSeries>();
  /** what came in while the past was being fetched */
  readonly #early = new Map<string, UpdateColumns[]>();
  #due = false;

  constructor() {
    client.on('run.updates', ({ run, columns }) => {
      this.#early.get(run)?.push(columns);
      const series = this.#series.get(run);
      if (!series) return;
      series.append(columns);
      this.#redraw();
    });
    client.on('run.removed', ({ run }) => void this.#series.delete(run));
  }

  get(id: string): LossSeries | undefined {
    return this.#series.get(id);
  }

  /** Fetches what was before; from then on events keep the series up to date. */
  async follow(ids: readonly RunId[]): Promise<void> {
    for (const id of this.#series.keys()) if (!ids.includes(id as RunId)) this.#series.delete(id);
    const fresh = ids.filter((id) => !this.#series.has(id) && !this.#early.has(id));
    await attempt(() => Promise.all(fresh.map((id) => this.#fetch(id))));
    this.#redraw();
  }

  async #fetch(id: RunId): Promise<void> {
    const early: UpdateColumns[] = [];
    this.#early.set(id, early);
    try {
      const series = new LossSeries();
      series.append(await client['run.updates']({ run: id }));
      for (const columns of early) series.append(columns);
      this.#series.set(id, series);
    } finally {
      this.#early.delete(id);
    }
  }

  #redraw(): void {
    if (this.#due) return;
    this.#due = true;
    setTimeout(() => {
      requestAnimationFrame(() => {
        this.#due = false;
        this.version++;
      });
    }, redrawMs);
  }
}

export const losses = new Losses();
