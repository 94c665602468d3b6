/** Runs that are there already: the same settings on the same recording give the same networks. */
import { canonicalJson } from '../core/analysis/analysisKey.ts';
import type { RunId, RunSpec } from './plan.ts';
import type { RunRow } from './ports.ts';

/** For each spec, finished runs with all its settings; what computes them, and with how many threads, is no setting. */
export function runsLike(specs: readonly RunSpec[], rows: readonly RunRow[]): RunRow[][] {
  const finished = rows.filter(({ state }) => state === 'done');
  const texts = finished.map(({ spec }) => settingsOf(spec));
  return specs.map((spec) => {
    const wanted = settingsOf(spec);
    return finished.filter((_, i) => texts[i] === wanted);
  });
}

/** Which specs are to be trained, and for the others the run that is there; in the order of the specs. */
export function known(specs: readonly RunSpec[], rows: readonly RunRow[]): (RunId | null)[] {
  return runsLike(specs, rows).map((runs) => runs.find(({ origin }) => origin === null)?.id ?? null);
}

function settingsOf({ engine: _, ...spec }: RunSpec): string {
  return canonicalJson(spec);
}
