/**
 * MATLAB 5 files (`save` with -v6 or -v7, the usual until arrays of 2 GiB): a header of 128 bytes, then one element per
 * variable, compressed in -v7. Read as a dictionary of variables. -v7.3 files are HDF5 and refused in words.
 */
import { LabError } from '../../errors.ts';
import { defineFormat } from './format.ts';
import type { Entry, FileValue, OpenFile, Path } from './format.ts';
import { limits } from './limits.ts';
import { classes, find, make, readHead } from './matArrays.ts';
import type { MatContext, MatHead } from './matArrays.ts';
import { elementTypes, MatReader } from './matElements.ts';
import type { Fail, MatElement } from './matElements.ts';
import { descriptions, slicedNumbers, values } from './matValues.ts';
import { Memory } from './memory.ts';
import { arrayOf, noSuch, openValue, placed, valueAt } from './openValue.ts';
import { headOf, partOf } from './source.ts';
import type { ByteSource } from './source.ts';
import { streamOf } from './stream.ts';
import { zlibStream } from './zlibStream.ts';

const headerLength = 128;
const versions = { five: 0x0100, hdf5: 0x0200 } as const;

export const mat = defineFormat({
  id: 'mat',
  label: 'MATLAB 5',
  extensions: ['.mat'],
  recognises: (source) => {
    const version = versionOf(headOf(source, headerLength));
    return version === versions.five || version === versions.hdf5;
  },
  open: openMat,
});

/** A variable of the file: its name, and its array from the beginning on, as often as asked. */
type Variable = {
  name: string;
  use<T>(context: MatContext, act: (head: MatHead) => T): T;
  /** as `use`, for what reads the whole array */
  useAll<T>(context: MatContext, act: (head: MatHead) => T): T;
};

function openMat(source: ByteSource, name: string): OpenFile {
  const fail: Fail = (what) => {
    throw new LabError('format.mat', `Reading "${name}" (MATLAB 5): ${what}. Save it again, with -v7.`);
  };
  const header = headOf(source, headerLength);
  const version = versionOf(header);
  if (version === versions.hdf5) {
    fail('it was saved with -v7.3, which is HDF5 and is not read here');
  }
  if (version !== versions.five) fail('its header is cut off or of another format');
  const littleEndian = isLittleEndian(header);
  const contextNow = (): MatContext => ({ littleEndian, fail, memory: new Memory(name), sparseLeft: limits.sparse });
  const variables = variablesOf(source, contextNow(), fail);
  if (variables.size === 0) fail('expected variables, found none that can be read');

  let root: Entry | undefined;
  const at = ([first]: Path): Variable => variables.get(String(first)) ?? noSuch([String(first)], name);
  return {
    get root() {
      const context = contextNow();
      return (root ??= {
        kind: 'dictionary',
        entries: new Map(
          [...variables].map(([key, v]) => [key, v.use(context, (h) => make(h, context, descriptions))]),
        ),
      });
    },
    read(path = []) {
      const context = contextNow();
      if (path.length === 0) {
        const read = (v: Variable): FileValue => v.useAll(context, (head) => make(head, context, values));
        return new Map([...variables].map(([key, v]) => [key, read(v)]));
      }
      return at(path).use(context, (head) => {
        const found = find(head, path.slice(1), context) ?? noSuch(path, name);
        return valueAt(make(found.head, context, values), found.rest, name);
      });
    },
    slice(path, ranges) {
      const context = contextNow();
      if (path.length === 0) noSuch(path, name);
      return at(path).use(context, (head) => {
        const { head: inner, rest } = find(head, path.slice(1), context) ?? noSuch(path, name);
        const { kind, shape } = inner;
        const held = kind === null || kind === classes.sparse || kind === classes.char || kind === classes.cell;
        if (held || kind === classes.struct) {
          return openValue(make(inner, context, values), name).slice(rest, ranges); // small
        }
        const sliced = slicedNumbers(inner, placed(shape, ranges, name), context);
        return arrayOf(valueAt(sliced, rest, name), path, name);
      });
    },
  };
}

/** By name, in the order of the file; the last of a name counts. Those that are no plain value are left out. */
function variablesOf(source: ByteSource, context: MatContext, fail: Fail): Map<string, Variable> {
  const variables = new Map<string, Variable>();
  const body = partOf(source, headerLength, source.size);
  const reader = new MatReader(streamOf(body), context.littleEndian, fail);
  while (reader.left > 0) {
    const start = reader.position;
    const { type } = reader.next();
    const variable = variableAt(body, start, reader.position, type === elementTypes.compressed, fail);
    const name = variable.use(context, (head) => head.name);
    if (name !== '') variables.set(name, { ...variable, name }); // nameless: what objects keep beside
  }
  return variables;
}

/** The variable whose element takes [start, end). */
function variableAt(body: ByteSource, start: number, end: number, compressed: boolean, fail: Fail): Variable {
  const begin = (littleEndian: boolean): { element: MatElement; verify: () => void } => {
    if (!compressed) {
      const element = new MatReader(streamOf(body, start, end), littleEndian, fail).next();
      return { element, verify: () => undefined };
    }
    const damaged = (): never => fail('a compressed element is damaged');
    const zlib = zlibStream(body, start + 8, end, damaged) ?? fail('a compressed element is no zlib stream');
    const reader = new MatReader(zlib.stream, littleEndian, fail);
    const verify = (): void => {
      reader.finish();
      zlib.verify();
    };
    return { element: reader.next(), verify };
  };
  return {
    name: '',
    use: (context, act) => act(readHead(begin(context.littleEndian).element, context)),
    useAll(context, act) {
      const { element, verify } = begin(context.littleEndian);
      const result = act(readHead(element, context));
      verify();
      return result;
    },
  };
}

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
