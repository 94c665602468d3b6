/**
 * NumPy's .npy, versions 1 to 3: magic, version, header length, a header that is a Python dictionary, then the elements.
 * Arrays of Python objects hold a pickle instead, read by pickle.ts as data only.
 * Source: numpy.lib.format's description.
 */
import { LabError } from '../../errors.ts';
import { sizeOf } from '../../math/tensor.ts';
import { dtypeNamed, mostAxes, readElements, widthOf } from './elements.ts';
import type { FileValue, Format } from './format.ts';
import { unpickle } from './pickle.ts';
import { readTexts, textTypeNamed, textWidth } from './texts.ts';

/** Only records with very many fields need more. */
const longestHeader = 0xffff;

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

export const npy: Format = {
  id: 'npy',
  label: 'NumPy array',
  extensions: ['.npy'],
  recognises: (bytes) => magic.every((b, i) => bytes[i] === b),
  read: readNpy,
};

function readNpy(bytes: Uint8Array, name: string): FileValue {
  const fail = (code: string, what: string): never => {
    throw new LabError(`format.npy.${code}`, `Reading "${name}": ${what}`);
  };
  if (!npy.recognises(bytes, name))
    fail('magic', 'expected a NumPy array file, found other content. Save it with numpy.save.');
  const { descr, fortranOrder, shape, dataStart } = readHeader(bytes, fail);
  const body = bytes.subarray(dataStart);
  if (/^\|?O/.test(descr)) return unwrap(unpickle(body, name), shape, fail);

  const text = textTypeNamed(descr);
  const [, order, kind] = /^([<>|=])?([a-z]\d+)$/.exec(descr) ?? [];
  const dtype = kind === undefined ? undefined : dtypeNamed(kind);
  if (!text && !dtype) {
    return fail(
      'dtype',
      `the element type "${descr.slice(0, 20)}" cannot be imported. Convert it to float64 with array.astype(float).`,
    );
  }
  const expected = sizeOf(shape) * (text ? textWidth(text) : widthOf(dtype!));
  if (!Number.isSafeInteger(expected) || body.length !== expected) {
    const found = body.length < expected ? `only ${body.length}; the file is cut off` : `${body.length}`;
    fail(
      'length',
      `expected ${expected} bytes of data for ${shape.join(' × ') || '1'} ${dtype ?? 'texts'}, found ${found}. Copy the file again.`,
    );
  }
  if (text) return unwrap(readTexts(body, sizeOf(shape), text), shape, fail);
  return readElements(body, { dtype: dtype!, shape, littleEndian: order !== '>', fortranOrder });
}

type Header = { descr: string; fortranOrder: boolean; shape: number[]; dataStart: number };

function readHeader(bytes: Uint8Array, fail: (code: string, what: string) => never): Header {
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) fail('version', `expected version 1 to 3 of the format, found ${version}.`);
  const lengthWidth = version === 1 ? 2 : 4;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textStart = 8 + lengthWidth;
  if (bytes.length < textStart) fail('header', 'the file ends inside its header. Copy it again.');
  const length = lengthWidth === 2 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > longestHeader) fail('header', `its header takes ${length} bytes, expected ${longestHeader} at most.`);
  const dataStart = textStart + length;
  if (dataStart > bytes.length) fail('header', 'the file ends inside its header. Copy it again.');
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(textStart, dataStart));

  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shapeText = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  if (descr === undefined && /'descr'\s*:\s*\[/.test(text)) {
    fail('dtype', 'it holds records with named fields. Save each field as an array of its own.');
  }
  if (descr === undefined || order === undefined || shapeText === undefined) {
    return fail(
      'header',
      `expected a header with descr, fortran_order and shape, found "${text.trim().slice(0, 80)}".`,
    );
  }
  const shape = shapeText
    .split(',')
    .map((n) => n.replace('L', '').trim())
    .filter((n) => n !== '')
    .map(Number);
  if (shape.length > mostAxes) fail('header', `it has ${shape.length} axes, expected ${mostAxes} at most.`);
  if (!shape.every(Number.isSafeInteger))
    fail('header', `its shape (${shapeText.slice(0, 80)}) has an extent that is too large.`);
  return { descr, fortranOrder: order === 'True', shape, dataStart };
}

/** What is no number becomes a list; numpy.save of a dictionary or a text has no axes around it, what was saved is inside. */
function unwrap(value: FileValue, shape: number[], fail: (code: string, what: string) => never): FileValue {
  if (!Array.isArray(value) || value.length !== sizeOf(shape)) fail('object', 'its objects do not fit its shape.');
  return shape.length === 0 ? value[0]! : value;
}
