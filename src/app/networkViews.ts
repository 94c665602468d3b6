/**
 * Views of trained networks: describes them on worker threads, one at a time, and keeps what was asked for last. Distances
 * between activities are kept in the store, by the content that they depend on.
 */
import { canonicalJson } from '../core/analysis/analysisKey.ts';
import { pairCount, pairPlace, requireDistance } from '../core/analysis/pairDistances.ts';
import { LabError } from '../core/errors.ts';
import type { Figure } from '../core/figures/figure.ts';
import { views } from '../core/figures/views/index.ts';
import type { View, ViewOptions } from '../core/figures/views/networkView.ts';
import { metrics } from '../core/metrics/index.ts';
import { analysisContent } from './analysisContent.ts';
import type { Emit } from './contract.ts';
import { networkPlace } from './networkPlace.ts';
import type { Ports, RunRow, ViewJob, ViewMessage, WorkerHandle } from './ports.ts';
import { groupsOf } from './runGroups.ts';

export type ViewRequest = {
  view: string;
  runs: readonly RunRow[];
  /** null: the last one stored */
  update: number | null;
  options: ViewOptions;
};

/** Views of a few runs at many checkpoints. */
const mostKept = 100;
/** Points of an embedding: their pairs take seconds to minutes. */
const mostPoints = 150;
/** Raised whenever the same inputs would give other distances. */
const definitionVersion = 1;

export class NetworkViews {
  readonly #ports: Ports;
  readonly #emit: Emit;
  /** by content; the last used at the end */
  readonly #kept = new Map<string, Figure[]>();
  #last: Promise<unknown> = Promise.resolve();
  #active: { handle: WorkerHandle; cancel: (error: LabError) => void } | null = null;

  constructor(ports: Ports, emit: Emit) {
    this.#ports = ports;
    this.#emit = emit;
  }

