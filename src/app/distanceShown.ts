/** What figures of runs show as distance: that of the runs' own plans, or a measure chosen beside them. */
import { baselineId } from '../core/analysis/datasetResults.ts';
import { conditionAverage } from '../core/analysis/levels/conditionAverage.ts';
import { levels } from '../core/analysis/levels/index.ts';
import type { Level } from '../core/analysis/levels/level.ts';
import { comparerOf } from '../core/analysis/measure.ts';
import type { Measure } from '../core/analysis/measure.ts';
import { plain } from '../core/analysis/protocols/plain.ts';
import { protocols } from '../core/analysis/protocols/index.ts';
import type { Result } from '../core/analysis/result.ts';
import type { DistanceShown } from '../core/figures/figureInput.ts';
import { procrustes } from '../core/metrics/procrustes.ts';
import { checkpointKeys, levelKeys } from './measureItems.ts';
import type { RunId } from './plan.ts';
import type { Ports, RunRow } from './ports.ts';

type Needs = Pick<Ports, 'store' | 'machine'>;
/** update → value id → value */
type ValuesByUpdate = ReadonlyMap<number, Readonly<Record<string, number | null>>>;

export type ShownFor = {
  readonly distance: DistanceShown;
  /** values beside those that every run has */
  values(run: RunRow): ValuesByUpdate;
};

/** Results of the runs' own analysis; none where the figure does not need them. */
export type ResultsOf = ReadonlyMap<RunId, readonly { update: number; result: Result }[]>;

/** The distance of the runs' plans; its one level only where all runs were compared in the same way. */
export function ownDistance(runs: readonly RunRow[], results: ResultsOf, { store }: Needs): ShownFor {
  const baselines = new Set(runs.map((run) => store.results.last(run.id, baselineId)));
  const [baseline] = baselines;
  const { label, kind, past } = conditionAverage;
  return {
    distance: {
      id: procrustes.id,
      label: procrustes.label,
      better: procrustes.better,
      levels: baselines.size === 1 && baseline !== null ? [{ label, kind, past, y: baseline }] : [],
      notes: reasonsIn(
        [...results.values()].flat().flatMap(({ result }) => (result.id === procrustes.id ? [result] : [])),
      ),
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
  const known = knownLevels(measure, runs, ports);
  const checkpoints = new Map(runs.map((run) => [run.id, checkpointKeys(run, measure, ports)]));
  const numbers = ports.store.results.read([...checkpoints.values()].flat().flatMap(({ keys }) => Object.values(keys)));
  return {
    distance: {
      id: shown,
      label: protocol.id === plain.id ? metric.label : `${metric.label}, ${main.label}`,
      better: metric.better,
      levels: known.flatMap(({ level: { label, kind, past }, result: { value, sd } }) =>
        value === null ? [] : [{ label, kind, past, y: value, sd }],
      ),
      notes: [...notesOf(measure), ...levelNotes(known, measure), ...reasonsIn([...numbers.values()])],
    },
    values: (run) =>
      new Map(
        checkpoints.get(run.id)!.map(({ checkpoint, keys }) => {
          const value = (part: string): number | null => numbers.get(keys[part])?.value ?? null;
          const parts = protocol.parts.map(({ id }) => [`${shown}.${id}`, value(id)] as const);
          return [checkpoint.update, { [shown]: value(main.id), ...Object.fromEntries(parts) }];
        }),
      ),
  };
}

type KnownLevel = { level: Level; result: Result };

function knownLevels(measure: Measure, [run]: readonly RunRow[], ports: Needs): KnownLevel[] {
  const keys = run ? levelKeys(run.spec.dataset, measure, ports) : [];
  const results = ports.store.results.read(keys.map(({ key }) => key));
  return keys.flatMap(({ level, key }) => {
    const result = results.get(key);
    return result ? [{ level: levels.get(level), result }] : [];
  });
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

/** What each ceiling rests on, the spread of what was drawn, and why a level is missing. */
function levelNotes(known: readonly KnownLevel[], { draws, seed }: Measure): string[] {
  return known.flatMap(({ level: { label, kind, summary, random }, result: { value, sd, draws: drawn, reason } }) => {
    if (value === null) return [`No level “${label}”: ${reason}`];
    const spread = sd === undefined ? '' : ` ± ${sd.toFixed(3)}`;
    if (!random && kind === 'floor') return [];
    if (drawn === undefined) return [`Level “${label}”: ${value.toFixed(3)} by definition.`];
    const how = `${sd === undefined ? '' : 'mean ± SD over '}${draws} draws from seed ${seed}`;
    return [`Level “${label}”: ${value.toFixed(3)}${spread} (${how}).${kind === 'ceiling' ? ` ${summary}` : ''}`];
  });
}

/** Why checkpoints have no number, each reason once. */
function reasonsIn(results: readonly Result[]): string[] {
  const reasons = Map.groupBy(
    results.filter(({ value }) => value === null),
    ({ reason }) => reason ?? '',
  );
  return [...reasons].map(([reason, { length }]) => `Numbers missing: ${length}. ${reason}`);
}
