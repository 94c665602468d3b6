/** All file formats: the pure ones, and those on HDF5. */
import { asSource } from '../../core/data/formats/source.ts';
import type { ByteSource } from '../../core/data/formats/source.ts';
import type { Format } from '../../core/data/formats/format.ts';
import { formats as pure } from '../../core/data/formats/index.ts';
import { loadLibrary } from './h5Module.ts';
import { hdf5, isHdf5 } from './hdf5.ts';
import { mat73 } from './mat73.ts';
import { nwb } from './nwb.ts';

export const formats: readonly Format[] = [nwb, mat73, hdf5, ...pure];

/** The formats to choose from for a file; those on HDF5 are made ready where they are needed. */
export async function formatsFor(content: Uint8Array | ByteSource): Promise<readonly Format[]> {
  if (!isHdf5(asSource(content))) return pure;
  await loadLibrary();
  return formats;
}
