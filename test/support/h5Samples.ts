/** Small HDF5 files, written by the HDF5 library itself. */
import type { Dataset, Group } from 'h5wasm';
import { loadLibrary } from '../../src/platform/formats/h5Module.ts';

type Attributes = Record<string, string | number>;
export type H5Part =
  | {
      path: string;
      data: Float64Array | Float32Array | Int32Array | Uint8Array | Uint16Array | string | string[];
      shape?: number[];
      chunks?: number[];
      /** the shape that it has at last; what is added is not written */
      grownTo?: number[];
      about?: Attributes;
    }
  | { path: string; group: true; about?: Attributes }
  /** paths of objects that were written before */
  | { path: string; references: readonly string[]; about?: Attributes };

let written = 0;

/** root: attributes of the file */
export async function h5File(parts: readonly H5Part[], root: Attributes = {}): Promise<Uint8Array> {
  await loadLibrary(); // first, so that its memory has bounds
  const h5 = await import('h5wasm');
  const { FS } = await h5.ready;
  const name = `sample${written++}.h5`;
  const file = new h5.File(name, 'w');
  for (const [key, value] of Object.entries(root)) file.create_attribute(key, value);
  for (const part of parts) {
    if ('group' in part) file.create_group(part.path);
    else if ('references' in part) {
      const data = part.references.map((path) => (file.get(path) as Dataset).create_reference());
      file.create_dataset({ name: part.path, data, shape: [data.length, 1] });
    } else {
      const { path, data, shape, chunks, grownTo } = part;
      const gzip = Array.isArray(data) ? {} : { compression: 'gzip' as const, compression_opts: 4 }; // texts cannot be
      file.create_dataset({
        name: path,
        data,
        ...(shape ? { shape } : {}),
        ...(chunks ? { chunks, ...gzip } : {}),
        ...(grownTo ? { maxshape: grownTo } : {}),
      });
      if (grownTo) (file.get(path) as Dataset).resize(grownTo);
    }
    const made = file.get(part.path) as Group | Dataset;
    for (const [key, value] of Object.entries(part.about ?? {})) made.create_attribute(key, value);
  }
  file.flush();
  file.close();
  const bytes = FS.readFile(name).slice();
  FS.unlink(name);
  return bytes;
}
