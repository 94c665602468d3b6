/**
 * MATLAB 5 files (`save` with -v6 or -v7, the usual until arrays of 2 GiB): a header of 128 bytes, then one element per
 * variable, compressed in -v7. Read as a dictionary of variables. -v7.3 files are HDF5 and refused in words.
 */
import { LabError } from '../../errors.ts';
import type { FileValue, Format } from './format.ts';
import { matContext, readMatrix } from './matArrays.ts';
import { elementTypes, MatReader, Unpacker } from './matElements.ts';

const headerLength = 128;
const versions = { five: 0x0100, hdf5: 0x0200 } as const;

export const mat: Format = {
  id: 'mat',
  label: 'MATLAB 5',
  extensions: ['.mat'],
  recognises: (bytes) => {
    const version = versionOf(bytes);
    return version === versions.five || version === versions.hdf5;
  },
  read(bytes, name) {
    const fail = (what: string): never => {
      throw new LabError('format.mat', `Reading "${name}" (MATLAB 5): ${what}. Save it again, with -v7.`);
    };
    const version = versionOf(bytes);
    if (version === versions.hdf5) {
      fail('it was saved with -v7.3, which is HDF5 and is not read here');
    }
    if (version !== versions.five) fail('its header is cut off or of another format');
    const littleEndian = isLittleEndian(bytes);
    const context = matContext(littleEndian, fail);
    const reader = new MatReader(bytes, littleEndian, fail, headerLength);
    const unpacker = new Unpacker(fail);
    const variables = new Map<string, FileValue>();
    while (reader.left > 0) {
      const element = reader.next();
      const compressed = element.type === elementTypes.compressed;
      const inner = compressed ? new MatReader(unpacker.unpack(element.bytes), littleEndian, fail).next() : element;
      const variable = readMatrix(inner, context);
      if (variable.name !== '') variables.set(variable.name, variable.value); // nameless: what objects keep beside
    }
    return variables.size > 0 ? variables : fail('expected variables, found none that can be read');
  },
};

/** The mark reads "MI" in the byte order of the file. */
function isLittleEndian(bytes: Uint8Array): boolean {
  return bytes[126] === 0x49 && bytes[127] === 0x4d;
}

function versionOf(bytes: Uint8Array): number | null {
  if (bytes.length < headerLength) return null;
  const marked = isLittleEndian(bytes) || (bytes[126] === 0x4d && bytes[127] === 0x49);
  if (!marked) return null;
  return isLittleEndian(bytes) ? bytes[124] | (bytes[125] << 8) : (bytes[124] << 8) | bytes[125];
}
