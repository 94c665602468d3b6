/**
 * The safetensors format: 8 bytes header length (little endian), a JSON header that names each array's type, shape and
 * place, then the raw little-endian data. float32 and float64 are read and written.
 * Source: the format's description at huggingface.co/docs/safetensors.
 */
import { LabError } from '../errors.ts';
import { sizeOf } from '../math/tensor.ts';
import type { Tensor } from '../math/tensor.ts';
import { fromLittleEndian, littleEndianBytes } from '../data/formats/littleEndian.ts';

type Entry = { dtype: string; shape: number[]; data_offsets: [number, number] };

const alignment = 8;
const largestHeader = 100 * 1024 * 1024;

/** The arrays in order of their names, so that equal content gives equal bytes. */
export function encode(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const names = Object.keys(tensors).sort();
  let end = 0;
  const entries = names.map((name) => {
    const { shape, data } = tensors[name];
    const start = end;
    end += data.byteLength;
    return [name, { dtype: data instanceof Float32Array ? 'F32' : 'F64', shape, data_offsets: [start, end] }];
  });
  const header = Object.fromEntries([['__metadata__', sortedByKey(metadata)], ...entries]) as unknown;
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(text.length / alignment) * alignment;
  const out = new Uint8Array(8 + headerLength + end);
  new DataView(out.buffer).setBigUint64(0, BigInt(headerLength), true);
  out.fill(0x20, 8, 8 + headerLength);
  out.set(text, 8);
  let at = 8 + headerLength;
  for (const name of names) {
    const { data } = tensors[name];
    out.set(littleEndianBytes(data), at);
    at += data.byteLength;
  }
  return out;
}

/** wanted: which arrays to take, by name; absent: all. Throws LabError `safetensors.damaged` for anything but a whole, consistent file. */
export function decode(
  bytes: Uint8Array,
  wanted: (name: string) => boolean = () => true,
): { tensors: Record<string, Tensor>; metadata: Record<string, string> } {
  if (bytes.length < 8) throw damaged(`expected at least 8 bytes, found ${bytes.length}`);
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (headerLength > Math.min(largestHeader, bytes.length - 8)) {
    throw damaged(`its header should take ${headerLength} bytes, found ${bytes.length - 8}`);
  }
  const { __metadata__: metadata = {}, ...entries } = parseHeader(bytes.subarray(8, 8 + headerLength));
  if (!isTextByKey(metadata)) throw damaged('its metadata is not text by key');
  const body = bytes.subarray(8 + headerLength);
  const tensors: [string, Tensor][] = [];
  let end = 0;
  const inOrder = Object.entries(entries).map(checkedEntry).sort(byPlace);
  for (const { name, dtype, shape, data_offsets } of inOrder) {
    const [from, to] = data_offsets;
    const width = dtype === 'F32' ? 4 : 8;
    if (from !== end || to < from || to > body.length || to - from !== sizeOf(shape) * width) {
      throw damaged(`the place of "${name}" does not fit its shape or the file`);
    }
    end = to;
    if (!wanted(name)) continue;
    const data = fromLittleEndian(body.subarray(from, to), dtype === 'F32' ? 'float32' : 'float64');
    tensors.push([name, { shape, data }]);
  }
  if (end !== body.length) throw damaged(`expected ${end} bytes of data, found ${body.length}`);
  return { tensors: Object.fromEntries(tensors), metadata };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged('its header is not JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw damaged('its header is no object');
  return header as Record<string, unknown>;
}

/** By start, then by end: an array without values lies at the start of its neighbour, whichever the header names first. */
function byPlace({ data_offsets: a }: Entry, { data_offsets: b }: Entry): number {
  return a[0] - b[0] || a[1] - b[1];
}

function isTextByKey(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && Object.values(value).every((v) => typeof v === 'string');
}

function checkedEntry([name, entry]: [string, unknown]): Entry & { name: string } {
  const { dtype, shape, data_offsets } = (entry ?? {}) as Partial<Entry>;
  const whole = (v: unknown): boolean => Number.isSafeInteger(v) && (v as number) >= 0;
  if (dtype !== 'F32' && dtype !== 'F64') throw damaged(`"${name}" is not of type F32 or F64`);
  if (!Array.isArray(shape) || !shape.every(whole)) throw damaged(`"${name}" has no proper shape`);
  if (!Array.isArray(data_offsets) || data_offsets.length !== 2 || !data_offsets.every(whole)) {
    throw damaged(`"${name}" has no proper place`);
  }
  return { name, dtype, shape, data_offsets };
}

function sortedByKey(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function damaged(what: string): LabError {
  return new LabError(
    'safetensors.damaged',
    `Reading a safetensors file: ${what}. Restore the file from where it came.`,
  );
}
