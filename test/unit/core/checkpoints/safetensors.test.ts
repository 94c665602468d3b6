import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../../../src/core/checkpoints/safetensors.ts';
import { LabError } from '../../../../src/core/errors.ts';

type Place = { dtype: string; shape: unknown; data_offsets: unknown };

/** A file with the given header, whatever it says. */
function fileOf(header: unknown, body = new Uint8Array(0)): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + body.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(body, 8 + text.length);
  return bytes;
}

const f64 = (shape: unknown, from: unknown, to: unknown): Place => ({
  dtype: 'F64',
  shape,
  data_offsets: [from, to],
});

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof LabError) return error.code;
    throw error;
  }
  return 'no error';
}

const tensors = {
  weights: { shape: [2, 3], data: Float32Array.of(0, -0, 1.5, NaN, Infinity, 1e-40) },
  scalar: { shape: [], data: Float64Array.of(Math.PI) },
  nothing: { shape: [0, 4], data: new Float32Array(0) },
};

describe('encode and decode', () => {
  it('give back shapes, types and every bit, names and metadata', () => {
    const back = decode(encode(tensors, { what: 'a test', unicode: '°→' }));
    expect(back.metadata).toEqual({ what: 'a test', unicode: '°→' });
    expect(back.tensors).toEqual(tensors);
    expect(Object.is(back.tensors['weights'].data[1], -0)).toBe(true);
  });

  it('write the bytes that the format prescribes', () => {
    const header = '{"__metadata__":{},"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    const expected = fileOf(header.padEnd(Math.ceil(header.length / 8) * 8), Uint8Array.of(0, 0, 0xc0, 0x3f));
    expect(encode({ x: { shape: [1], data: Float32Array.of(1.5) } }, {})).toEqual(expected);
  });

  it('write equal bytes whatever the order of names', () => {
    const reversed = Object.fromEntries(Object.entries(tensors).reverse());
    expect(encode(reversed, { b: '2', a: '1' })).toEqual(encode(tensors, { a: '1', b: '2' }));
  });

  it('read from any place in a larger buffer', () => {
    const bytes = encode(tensors, {});
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(decode(larger.subarray(3)).tensors).toEqual(tensors);
  });

  it('keep names that objects inherit', () => {
    const odd = Object.fromEntries(['__proto__', 'constructor'].map((name) => [name, tensors.scalar]));
    expect(Object.entries(decode(encode(odd, {})).tensors)).toEqual(Object.entries(odd));
  });

  it('read arrays without values in whatever order the header names them', () => {
    const file = fileOf({ full: f64([1], 0, 8), empty: f64([0], 0, 0) }, new Uint8Array(8));
    expect(decode(file).tensors['empty'].shape).toEqual([0]);
    expect(decode(file).tensors['full'].data).toEqual(Float64Array.of(0));
  });
});

describe('decode', () => {
  it('refuses a file cut off at any byte', () => {
    const bytes = encode(tensors, { a: 'b' });
    for (let length = 0; length < bytes.length; length++) {
      expect(codeOf(() => decode(bytes.subarray(0, length)))).toBe('safetensors.damaged');
    }
  });

  it.each<[string, unknown, number]>([
    ['a header that is not JSON', '{"x":', 0],
    ['a header that is no object', [1], 0],
    ['an entry that is nothing', { x: null }, 0],
    ['a type that is not read', { x: { ...f64([1], 0, 8), dtype: 'I64' } }, 8],
    ['a negative extent', { x: f64([-1, -1], 0, 8) }, 8],
    ['a shape beyond all numbers', { x: f64(Array(40).fill(2 ** 50), 0, 8) }, 8],
    ['a shape that is not filled', { x: f64([2], 0, 8) }, 8],
    ['a place beyond the file', { x: f64([2], 0, 16) }, 8],
    ['a place that ends before it starts', { x: f64([1], 8, 0) }, 8],
    ['two arrays in one place', { x: f64([1], 0, 8), y: f64([1], 0, 8) }, 8],
    ['a hole between arrays', { x: f64([1], 0, 8), y: f64([1], 16, 24) }, 24],
    ['bytes that no array claims', { x: f64([1], 0, 8) }, 16],
    ['a type that is nested too deep to print', `{"x":{"dtype":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`, 0],
    ['metadata that is no object', { __metadata__: 5 }, 0],
    ['metadata that is not text', { __metadata__: { a: 1 } }, 0],
  ])('refuses %s', (_, header, bodyLength) => {
    expect(codeOf(() => decode(fileOf(header, new Uint8Array(bodyLength))))).toBe('safetensors.damaged');
  });

  it('refuses a header longer than the file before it takes memory for it', () => {
    const bytes = new Uint8Array(16).fill(0xff);
    expect(codeOf(() => decode(bytes))).toBe('safetensors.damaged');
  });
});
