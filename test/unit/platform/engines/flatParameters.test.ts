import { describe, expect, it } from 'vitest';
import { flatten, parameterCount, unflatten } from '../../../../src/platform/engines/flatParameters.ts';
import { mapParameters } from '../../../../src/core/models/parameters.ts';
import { inPrecision } from '../../../../src/core/math/tensor.ts';
import { randomParameters, smallShape } from '../../../support/network.ts';

describe('flat parameters', () => {
  const parameters = mapParameters(randomParameters(smallShape, 5), (p) => inPrecision(p, 'float32'));

  it('come back as they were', () => {
    const flat = flatten(smallShape, parameters);
    expect(flat).toHaveLength(parameterCount(smallShape));
    expect(unflatten(smallShape, flat)).toEqual(parameters);
  });

  it('start with a0 and end with the bias of the readout', () => {
    const flat = flatten(smallShape, parameters);
    expect(flat[0]).toBe(parameters.a0.data[0]);
    expect(flat.at(-1)).toBe(parameters.bout.data.at(-1));
  });
});
