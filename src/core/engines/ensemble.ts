/** Networks side by side for engines that have no better way than one after the other. */
import { LabError } from '../errors.ts';
import type { Ensemble, EngineState, Network, UpdateReport, Work } from './engine.ts';

export function ensembleOf(networks: readonly Network[]): Ensemble {
  return {
    size: networks.length,
    update: (work) => networks.map((network, i) => outcome(network, work[i] ?? null)),
    gradient: (network, { batch, noise }) => networks[network].gradient(batch, noise),
    state: (network): EngineState => networks[network].state(),
    close: () => networks.forEach((network) => network.close()),
  };
}

function outcome(network: Network, work: Work | null): UpdateReport | LabError | null {
  if (work === null) return null;
  try {
    return network.update(work.batch, work.noise);
  } catch (error) {
    if (error instanceof LabError && error.code === 'training.diverged') return error;
    throw error;
  }
}
