/** Runs as the user sees them. */
import { baselineId } from '../core/analysis/datasetResults.ts';
import { rules } from '../core/rules/index.ts';
import type { RunDetail, RunSummary } from './contract.ts';
import type { Ports, RunRow } from './ports.ts';
import { performanceOf } from './runMetrics.ts';

/** Among the results of an imported checkpoint: the error that came with it. */
export const storedErrorId = 'storedError';

type Needs = Pick<Ports, 'store' | 'workspace'>;

export function summarize(row: RunRow, { store }: Pick<Ports, 'store'>, secondsLeft: number | null): RunSummary {
  const { owner: _, appVersion: __, origin, ...shown } = row;
  const { error } = performanceOf(row.spec);
  return {
    ...shown,
    origin: origin && { folder: origin.folder },
    ruleLabel: rules.get(row.spec.rule).label,
    datasetName: store.datasets.get(row.spec.dataset)?.name ?? '',
    secondsLeft,
    analyzed: store.results.countAnalyzed(row.id),
    checkpoints: store.checkpoints.count(row.id),
    testError: store.results.last(row.id, error.onTestSet.id) ?? store.results.last(row.id, error.id),
    errorLabel: error.label,
    distance: store.results.last(row.id, 'procrustes'),
  };
}

export function detail(row: RunRow, ports: Needs, secondsLeft: number | null): RunDetail {
  const { store, workspace } = ports;
  const results = Map.groupBy(store.results.ofRun(row.id), (r) => r.update);
  const { errors } = row.origin ?? {};
  const stored = new Map(errors?.update.map((update, i) => [update, errors.value[i]]));
  return {
    ...summarize(row, ports, secondsLeft),
    checkpointRows: store.checkpoints.list(row.id).map(({ update, sha256 }) => {
      const found = (results.get(update) ?? []).map(({ result }) => result).filter(({ id }) => id !== baselineId); // the run's
      return {
        update,
        sha256,
        results: {
          ...Object.fromEntries(found.map(({ id, value }) => [id, value])),
          ...(stored.has(update) ? { [storedErrorId]: stored.get(update)! } : {}),
        },
        reasons: Object.fromEntries(found.flatMap(({ id, reason }) => (reason === null ? [] : [[id, reason]]))),
      };
    }),
    alignment: store.alignments.last(row.id),
    datasetSha256: store.datasets.get(row.spec.dataset)?.source.sha256 ?? '',
    appVersion: row.appVersion,
    folder: workspace.runFolder(row.id),
    origin: row.origin,
  };
}
