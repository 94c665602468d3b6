/** Small HDF5 files, written by the HDF5 library itself. */
import * as h5 from 'h5wasm';

type Attributes = Record<string, string | number>;
export type H5Part =
  | {
      path: string;
      data: Float64Array | Float32Array | Int32Array | Uint8Array | Uint16Array | string | string[];
      shape?: number[];
      chunks?: number[];
      about?: Attributes;
    }
  | { path: string; group: true; about?: Attributes };

let written = 0;

/** root: attributes of the file */
export async function h5File(parts: readonly H5Part[], root: Attributes = {}): Promise<Uint8Array> {
  const { FS } = await h5.ready;
  const name = `sample${written++}.h5`;
  const file = new h5.File(name, 'w');
  for (const [key, value] of Object.entries(root)) file.create_attribute(key, value);
  for (const part of parts) {
    if ('group' in part) file.create_group(part.path);
    else {
      const { path, data, shape, chunks } = part;
      const packed = chunks ? { chunks, compression: 'gzip' as const, compression_opts: 4 } : {};
      file.create_dataset({ name: path, data, ...(shape ? { shape } : {}), ...packed });
    }
    const made = file.get(part.path) as h5.Group | h5.Dataset;
    for (const [key, value] of Object.entries(part.about ?? {})) made.create_attribute(key, value);
  }
  file.flush();
  file.close();
  const bytes = FS.readFile(name).slice();
  FS.unlink(name);
  return bytes;
}
