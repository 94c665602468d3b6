/** Runs as the user sees them. */
import { baselineId } from '../core/analysis/datasetResults.ts';
import { rules } from '../core/rules/index.ts';
import type { RunDetail, RunSummary } from './contract.ts';
import type { Ports, RunRow } from './ports.ts';

type Needs = Pick<Ports, 'store' | 'workspace'>;

export function summarize(row: RunRow, { store }: Pick<Ports, 'store'>, secondsLeft: number | null): RunSummary {
  const { owner: _, appVersion: __, ...shown } = row;
  return {
    ...shown,
    ruleLabel: rules.get(row.spec.rule).label,
    datasetName: store.datasets.get(row.spec.dataset)?.name ?? '',
    secondsLeft,
    analyzed: store.results.countAnalyzed(row.id),
    checkpoints: store.checkpoints.count(row.id),
    testError: store.results.last(row.id, 'testError') ?? store.results.last(row.id, 'normalizedError'),
    distance: store.results.last(row.id, 'procrustes'),
  };
}

export function detail(row: RunRow, ports: Needs, secondsLeft: number | null): RunDetail {
  const { store, workspace } = ports;
  const results = Map.groupBy(store.results.ofRun(row.id), (r) => r.update);
  return {
    ...summarize(row, ports, secondsLeft),
    checkpointRows: store.checkpoints.list(row.id).map(({ update, sha256 }) => ({
      update,
      sha256,
      results: Object.fromEntries(
        (results.get(update) ?? [])
          .filter(({ result }) => result.id !== baselineId) // the run's, not the checkpoint's
          .map(({ result }) => [result.id, result.value]),
      ),
    })),
    alignment: store.alignments.last(row.id),
    datasetSha256: store.datasets.get(row.spec.dataset)?.source.sha256 ?? '',
    appVersion: row.appVersion,
    folder: workspace.runFolder(row.id),
  };
}
