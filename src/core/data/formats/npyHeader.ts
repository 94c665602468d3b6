/** The beginning of a .npy file: magic, version, length of the header, and the header, a Python dictionary. */
import { mostAxes } from './elements.ts';
import type { ByteStream } from './stream.ts';

export type Fail = (code: string, what: string) => never;

export type NpyHeader = { descr: string; fortranOrder: boolean; shape: number[]; dataStart: number };

export const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

export const isNpy = (bytes: Uint8Array): boolean => magic.every((b, i) => bytes[i] === b);

/** Only records with very many fields need more. */
const longestHeader = 0xffff;

/** size: of the whole file */
export function readNpyHeader(stream: ByteStream, size: number, fail: Fail): NpyHeader {
  const need = (length: number): Uint8Array => {
    if (stream.position + length > size) fail('header', 'the file ends inside its header. Copy it again.');
    return stream.take(length).slice();
  };
  if (size < magic.length || !isNpy(need(magic.length)))
    fail('magic', 'expected a NumPy array file, found other content. Save it with numpy.save.');
  const [version] = need(2);
  if (version < 1 || version > 3) fail('version', `expected version 1 to 3 of the format, found ${version}.`);
  const lengthBytes = need(version === 1 ? 2 : 4);
  const length = lengthBytes.reduceRight((n, byte) => n * 256 + byte, 0);
  if (length > longestHeader) fail('header', `its header takes ${length} bytes, expected ${longestHeader} at most.`);
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(need(length));
  return { ...parsed(text, fail), dataStart: stream.position };
}

function parsed(text: string, fail: Fail): Omit<NpyHeader, 'dataStart'> {
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
  return { descr, fortranOrder: order === 'True', shape };
}
