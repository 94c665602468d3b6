/**
 * NumPy's .npy, versions 1 to 3: a header (npyHeader.ts), then the elements. Arrays of Python objects hold a pickle instead,
 * read by pickle.ts as data only.
 * Source: numpy.lib.format's description.
 */
import { LabError } from '../../errors.ts';
import { sizeOf } from '../../math/tensor.ts';
import { readArray } from './arrays.ts';
import type { Stored } from './arrays.ts';
import { complexEntry, complexWidth, readComplex } from './complex.ts';
import { dtypeNamed, widthOf } from './elements.ts';
import { defineFormat } from './format.ts';
import type { Entry, FileArray, FileValue, OpenFile } from './format.ts';
import { Memory } from './memory.ts';
import { isNpy, magic, readNpyHeader } from './npyHeader.ts';
import type { Fail, NpyHeader } from './npyHeader.ts';
import { arrayOf, openValue, placed, valueAt } from './openValue.ts';
import type { Slice } from './openValue.ts';
import { unpickle } from './pickle.ts';
import { headOf } from './source.ts';
import { streamOf } from './stream.ts';
import type { ByteStream } from './stream.ts';
import { readTexts, textTypeNamed, textWidth } from './texts.ts';

export const npy = defineFormat({
  id: 'npy',
  label: 'NumPy array',
  extensions: ['.npy'],
  recognises: (source) => isNpy(headOf(source, magic.length)),
  open: (source, name) => openNpy(() => streamOf(source), source.size, name),
});

/** begin: gives the file, of `size` bytes, from its start on, as often as asked */
export function openNpy(begin: () => ByteStream, size: number, name: string): OpenFile {
  const fail: Fail = (code, what) => {
    throw new LabError(`format.npy.${code}`, `Reading "${name}": ${what}`);
  };
  const header = readNpyHeader(begin(), size, fail);
  const { dataStart } = header;
  const body = (): ByteStream => {
    const stream = begin();
    stream.skip(dataStart);
    return stream;
  };
  const content = contentOf(header, size - dataStart, fail);
  if (content.kind === 'other') return openValue(content.read(body(), name), name);
  return {
    root: content.entry,
    read: (path = []) => valueAt(content.read(body(), new Memory(name)), path, name),
    slice(path, ranges) {
      const part = placed(header.shape, ranges, name);
      return arrayOf(valueAt(content.read(body(), new Memory(name), part), path, name), path, name);
    },
  };
}

type Content =
  | { kind: 'numbers'; entry: Entry; read: (body: ByteStream, memory: Memory, part?: Slice) => FileValue }
  /** what has no numbers is read at once */
  | { kind: 'other'; read: (body: ByteStream, name: string) => FileValue };

/** length: bytes of the body */
function contentOf(header: NpyHeader, length: number, fail: Fail): Content {
  const { descr, shape, fortranOrder } = header;
  if (/^\|?O/.test(descr)) {
    return { kind: 'other', read: (body, name) => unwrap(unpickle(body.take(length), name), shape, fail) };
  }
  const text = textTypeNamed(descr);
  if (text) {
    requireLength(header, length, textWidth(text), 'texts', fail);
    return { kind: 'other', read: (body) => unwrap(readTexts(body.take(length), sizeOf(shape), text), shape, fail) };
  }
  const [, order, kind = ''] = /^([<>|=])?([a-z]\d+)$/.exec(descr) ?? [];
  const littleEndian = order !== '>';
  const complexOf = complexWidth(kind);
  if (complexOf) {
    requireLength(header, length, 2 * widthOf(complexOf), kind, fail);
    const stored = { dtype: complexOf, shape, littleEndian, fortranOrder };
    return {
      kind: 'numbers',
      entry: complexEntry(stored),
      read: (body, memory, part) => readComplex(body, stored, memory, part),
    };
  }
  const dtype = dtypeNamed(kind);
  if (!dtype) {
    return fail(
      'dtype',
      `the element type "${descr.slice(0, 20)}" cannot be imported. Convert it to float64 with array.astype(float).`,
    );
  }
  requireLength(header, length, widthOf(dtype), dtype, fail);
  const stored: Stored = { dtype, shape, littleEndian, fortranOrder };
  const read = (body: ByteStream, memory: Memory, part?: Slice): FileArray => readArray(body, stored, memory, part);
  return { kind: 'numbers', entry: { kind: 'array', dtype, shape }, read };
}

function requireLength({ shape }: NpyHeader, length: number, width: number, what: string, fail: Fail): void {
  const expected = sizeOf(shape) * width;
  if (Number.isSafeInteger(expected) && length === expected) return;
  const found = length < expected ? `only ${length}; the file is cut off` : `${length}`;
  fail(
    'length',
    `expected ${expected} bytes of data for ${shape.join(' × ') || '1'} ${what}, found ${found}. Copy the file again.`,
  );
}

/** What is no number becomes a list; numpy.save of a dictionary or a text has no axes around it, what was saved is inside. */
function unwrap(value: FileValue, shape: number[], fail: Fail): FileValue {
  if (!Array.isArray(value) || value.length !== sizeOf(shape)) fail('object', 'its objects do not fit its shape.');
  return shape.length === 0 ? value[0]! : value;
}
