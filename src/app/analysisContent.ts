/** What the numbers of a run's checkpoints depend on, but for the metric. */
import type { AnalysisInputs } from '../core/analysis/analysisKey.ts';
import type { EngineUsed } from './contract.ts';
import type { RunRow, Store, StoredCheckpoint } from './ports.ts';

/** The network's activity is computed by the engine that trained it. */
export function analysisContent(
  { spec, engine }: Pick<RunRow, 'spec'> & { engine: Pick<EngineUsed, 'id'> },
  store: Pick<Store, 'datasets'>,
): (checkpoint: StoredCheckpoint) => Omit<AnalysisInputs, 'metric' | 'testSet'> {
  const { activation, activationSlope, tauMs, leak, dale, density } = spec.model;
  const ofRun = {
    dataset: store.datasets.get(spec.dataset)!.contentSha256,
    task: spec.task,
    model: { activation, activationSlope, tauMs, leak, dale, density },
    conventions: spec.conventions,
    engine: engine.id,
  };
  return ({ sha256 }) => ({ ...ofRun, parameters: sha256 });
}
