/** How many runs of a group are worth training in one worker: asked of the engines once per group. */
import type { Ports, RunRow } from './ports.ts';
import { groupKey } from './trainingGroups.ts';
import { poseTask, trainingSetup } from './trainingSetup.ts';

export class GroupSizes {
  readonly #ports: Pick<Ports, 'workspace' | 'engines'>;
  readonly #found: () => void;
  /** null: being found out */
  readonly #sizes = new Map<string, number | null>();

  constructor(ports: Pick<Ports, 'workspace' | 'engines'>, found: () => void) {
    this.#ports = ports;
    this.#found = found;
  }

  /** Of the group of this run, or null where nobody has asked yet. */
  known(row: RunRow): number | null {
    return this.#sizes.get(groupKey(row)) ?? null;
  }

  /** Of the group of this run, or null where that is being found out; `found` is called once it is. */
  of(row: RunRow): number | null {
    const key = groupKey(row);
    if (!this.#sizes.has(key)) {
      this.#sizes.set(key, null);
      void this.#find(row).then((size) => {
        this.#sizes.set(key, size);
        this.#found();
      });
    }
    return this.#sizes.get(key)!;
  }

  async #find({ spec, engine }: RunRow): Promise<number> {
    try {
      const task = poseTask(spec, await this.#ports.workspace.readDataset(spec.dataset));
      const request = { ...spec.engine, engine: engine?.id ?? spec.engine.engine };
      return await this.#ports.engines.groupSize(request, trainingSetup(spec, task));
    } catch {
      return 1; // its worker meets the same obstacle, and tells it as the reason why the run failed
    }
  }
}
