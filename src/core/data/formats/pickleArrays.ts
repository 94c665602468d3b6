/** Arrays inside pickles: NumPy's, whose data lies in the pickle, and PyTorch's, whose data lies beside it. */
import { sizeOf } from '../../math/tensor.ts';
import { readElements } from './arrays.ts';
import { dtypeNamed, forEachIndex, mostAxes, widthOf } from './elements.ts';
import type { Dtype, FileArray } from './format.ts';
import { Instance, latinBytes, textOf } from './pickleValues.ts';
import type { Fail, Maker, PickleValue } from './pickleValues.ts';

export class NumpyDtype extends Instance {
  readonly name: string;
  byteOrder = '|';

  constructor(name: string) {
    super();
    this.name = name;
  }
  setState(state: PickleValue, { fail }: Maker): void {
    const [, order, subtype, names] = Array.isArray(state) ? state : fail('dtype', 'an element type has no state');
    if (subtype || names) fail('dtype', 'it holds records with named fields');
    this.byteOrder = textOf(order) ?? this.byteOrder;
  }
  value(fail: Fail): never {
    return fail('value', 'it holds an element type without an array');
  }
}

export class NumpyArray extends Instance {
  #value: PickleValue | undefined;

  setState(state: PickleValue, maker: Maker): void {
    const [, shape, dtype, fortran, content] = Array.isArray(state) ? state : [];
    const ofObjects = dtype instanceof NumpyDtype && /^O8?$/.test(dtype.name);
    this.#value =
      ofObjects && Array.isArray(content) ? content : arrayFrom(content, dtype, shape, fortran === true, maker);
  }
  value(fail: Fail): PickleValue {
    return this.#value === undefined ? fail('array', 'an array has no content') : this.#value;
  }
}

export function arrayFrom(
  content: PickleValue | undefined,
  type: PickleValue | undefined,
  extents: PickleValue | undefined,
  fortranOrder: boolean,
  { fail, spend }: Maker,
): FileArray {
  if (!(type instanceof NumpyDtype)) return fail('array', 'an array has no element type');
  const dtype =
    dtypeNamed(type.name) ?? fail('dtype', `the element type "${type.name.slice(0, 20)}" cannot be imported`);
  const shape = shapeFrom(extents, fail);
  const bytes = typeof content === 'string' ? latinBytes(content, fail) : content;
  if (!(bytes instanceof Uint8Array)) return fail('array', 'an array has no data');
  if (sizeOf(shape) * widthOf(dtype) !== bytes.length) {
    fail('array', `an array of ${shape.join(' × ')} ${dtype} has ${bytes.length} bytes of data`);
  }
  spend(sizeOf(shape));
  return readElements(bytes, { dtype, shape, littleEndian: type.byteOrder !== '>', fortranOrder });
}

function shapeFrom(value: PickleValue | undefined, fail: Fail): number[] {
  const whole = (n: PickleValue): n is number => typeof n === 'number' && Number.isSafeInteger(n) && n >= 0;
  if (Array.isArray(value) && value.length <= mostAxes && value.every(whole) && Number.isSafeInteger(sizeOf(value)))
    return value;
  return fail('shape', 'an array has no proper shape');
}

/** Array data that lies outside of the pickle. */
export class TensorStorage {
  readonly dtype: Dtype;
  readonly bytes: Uint8Array;
  #values: FileArray['data'] | undefined;

  constructor(dtype: Dtype, bytes: Uint8Array) {
    this.dtype = dtype;
    this.bytes = bytes;
  }
  get length(): number {
    return this.bytes.length / widthOf(this.dtype);
  }
  /** Read once, however many tensors look into it. */
  get values(): FileArray['data'] {
    const stored = { dtype: this.dtype, shape: [this.length], littleEndian: true, fortranOrder: false };
    return (this.#values ??= readElements(this.bytes, stored).data);
  }
}

/** A view of a storage: offset and strides count elements. */
export function tensorFrom([storage, offset, size, stride]: PickleValue[], { fail, spend }: Maker): FileArray {
  if (!(storage instanceof TensorStorage)) return fail('tensor', 'a tensor has no data');
  const shape = shapeFrom(size, fail);
  const strides = shapeFrom(stride, fail);
  const [start] = shapeFrom([offset], fail);
  const count = sizeOf(shape);
  const last = shape.reduce((at, extent, axis) => at + (extent - 1) * strides[axis], start);
  if (strides.length !== shape.length || (count > 0 && last >= storage.length)) {
    fail('tensor', 'a tensor lies outside of its data');
  }
  spend(count);
  const { dtype, values } = storage;
  const data = dtype === 'float32' ? new Float32Array(count) : new Float64Array(count);
  forEachIndex(shape, strides, (from, to) => (data[to] = values[start + from]));
  return { kind: 'array', dtype, shape, data };
}
