/** Checkpoints as the published scripts store them: PyTorch files with a state dictionary. */
import type { FileValue } from '../data/formats/format.ts';
import { pth } from '../data/formats/pth.ts';
import { isArray } from '../data/layouts/reaching.ts';
import { LabError } from '../errors.ts';
import { tensor } from '../math/tensor.ts';
import type { ParameterName, Parameters } from '../models/parameters.ts';

/** What the published code calls each parameter. */
export const publishedNames: Record<ParameterName, string> = {
  a0: 'ah0',
  Win: 'fc_x2ah.weight',
  Wrec: 'fc_h2ah.weight',
  b: 'fc_x2ah.bias',
  Wout: 'fc_h2y.weight',
  bout: 'fc_h2y.bias',
};

/** Parameters in the precision of the file, and the coefficient of the activity penalty for the next update. */
export function readStateDict(
  bytes: Uint8Array,
  fileName = 'checkpoint.pth',
): { parameters: Parameters; activityPenalty: number } {
  const content = pth.read(bytes, fileName);
  const state = content instanceof Map ? content.get('model_state_dict') : null;
  const penalty = content instanceof Map ? content.get('regularization_activityL2') : null;
  if (!(state instanceof Map) || typeof penalty !== 'number') {
    throw new LabError(
      'checkpoint.published',
      `Reading "${fileName}": expected model_state_dict and regularization_activityL2, as the published scripts store them.`,
    );
  }
  const parameters = Object.fromEntries(
    Object.entries(publishedNames).map(([name, theirs]) => [name, arrayOf(state.get(theirs), theirs, fileName)]),
  ) as Parameters;
  return { parameters, activityPenalty: penalty };
}

function arrayOf(value: FileValue | undefined, name: string, fileName: string): Parameters['a0'] {
  if (isArray(value)) return tensor(value.shape, value.data);
  throw new LabError('checkpoint.published', `Reading "${fileName}": expected the array "${name}", found none.`);
}
