/**
 * The file formats that need nothing but bytes. A new one is one file and one line here. Those that need WebAssembly are in
 * `platform/formats`, whose list has all.
 */
import { LabError } from '../../errors.ts';
import type { Format } from './format.ts';
import { csv } from './csv.ts';
import { mat } from './mat.ts';
import { npy } from './npy.ts';
import { npz } from './npz.ts';
import { pkl } from './pkl.ts';
import { pth } from './pth.ts';
import { asSource } from './source.ts';
import type { ByteSource } from './source.ts';

export const formats: readonly Format[] = [npy, npz, pth, pkl, mat, csv];

/** The format of a file, by its content first. Throws LabError `format.unknown`. */
export function formatOf(content: Uint8Array | ByteSource, name: string, among = formats): Format {
  const source = asSource(content);
  const format = among.find((f) => f.recognises(source, name));
  if (format) return format;
  const known = among.map((f) => `${f.label} (${f.extensions.join(', ')})`).join(', ');
  throw new LabError(
    'format.unknown',
    `Reading "${name}": its content is none of the formats known here: ${known}. Convert it, for example with numpy.savez.`,
  );
}
