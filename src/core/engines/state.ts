import { copyOf, inPrecision, zeros, type Precision } from '../math/tensor.ts';
import { mapParameters, type Parameters } from '../models/parameters.ts';
import { copyWiring, plainWiring, type Wiring } from '../models/wiring.ts';
import type { EngineState } from './engine.ts';

/** The state before the first update: the given weights, empty moments. */
export function initialState(
  parameters: Parameters,
  activityPenalty: number,
  precision: Precision,
  wiring: Wiring = plainWiring,
  ruleSeed = 0,
): EngineState {
  const empty = (): Parameters => mapParameters(parameters, (p) => zeros(p.shape, precision));
  return {
    update: 0,
    parameters: mapParameters(parameters, (p) => copyOf(inPrecision(p, precision))),
    moments: { first: empty(), second: empty() },
    activityPenalty,
    wiring: copyWiring(wiring, precision),
    ruleSeed,
  };
}

/** A copy that shares no array with the original, in the given precision. */
export function copyState(state: EngineState, precision: Precision): EngineState {
  const copy = (p: Parameters): Parameters => mapParameters(p, (t) => copyOf(inPrecision(t, precision)));
  return {
    update: state.update,
    parameters: copy(state.parameters),
    moments: { first: copy(state.moments.first), second: copy(state.moments.second) },
    activityPenalty: state.activityPenalty,
    wiring: copyWiring(state.wiring, precision),
    ruleSeed: state.ruleSeed,
  };
}
