/**
 * Writes Python's pickle, protocol 2: numbers, text, lists, dictionaries, and PyTorch tensors whose data lies beside the
 * pickle. Only instructions that PyTorch 2's `torch.load` takes also where it refuses code (`weights_only=True`).
 * Source: Python's pickletools.
 */
import type { Tensor } from '../math/tensor.ts';

export type Picklable = null | boolean | number | string | readonly Picklable[] | StateDict | Dictionary | TensorValue;
export type Dictionary = { readonly kind: 'dictionary'; readonly entries: readonly (readonly [string, Picklable])[] };
/** collections.OrderedDict */
export type StateDict = { readonly kind: 'ordered'; readonly entries: readonly (readonly [string, Picklable])[] };
export type TensorValue = { readonly kind: 'tensor'; readonly tensor: Tensor };

export const dictionary = (entries: Readonly<Record<string, Picklable>>): Dictionary => ({
  kind: 'dictionary',
  entries: Object.entries(entries),
});
export const orderedDictionary = (entries: StateDict['entries']): StateDict => ({ kind: 'ordered', entries });
export const tensorValue = (tensor: Tensor): TensorValue => ({ kind: 'tensor', tensor });

/** The pickle, and the tensors whose data it refers to: the key of each is its place in the list. */
export function pickle(value: Picklable): { bytes: Uint8Array; tensors: Tensor[] } {
  const parts: Uint8Array[] = [];
  const tensors: Tensor[] = [];
  const put = (...bytes: number[]): void => void parts.push(Uint8Array.from(bytes));
  const code = (instruction: string): void => put(instruction.charCodeAt(0));

  function write(v: Picklable): void {
    if (v === null) code('N');
    else if (typeof v === 'boolean') put(v ? 0x88 : 0x89);
    else if (typeof v === 'number') writeNumber(v);
    else if (typeof v === 'string') writeText(v);
    else if (!('kind' in v)) writeList(v);
    else if (v.kind === 'tensor') writeTensor(v.tensor);
    else {
      if (v.kind === 'ordered') {
        writeName('collections', 'OrderedDict');
        code(')');
        code('R');
      } else code('}');
      for (const [key, item] of v.entries) {
        writeText(key);
        write(item);
        code('s');
      }
    }
  }

  /** Whole numbers of 32 bits as such, all others as float64. */
  function writeNumber(v: number): void {
    const bytes = new Uint8Array(9);
    const view = new DataView(bytes.buffer);
    if (v === (v | 0) && !Object.is(v, -0)) {
      bytes[0] = 'J'.charCodeAt(0);
      view.setInt32(1, v, true);
      parts.push(bytes.subarray(0, 5));
    } else {
      bytes[0] = 'G'.charCodeAt(0);
      view.setFloat64(1, v, false);
      parts.push(bytes);
    }
  }
  /** A whole number that Python must not see as a fraction: a size, a stride. */
  function writeCount(v: number): void {
    if (v > 0x7fffffff) throw new Error(`An array of ${v} numbers is too long for this pickle.`);
    writeNumber(v);
  }
  function writeText(text: string): void {
    const bytes = new TextEncoder().encode(text);
    code('X');
    put(bytes.length & 0xff, (bytes.length >> 8) & 0xff, (bytes.length >> 16) & 0xff, bytes.length >>> 24);
    parts.push(bytes);
  }
  function writeName(module: string, name: string): void {
    parts.push(new TextEncoder().encode(`c${module}\n${name}\n`));
  }
  function writeList(items: readonly Picklable[]): void {
    code(']');
    code('(');
    items.forEach(write);
    code('e');
  }
  function writeCounts(counts: readonly number[]): void {
    code('(');
    counts.forEach(writeCount);
    code('t');
  }
  /** torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks), as torch.save has it. */
  function writeTensor(tensor: Tensor): void {
    const { shape, data } = tensor;
    writeName('torch._utils', '_rebuild_tensor_v2');
    code('(');
    code('(');
    writeText('storage');
    writeName('torch', data instanceof Float32Array ? 'FloatStorage' : 'DoubleStorage');
    writeText(String(tensors.push(tensor) - 1));
    writeText('cpu');
    writeCount(data.length);
    code('t');
    code('Q');
    writeCount(0);
    writeCounts(shape);
    writeCounts(shape.map((_, axis) => shape.slice(axis + 1).reduce((n, extent) => n * extent, 1)));
    put(0x89);
    writeName('collections', 'OrderedDict');
    code(')');
    code('R');
    code('t');
    code('R');
  }

  put(0x80, 2);
  write(value);
  code('.');
  return { bytes: joined(parts), tensors };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
