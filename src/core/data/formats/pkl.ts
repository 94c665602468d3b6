/** A bare pickle (pickle.dump): plain data, NumPy arrays, PyTorch tensors. Protocol 2 or later, which have a first byte of their own. */
import type { Format } from './format.ts';
import { unpickle } from './pickle.ts';

export const pkl: Format = {
  id: 'pkl',
  label: 'Python pickle',
  extensions: ['.pkl', '.pickle'],
  recognises: (bytes) => bytes[0] === 0x80 && bytes[1] >= 2 && bytes[1] <= 5,
  read: (bytes, name) => unpickle(bytes, name),
};
