/**
 * A bare pickle (pickle.dump): plain data, NumPy arrays, PyTorch tensors. Protocols 2 to 5 have a first byte of their own;
 * 0 and 1 are told by their name and by their last byte.
 */
import { defineFormat } from './format.ts';
import { openValue } from './openValue.ts';
import { unpickle } from './pickle.ts';
import { headOf } from './source.ts';
import type { ByteSource } from './source.ts';

export const pkl = defineFormat({
  id: 'pkl',
  label: 'Python pickle',
  extensions: ['.pkl', '.pickle'],
  recognises(source, name) {
    const [first, protocol] = headOf(source, 2);
    if (first === 0x80) return protocol >= 2 && protocol <= 5;
    return /\.(pkl|pickle)$/i.test(name) && source.size > 1 && lastOf(source) === '.'.charCodeAt(0);
  },
  open: (source, name) => openValue(unpickle(source.read(0, source.size), name), name),
});

const lastOf = (source: ByteSource): number => source.read(source.size - 1, 1)[0];
