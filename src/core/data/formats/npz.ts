/** NumPy's .npz: a ZIP archive with one .npy member per array. Read as a dictionary. */
import { LabError } from '../../errors.ts';
import { defineFormat } from './format.ts';
import type { OpenFile } from './format.ts';
import { openNpy } from './npy.ts';
import { openParts } from './openParts.ts';
import { hasMember, isZip, zipMembers } from './zip.ts';

export const npz = defineFormat({
  id: 'npz',
  label: 'NumPy archive',
  extensions: ['.npz'],
  recognises: (source, name) =>
    hasMember(source, (member) => member.endsWith('.npy')) || (isZip(source) && /\.npz$/i.test(name)),
  open(source, name) {
    const arrays = new Map<string, () => OpenFile>();
    for (const { name: member, size, begin } of zipMembers(source, name)) {
      if (!member.endsWith('.npy')) continue;
      arrays.set(member.slice(0, -4), () => openNpy(begin, size, `${name}: ${member}`));
    }
    if (arrays.size > 0) return openParts(arrays, name);
    throw new LabError(
      'format.npz',
      `Reading "${name}": expected arrays (.npy members), found none. Save it with numpy.savez.`,
    );
  },
});
