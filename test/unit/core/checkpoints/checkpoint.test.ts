import { describe, expect, it } from 'vitest';
import {
  decodeCheckpoint,
  decodeResumePoint,
  encodeCheckpoint,
  encodeResumePoint,
} from '../../../../src/core/checkpoints/checkpoint.ts';
import { decode, encode } from '../../../../src/core/checkpoints/safetensors.ts';
import { initialState } from '../../../../src/core/engines/state.ts';
import { NumpyRandom } from '../../../../src/core/math/random/numpyRandom.ts';
import { TorchRandom } from '../../../../src/core/math/random/torchRandom.ts';
import { plainWiring, type Wiring } from '../../../../src/core/models/wiring.ts';
import { randomMask, randomParameters, randomTensor, smallShape } from '../../../support/network.ts';

const full: Wiring = {
  mask: randomMask(9, true, 1),
  Bout: randomTensor([2, 9], 2),
  Brec: randomTensor([9, 9], 3),
  cellTypes: [
    [0, 4],
    [4, 9],
  ],
};
const wirings = [
  { name: 'plain', wiring: plainWiring },
  { name: 'full', wiring: full },
];
const random = { trials: NumpyRandom.seeded(1).state(), noise: TorchRandom.seeded(2).state() };

describe.each(wirings)('with $name wiring', ({ wiring }) => {
  const state = initialState(randomParameters(smallShape, 1), 0.5, 'float64', wiring, 3_000_000_001);

  it('a checkpoint comes back as it was', () => {
    const { update, parameters, activityPenalty } = state;
    const checkpoint = { update, parameters, activityPenalty, wiring };
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint);
  });

  it('a point to resume from comes back as it was', () => {
    const point = { state, engine: 'reference', random } as const;
    expect(decodeResumePoint(encodeResumePoint(point))).toEqual(point);
  });

  it('a point to resume from that was stored before rules drew is opened', () => {
    const { tensors, metadata } = decode(encodeResumePoint({ state, engine: 'reference', random }));
    const { ruleSeed: _, ...older } = metadata;
    expect(decodeResumePoint(encode(tensors, older)).state).toEqual({ ...state, ruleSeed: 0 });
  });
});

describe('a checkpoint', () => {
  const { update, parameters, activityPenalty } = initialState(randomParameters(smallShape, 1), 0.5, 'float32');
  const bytes = encodeCheckpoint({ update, parameters, activityPenalty, wiring: full });

  it('from before there was wiring is of a plain network', () => {
    const old = encode({ ...parameters }, { update: '7', activityPenalty: '0.5' });
    expect(decodeCheckpoint(old)).toEqual({ update: 7, parameters, activityPenalty: 0.5, wiring: plainWiring });
    expect(encodeCheckpoint({ update: 7, parameters, activityPenalty: 0.5, wiring: plainWiring })).toEqual(old);
  });

  it.each(['[[0,4],[4]]', '{"0":4}', '[[0,-1]]', 'no JSON'])('with the cell types %s is damaged', (cellTypes) => {
    const { tensors, metadata } = decode(bytes);
    expect(() => decodeCheckpoint(encode(tensors, { ...metadata, cellTypes }))).toThrow(
      expect.objectContaining({ code: 'checkpoint.damaged' }),
    );
  });
});
