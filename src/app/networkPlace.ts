/** Where the networks of a run lie, for workers that open them. */
import type { EngineUsed } from './contract.ts';
import type { NetworkPlace, RunRow, Workspace } from './ports.ts';

export function networkPlace(
  { id, spec, engine }: Pick<RunRow, 'id' | 'spec'> & { engine: Pick<EngineUsed, 'id'> },
  workspace: Pick<Workspace, 'datasetFile' | 'runFolder'>,
): NetworkPlace {
  return {
    spec,
    datasetFile: workspace.datasetFile(spec.dataset),
    runFolder: workspace.runFolder(id),
    engine: engine.id,
  };
}
