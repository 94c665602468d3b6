/** The keys under which the numbers of a measure are kept. */
import { analysisKey, levelKey } from '../core/analysis/analysisKey.ts';
import type { Drawn } from '../core/analysis/analysisKey.ts';
import { levels } from '../core/analysis/levels/index.ts';
import { comparerOf } from '../core/analysis/measure.ts';
import type { Measure } from '../core/analysis/measure.ts';
import { plain } from '../core/analysis/protocols/plain.ts';
import { protocols } from '../core/analysis/protocols/index.ts';
import type { ComparisonMetric } from '../core/metrics/metric.ts';
import { analysisContent } from './analysisContent.ts';
import type { DatasetId } from './plan.ts';
import type { Ports, RunRow, StoredCheckpoint } from './ports.ts';

/** keys: by part of the measure's protocol */
export type MeasuredCheckpoint = { checkpoint: StoredCheckpoint; keys: Record<string, string> };

type Needs = Pick<Ports, 'store' | 'machine'>;

/** Of each checkpoint of the run, in order of updates; none before an engine was chosen for it. */
export function checkpointKeys(
  { id, spec, engine }: RunRow,
  measure: Measure,
  { store, machine }: Needs,
): MeasuredCheckpoint[] {
  if (!engine) return [];
  const content = analysisContent({ spec, engine }, store);
  const metric = metricOf(measure);
  const protocol = protocolOf(measure);
  return store.checkpoints.list(id).map((checkpoint) => {
    const text = analysisKey({ ...content(checkpoint), metric, ...protocol, testSet: null });
    const key = (part: string): string => machine.sha256(`${protocol.protocol ? part : metric.id} ${text}`);
    return {
      checkpoint,
      keys: Object.fromEntries(protocols.get(measure.protocol).parts.map(({ id }) => [id, key(id)])),
    };
  });
}

/** Of each level of the recording; the same as those of runs that are compared in the same way. */
export function levelKeys(
  id: DatasetId,
  measure: Measure,
  { store, machine }: Needs,
): { level: string; key: string }[] {
  const dataset = store.datasets.get(id)!.contentSha256;
  return levels.all.map((level) => ({
    level: level.id,
    key: machine.sha256(
      levelKey({ level: drawn(level, measure), dataset, metric: metricOf(measure), ...protocolOf(measure) }),
    ),
  }));
}

/** Checkpoints of the runs, and levels of their recordings, that have all numbers of the measure. */
export function knownNumbers(runs: readonly RunRow[], measure: Measure, ports: Needs): { known: number; of: number } {
  const recordings = [...new Set(runs.map(({ spec }) => spec.dataset))].filter(
    (id) => ports.store.datasets.get(id)!.neurons > 0,
  );
  const all = [
    ...runs.flatMap((run) => checkpointKeys(run, measure, ports)).map(({ keys }) => Object.values(keys)),
    ...recordings.flatMap((id) => levelKeys(id, measure, ports)).map(({ key }) => [key]),
  ];
  const known = ports.store.results.known(all.flat());
  return { known: all.filter((keys) => keys.every((key) => known.has(key))).length, of: all.length };
}

function metricOf(measure: Measure): ComparisonMetric {
  const { metric, settings } = comparerOf(measure);
  return { ...metric, defaults: settings };
}

/** Nothing where the metric is simply applied, so that its numbers are those of the runs' own analysis. */
function protocolOf(measure: Measure): { protocol?: Drawn } {
  return measure.protocol === plain.id ? {} : { protocol: drawn(protocols.get(measure.protocol), measure) };
}

function drawn({ id, random }: { id: string; random: boolean }, { draws, seed }: Measure): Drawn {
  return random ? { id, draws, seed } : { id, draws: null, seed: null };
}
