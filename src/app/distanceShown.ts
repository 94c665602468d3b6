/** What figures of runs show as distance: that of the runs' own plans, or a measure chosen beside them. */
import { baselineId } from '../core/analysis/datasetResults.ts';
import { conditionAverage } from '../core/analysis/levels/conditionAverage.ts';
import { levels } from '../core/analysis/levels/index.ts';
import { comparerOf } from '../core/analysis/measure.ts';
import type { Measure } from '../core/analysis/measure.ts';
import { plain } from '../core/analysis/protocols/plain.ts';
import { protocols } from '../core/analysis/protocols/index.ts';
import type { DistanceShown } from '../core/figures/figureInput.ts';
import { procrustes } from '../core/metrics/procrustes.ts';
import { checkpointKeys, levelKeys } from './measureItems.ts';
import type { Ports, RunRow } from './ports.ts';

type Needs = Pick<Ports, 'store' | 'machine'>;
/** update → value id → value */
type ValuesByUpdate = ReadonlyMap<number, Readonly<Record<string, number | null>>>;

export type ShownFor = {
  readonly distance: DistanceShown;
  /** values beside those that every run has */
  values(run: RunRow): ValuesByUpdate;
};

/** The distance of the runs' plans; its one level only where all runs were compared in the same way. */
export function ownDistance(runs: readonly RunRow[], { store }: Needs): ShownFor {
  const baselines = new Set(runs.map((run) => store.results.last(run.id, baselineId)));
  const [baseline] = baselines;
  const { label, kind } = conditionAverage;
  return {
    distance: {
      id: procrustes.id,
      label: procrustes.label,
      better: procrustes.better,
      levels: baselines.size === 1 && baseline !== null ? [{ label, kind, y: baseline }] : [],
      notes: [],
    },
    values: () => new Map(),
  };
}

const shown = 'distance';

/** Numbers of the measure as far as they are known: `distance`, and `distance.<part>` for each part of the protocol. */
export function measuredDistance(measure: Measure, runs: readonly RunRow[], ports: Needs): ShownFor {
  const { metric } = comparerOf(measure);
  const protocol = protocols.get(measure.protocol);
  const [main] = protocol.parts;
  const read = (keys: string[]) => ports.store.results.read(keys);
  const byLevel = runs[0] ? levelKeys(runs[0].spec.dataset, measure, ports) : [];
  const known = read(byLevel.map(({ key }) => key));
  return {
    distance: {
      id: shown,
      label: protocol.id === plain.id ? metric.label : `${metric.label}, ${main.label}`,
      better: metric.better,
      levels: byLevel.flatMap(({ level, key }) => {
        const y = known.get(key)?.value ?? null;
        const { label, kind } = levels.get(level);
        return y === null ? [] : [{ label, kind, y }];
      }),
      notes: notesOf(measure),
    },
    values(run) {
      const checkpoints = checkpointKeys(run, measure, ports);
      const numbers = read(checkpoints.flatMap(({ keys }) => Object.values(keys)));
      return new Map(
        checkpoints.map(({ checkpoint, keys }) => {
          const value = (part: string): number | null => numbers.get(keys[part])?.value ?? null;
          const parts = protocol.parts.map(({ id }) => [`${shown}.${id}`, value(id)] as const);
          return [checkpoint.update, { [shown]: value(main.id), ...Object.fromEntries(parts) }];
        }),
      );
    },
  };
}

function notesOf(measure: Measure): string[] {
  const protocol = protocols.get(measure.protocol);
  const settings = Object.entries(measure.settings).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [
    ...(settings.length > 0 ? [`${comparerOf(measure).metric.label} with ${settings.join(', ')}.`] : []),
    ...(protocol.id === plain.id ? [] : [`${protocol.label}: ${protocol.summary}`]),
    ...(protocol.random ? [`${measure.draws} draws from seed ${measure.seed}.`] : []),
  ];
}
