import { describe, expect, it } from 'vitest';
import { exportFormats } from '../../../../src/core/checkpoints/exportFormats.ts';
import { decodeCheckpoint, type Checkpoint } from '../../../../src/core/checkpoints/checkpoint.ts';
import { readStateDict } from '../../../../src/core/checkpoints/published.ts';
import { npz } from '../../../../src/core/data/formats/npz.ts';
import type { FileArray } from '../../../../src/core/data/formats/format.ts';
import { zipMembers } from '../../../../src/core/data/formats/zip.ts';
import { storedZip } from '../../../../src/core/data/formats/storedZip.ts';
import { parameterNames } from '../../../../src/core/models/parameters.ts';
import { plainWiring, type Wiring } from '../../../../src/core/models/wiring.ts';
import type { Precision } from '../../../../src/core/math/tensor.ts';
import { initialState } from '../../../../src/core/engines/state.ts';
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
const about = { rule: 'e-prop', note: 'τ – «Ä» 😀' };

function checkpoint(precision: Precision, wiring: Wiring): Checkpoint {
  const { parameters, wiring: copied } = initialState(randomParameters(smallShape, 4), 10, precision, wiring);
  return { update: 300, parameters, activityPenalty: 10 / 1.5 ** 3, wiring: copied };
}
const cases = (['float32', 'float64'] as const).flatMap((precision) => [
  { precision, name: 'no wiring', wiring: plainWiring },
  { precision, name: 'all wiring', wiring: full },
]);

describe.each(cases)('a checkpoint of $precision with $name', ({ precision, wiring }) => {
  const original = checkpoint(precision, wiring);
  const encoded = (id: string): Uint8Array => exportFormats.get(id).encode(original, about);

  it('comes back from a PyTorch file bit for bit', () => {
    const { parameters, activityPenalty, wiring: read, unknown } = readStateDict(encoded('pth'));
    expect({ parameters, activityPenalty, wiring: read }).toEqual({
      parameters: original.parameters,
      activityPenalty: original.activityPenalty,
      wiring: original.wiring,
    });
    expect(unknown).toEqual([]);
  });

  it('comes back from a NumPy archive bit for bit, with its settings', () => {
    const arrays = npz.read(encoded('npz'), 'x.npz') as Map<string, FileArray | string>;
    for (const name of parameterNames) {
      expect(arrays.get(name)).toEqual({ kind: 'array', dtype: precision, ...original.parameters[name] });
    }
    expect(arrays.has('mask')).toBe(wiring.mask !== null);
    expect(JSON.parse(arrays.get('metadata') as string)).toEqual({
      update: 300,
      activityPenalty: original.activityPenalty,
      ...(wiring.cellTypes ? { cellTypes: wiring.cellTypes } : {}),
      about,
    });
  });

  it('comes back from safetensors as it is stored', () => {
    expect(decodeCheckpoint(encoded('safetensors'))).toEqual(original);
  });

  it('gives the same bytes every time', () => {
    for (const { id } of exportFormats.all) expect(encoded(id)).toEqual(encoded(id));
  });
});

describe('export formats', () => {
  it('are named when another one is asked for', () => {
    expect(() => exportFormats.get('onnx')).toThrow(expect.objectContaining({ code: 'export.format' }));
  });
});

describe('a stored archive', () => {
  it('holds its members at multiples of 64 bytes, whatever the names', () => {
    const members = ['a', 'ä/long name of a file', 'x'.repeat(97)].map((name, i) => ({
      name,
      content: Uint8Array.from({ length: 3 + 70 * i }, (_, k) => k),
    }));
    const bytes = storedZip(members);
    const read = zipMembers(bytes, 'x.zip').map((m) => ({ name: m.name, content: m.read() }));
    expect(read.map((m) => ({ ...m, content: Uint8Array.from(m.content) }))).toEqual(members);
    for (const { content } of read) expect((content.byteOffset - bytes.byteOffset) % 64).toBe(0);
  });

  it('may be empty', () => {
    expect(storedZip([])).toHaveLength(22);
  });
});
