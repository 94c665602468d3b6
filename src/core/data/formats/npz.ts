/** NumPy's .npz: a ZIP archive with one .npy member per array. Read as a dictionary. */
import { LabError } from '../../errors.ts';
import type { FileValue, Format } from './format.ts';
import { npy } from './npy.ts';
import { hasMember, isZip, zipMembers } from './zip.ts';

export const npz: Format = {
  id: 'npz',
  label: 'NumPy archive',
  extensions: ['.npz'],
  recognises: (bytes, name) =>
    hasMember(bytes, (member) => member.endsWith('.npy')) || (isZip(bytes) && /\.npz$/i.test(name)),
  read(bytes, name) {
    const arrays = new Map<string, FileValue>();
    for (const member of zipMembers(bytes, name)) {
      if (member.name.endsWith('.npy'))
        arrays.set(member.name.slice(0, -4), npy.read(member.read(), `${name}: ${member.name}`));
    }
    if (arrays.size > 0) return arrays;
    throw new LabError(
      'format.npz',
      `Reading "${name}": expected arrays (.npy members), found none. Save it with numpy.savez.`,
    );
  },
};
