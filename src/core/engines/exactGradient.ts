import type { Parameters } from '../models/parameters.ts';
import { plainWiring } from '../models/wiring.ts';
import { bptt } from '../rules/bptt.ts';
import type { Engine, EngineState, TrainingSetup, Work } from './engine.ts';

/**
 * The exact gradient of the loss, before clipping, at a network's state on one batch: that of BPTT on a second network,
 * opened on a copy of the state and closed again. Costs one gradient, and for its time the memory of one network.
 */
export function exactGradient(
  engine: Engine,
  setup: TrainingSetup,
  state: EngineState,
  { batch, noise }: Work,
): Parameters {
  const wiring = { ...plainWiring, mask: state.wiring.mask }; // the rule's own ways back are no part of the network
  const network = engine.open({ ...setup, rule: bptt }, { ...state, wiring });
  try {
    return network.gradient(batch, noise).gradient;
  } finally {
    network.close();
  }
}
