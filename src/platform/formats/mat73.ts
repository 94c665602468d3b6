/**
 * MATLAB 7.3 files: HDF5 with MATLAB's classes as attributes and its axes in the other order. Values are those of MATLAB 5
 * files (core/data/formats/mat.ts): structs are dictionaries, cells and struct arrays lists, first axis fastest.
 */
import { defineFormat } from '../../core/data/formats/format.ts';
import type { Entry, FileValue, OpenFile, Path } from '../../core/data/formats/format.ts';
import { limits } from '../../core/data/formats/limits.ts';
import { arrayOf, noSuch, openValue, placed, valueAt } from '../../core/data/formats/openValue.ts';
import { headOf } from '../../core/data/formats/source.ts';
import type { ByteSource } from '../../core/data/formats/source.ts';
import { withH5 } from './h5File.ts';
import type { H5File } from './h5File.ts';
import { isHdf5 } from './hdf5.ts';
import { MatlabReader } from './matlabReader.ts';

export const mat73 = defineFormat({
  id: 'mat73',
  label: 'MATLAB 7.3',
  extensions: [], // .mat, as those of MATLAB 5
  recognises: (source) => isMatlab(headOf(source, 128)) && isHdf5(source),
  open: openMat73,
});

/** MATLAB writes what wrote the file and its version before HDF5 begins. */
function isMatlab(header: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(header);
  return text.startsWith('MATLAB 7.3') || (header[124] === 0 && header[125] === 2 && text.slice(126) === 'IM');
}

function openMat73(source: ByteSource, name: string): OpenFile {
  const root = withH5(source, name, (file) => describeVariables(file, name));
  const variable = (file: H5File, path: Path): { object: string; rest: Path } => {
    const [first, ...rest] = path;
    if (first === undefined || !variablesOf(file).includes(String(first))) noSuch(path, name);
    return { object: `/${first}`, rest };
  };
  return {
    root,
    read: (path = []) =>
      withH5(source, name, (file) => {
        const reader = new MatlabReader(file, name);
        if (path.length === 0) {
          return new Map(variablesOf(file).map((key): [string, FileValue] => [key, reader.value(`/${key}`)]));
        }
        const { object, rest } = variable(file, path);
        const found = reader.find(object, rest) ?? noSuch(path, name);
        return valueAt(reader.value(found.place), found.rest, name);
      }),
    slice: (path, ranges) =>
      withH5(source, name, (file) => {
        const reader = new MatlabReader(file, name);
        const { object, rest } = variable(file, path);
        const found = reader.find(object, rest) ?? noSuch(path, name);
        const numbers = reader.part(found.place, (shape) => placed(shape, ranges, name));
        if (numbers === null) return openValue(reader.value(found.place), name).slice(found.rest, ranges);
        return arrayOf(valueAt(numbers, found.rest, name), path, name);
      }),
  };
}

/** What MATLAB keeps beside the variables begins with "#". */
const variablesOf = (file: H5File): string[] => file.names('/').filter((name) => !name.startsWith('#'));

function describeVariables(file: H5File, name: string): Entry {
  const reader = new MatlabReader(file, name);
  const left = { values: limits.described };
  return {
    kind: 'dictionary',
    entries: new Map(variablesOf(file).map((key) => [key, reader.entry(`/${key}`, left)])),
  };
}
