/** All file formats. A new one is one file and one line here. */
import { LabError } from '../../errors.ts';
import type { Format } from './format.ts';
import { mat } from './mat.ts';
import { npy } from './npy.ts';
import { npz } from './npz.ts';
import { pkl } from './pkl.ts';
import { pth } from './pth.ts';

export const formats: readonly Format[] = [npy, npz, pth, pkl, mat];

/** The format of a file, by its content first. Throws LabError `format.unknown`. */
export function formatOf(bytes: Uint8Array, name: string): Format {
  const format = formats.find((f) => f.recognises(bytes, name));
  if (format) return format;
  const known = formats.map((f) => `${f.label} (${f.extensions.join(', ')})`).join(', ');
  throw new LabError(
    'format.unknown',
    `Reading "${name}": its content is none of the formats known here: ${known}. Convert it, for example with numpy.savez.`,
  );
}