  /** Throws LabError `view.*`, and what opening the networks throws. */
  async describe(request: ViewRequest): Promise<Figure[]> {
    const view = views.get(request.view);
    const job = this.#jobOf(view, request);
    const contents = job.networks.flatMap((network, i) => this.#contents(request.runs[i], network.checkpoints));
    const key = this.#hash({ ...job, networks: job.networks.map(({ name }) => name), distances: null, contents });
    const kept = this.#kept.get(key);
    if (kept) return this.#keep(key, kept);
    const pairs = view.kind === 'embedding' ? this.#pairKeys(contents, request) : [];
    const turn = this.#last.then(() => this.#work(job, pairs));
    this.#last = turn.catch(() => undefined);
    return this.#keep(key, await turn);
  }

  /** Ends the one at work; distances found so far are kept. */
  async cancel(): Promise<void> {
    const active = this.#active;
    if (!active) return;
    await active.handle.terminate();
    active.cancel(new LabError('view.cancelled', 'Describing a view of networks: it was cancelled.'));
  }

  #jobOf(view: View, { runs, update, options }: ViewRequest): ViewJob {
    if (view.kind === 'network' && runs.length !== 1) {
      throw new LabError('view.runs', `Showing "${view.label}": it is of one run, found ${runs.length}.`);
    }
    const datasets = new Set(runs.map(({ spec }) => spec.dataset));
    if (datasets.size !== 1) {
      throw new LabError(
        'view.datasets',
        `Showing "${view.label}": expected runs of one recording, found ${runs.length} of ${datasets.size}. Choose runs of one.`,
      );
    }
    const groups = groupsOf(runs);
    const networks = runs.map((run, i) => {
      const { id, spec, engine } = run;
      const stored = this.#ports.store.checkpoints.list(id);
      if (!engine || stored.length === 0) {
        throw new LabError('view.checkpoints', `Showing run "${id}": it has no checkpoint yet. Wait for its first.`);
      }
      const updates = stored.map((checkpoint) => checkpoint.update);
      const chosen = update ?? updates.at(-1)!;
      if (view.kind === 'network' && !updates.includes(chosen)) throw noCheckpoint(id, chosen, updates);
      const wanted = new Set(view.updates(updates, chosen, options));
      const { id: group, label: groupLabel, color } = groups[i];
      return {
        name: { run: id, group, groupLabel, color, seed: spec.seed },
        place: networkPlace({ ...run, engine }, this.#ports.workspace),
        checkpoints: stored.filter((checkpoint) => wanted.has(checkpoint.update)),
      };
    });
    const recorded = this.#ports.store.datasets.get([...datasets][0])!.neurons > 0;
    return {
      view: view.id,
      options,
      update: update ?? networks[0].checkpoints.at(-1)!.update,
      networks,
      recorded,
      distances: null,
    };
  }

  /** What the activity of each checkpoint depends on, as hashes. */
  #contents({ spec, engine }: RunRow, checkpoints: ViewJob['networks'][number]['checkpoints']): string[] {
    const content = analysisContent({ spec, engine: engine! }, this.#ports.store);
    return checkpoints.map((checkpoint) => this.#hash(content(checkpoint)));
  }

  /** Of the distance of each pair, in order of their places; the recording stands last. */
  #pairKeys(contents: readonly string[], { runs, options }: ViewRequest): string[] {
    const metric = metrics.comparison(options.metric);
    requireDistance(metric);
    const { neurons, contentSha256 } = this.#ports.store.datasets.get(runs[0].spec.dataset)!;
    const all = neurons > 0 ? [...contents, contentSha256] : contents;
    if (all.length > mostPoints) {
      throw new LabError(
        'view.points',
        `Embedding ${all.length} activities: expected at most ${mostPoints}, for every pair is compared. Choose fewer runs or checkpoints.`,
      );
    }
    const settings = canonicalJson({ metric: metric.id, settings: metric.defaults, definitionVersion });
    const keys = Array<string>(pairCount(all.length));
    for (let i = 0; i < all.length; i++) {
      for (let j = i + 1; j < all.length; j++) {
        const pair = [all[i], all[j]].sort().join(' ');
        keys[pairPlace(i, j, all.length)] = this.#ports.machine.sha256(`distance ${pair} ${settings}`);
      }
    }
    return keys;
  }

  #work(job: ViewJob, pairs: readonly string[]): Promise<Figure[]> {
    const { store, workers } = this.#ports;
    const known = store.results.read(pairs);
    const distances = pairs.length === 0 ? null : Float64Array.from(pairs, (key) => known.get(key)?.value ?? NaN);
    return new Promise<Figure[]>((resolve, reject) => {
      let figures: Figure[] = [];
      const end = (): void => {
        this.#active = null;
        if (distances) this.#emit('network.viewing', { done: 0, of: 0 });
      };
      const listen = (message: ViewMessage): void => {
        switch (message.kind) {
          case 'distances':
            store.results.put(message.pairs.map(({ at, value }) => distanceEntry(pairs[at], value, job)));
            this.#emit('network.viewing', { done: message.done, of: message.of });
            break;
          case 'figures':
            figures = message.figures;
            break;
          case 'failed':
            end();
            reject(new LabError(message.code, message.message));
            break;
          case 'ended':
            end();
            resolve(figures);
        }
      };
      const cancel = (error: LabError): void => {
        end();
        reject(error);
      };
      this.#active = { handle: workers.view({ ...job, distances }, listen), cancel };
    });
  }

  #keep(key: string, figures: Figure[]): Figure[] {
    this.#kept.delete(key);
    this.#kept.set(key, figures);
    if (this.#kept.size > mostKept) this.#kept.delete(this.#kept.keys().next().value!);
    return figures;
  }

  #hash(content: object): string {
    return this.#ports.machine.sha256(canonicalJson(content));
  }
}

function distanceEntry(key: string, value: number, { options }: ViewJob) {
  const { id, defaults } = metrics.comparison(options.metric);
  return { key, result: { id: 'distance', metric: id, settings: defaults, value, reason: null } };
}

function noCheckpoint(run: string, update: number, stored: readonly number[]): LabError {
  const nearest = stored.reduce((best, u) => (Math.abs(u - update) < Math.abs(best - update) ? u : best));
  return new LabError(
    'view.update',
    `Showing run "${run}" after update ${update}: there is no such checkpoint. The nearest of its ${stored.length} is ${nearest}.`,
  );
}
