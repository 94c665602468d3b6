/** Which runs the comparison shows. Kept while one looks at other pages. */
import type { DatasetId, RunSummary } from '../../app/contract.ts';
import { datasets } from './datasets.svelte.ts';
import { runs } from './runs.svelte.ts';

class CompareChoice {
  #dataset: DatasetId | null = $state(null);
  /** runs left out; new ones are in */
  #without: ReadonlySet<string> = $state.raw(new Set());

  /** runs that have something to compare, per dataset the newest sweep first */
  readonly #comparable = $derived(runs.all.filter((r) => r.checkpoints > 0 && (r.state === 'done' || r.analyzed > 0)));

  /** The one chosen, else that of the newest run to compare. */
  readonly dataset = $derived.by(() => {
    const chosen = this.#dataset !== null && this.#comparable.some((r) => r.spec.dataset === this.#dataset);
    if (chosen) return this.#dataset;
    return this.#comparable.toSorted((a, b) => b.createdAt - a.createdAt)[0]?.spec.dataset ?? null;
  });

  readonly candidates = $derived(this.#comparable.filter((r) => r.spec.dataset === this.dataset));
  readonly chosen = $derived(this.candidates.filter((r) => !this.#without.has(r.id)));
  /** datasets that have runs to compare */
  readonly datasets = $derived(datasets.all.filter((d) => this.#comparable.some((r) => r.spec.dataset === d.id)));

  useDataset(id: string): void {
    this.#dataset = id as DatasetId;
  }

  has(run: RunSummary): boolean {
    return !this.#without.has(run.id);
  }

  set(members: readonly RunSummary[], on: boolean): void {
    const ids = new Set<string>(members.map((r) => r.id));
    const others = [...this.#without].filter((id) => !ids.has(id));
    this.#without = new Set(on ? others : [...others, ...ids]);
  }

  /** These runs and no others; of several datasets, that of the first. */
  only(chosen: readonly RunSummary[]): void {
    this.#dataset = chosen[0]?.spec.dataset ?? null;
    const kept = new Set<string>(chosen.map((r) => r.id));
    this.#without = new Set(runs.all.filter((r) => !kept.has(r.id)).map((r) => r.id));
  }
}

export const compareChoice = new CompareChoice();
