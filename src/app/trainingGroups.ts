/** Which waiting runs train side by side, in one worker. */
import { canonicalJson } from '../core/analysis/analysisKey.ts';
import type { RunRow } from './ports.ts';

type Waiting = Pick<RunRow, 'spec' | 'engine'>;

/** Runs of the same key differ in their seeds alone, and no two engines have trained them so far. */
export function groupKey({ spec, engine }: Waiting): string {
  const { seed: _, ...rest } = spec;
  return canonicalJson({ ...rest, trainedOn: engine?.id ?? null });
}

/** The run that has waited longest, and those behind it that may share its worker: at most `size` together. */
export function nextGroup<Row extends Waiting>(waiting: readonly Row[], size: number): Row[] {
  const key = groupKey(waiting[0]);
  return waiting.filter((row) => groupKey(row) === key).slice(0, size);
}

/** How many groups the waiting runs make. */
export function countGroups<Row extends Waiting>(waiting: readonly Row[], sizeOf: (row: Row) => number): number {
  let count = 0;
  for (const rows of Map.groupBy(waiting, groupKey).values()) count += Math.ceil(rows.length / sizeOf(rows[0]));
  return count;
}
