import { describe, expect, it } from 'vitest';
import { readStateDict } from '../../../../../src/core/checkpoints/published.ts';
import type { FileArray, FileValue } from '../../../../../src/core/data/formats/format.ts';
import { pth } from '../../../../../src/core/data/formats/pth.ts';
import { codeOf, messageOf, text, zipFile } from '../../../../support/files.ts';
import { pthFile, pthPickle } from '../../../../support/pthFile.ts';

describe('pth', () => {
  const shapes = { weight: [2, 3], bias: [2] };
  const read = (bytes: Uint8Array): Map<string, FileValue> => pth.read(bytes, 'x.pth') as Map<string, FileValue>;

  it('reads tensors and numbers', () => {
    const content = read(pthFile(shapes));
    const state = content.get('model_state_dict') as Map<string, FileArray>;
    expect([...state].map(([name, { shape, dtype }]) => [name, shape, dtype])).toEqual([
      ['weight', [2, 3], 'float32'],
      ['bias', [2], 'float32'],
    ]);
    expect(content.get('regularization_activityL2')).toBe(1.5);
  });

  it.each<[string, Uint8Array, string]>([
    ['a tensor larger than its data', pthFile({ weight: [2, 2], bias: [2] }, pthPickle(shapes)), 'format.pth'],
    ['no pickle', zipFile([{ name: 'a/data', content: text('a') }]), 'format.pth'],
    [
      'another byte order',
      zipFile([
        { name: 'a/data.pkl', content: text('N.') },
        { name: 'a/byteorder', content: text('big') },
      ]),
      'format.pth',
    ],
    ['a call of code', pthFile({}, text('cos\nsystem\nX\x02\0\0\0ls\x85R.')), 'format.pickle.global'],
  ])('refuses %s', (_, bytes, code) => {
    expect(codeOf(() => read(bytes))).toBe(code);
  });

  it('is no published checkpoint without the parameters of one', () => {
    expect(codeOf(() => readStateDict(pthFile(shapes)))).toBe('checkpoint.published');
    expect(messageOf(() => readStateDict(pthFile(shapes)))).toContain('found also weight, bias');
    expect(codeOf(() => readStateDict(pthFile({}, text('N.'))))).toBe('checkpoint.published');
  });
});
