import { describe, expect, it } from 'vitest';
import type { Dtype, FileArray } from '../../../../../src/core/data/formats/format.ts';
import { npy } from '../../../../../src/core/data/formats/npy.ts';
import { asSource } from '../../../../../src/core/data/formats/source.ts';
import { codeOf, joined, messageOf, npyFile, npyWithHeader, numbers } from '../../../../support/files.ts';

type Write = (view: DataView, at: number, value: number, little: boolean) => void;

const types: [descr: string, dtype: Dtype, width: number, values: number[], write: Write][] = [
  ['b1', 'bool', 1, [0, 1, 1, 0, 1, 0], (v, at, x) => v.setUint8(at, x * 255)],
  ['i1', 'int8', 1, [0, 1, -1, 127, -128, 5], (v, at, x) => v.setInt8(at, x)],
  ['u1', 'uint8', 1, [0, 1, 2, 127, 255, 5], (v, at, x) => v.setUint8(at, x)],
  ['i2', 'int16', 2, [0, 1, -1, 32767, -32768, 5], (v, at, x, le) => v.setInt16(at, x, le)],
  ['u2', 'uint16', 2, [0, 1, 2, 65535, 256, 5], (v, at, x, le) => v.setUint16(at, x, le)],
  ['i4', 'int32', 4, [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 5], (v, at, x, le) => v.setInt32(at, x, le)],
  ['u4', 'uint32', 4, [0, 1, 2, 2 ** 32 - 1, 65536, 5], (v, at, x, le) => v.setUint32(at, x, le)],
  ['i8', 'int64', 8, [0, 1, -1, 2 ** 53 - 1, 1 - 2 ** 53, 5], (v, at, x, le) => v.setBigInt64(at, BigInt(x), le)],
  ['u8', 'uint64', 8, [0, 1, 2, 2 ** 53 - 1, 2 ** 32, 5], (v, at, x, le) => v.setBigUint64(at, BigInt(x), le)],
  ['f4', 'float32', 4, [0, -0, 1.5, NaN, -Infinity, 2 ** -149], (v, at, x, le) => v.setFloat32(at, x, le)],
  ['f8', 'float64', 8, [0, -0, 0.1, NaN, Infinity, 5e-324], (v, at, x, le) => v.setFloat64(at, x, le)],
];

/** 2 × 3 in row-major order at the places that the order in the file gives. */
const places = { C: [0, 1, 2, 3, 4, 5], Fortran: [0, 2, 4, 1, 3, 5] };

const cases = types.flatMap((type) =>
  (['<', '>'] as const).flatMap((endian) =>
    (['C', 'Fortran'] as const).flatMap((order) => [1, 2, 3].map((version) => ({ type, endian, order, version }))),
  ),
);

const read = (bytes: Uint8Array): FileArray => npy.read(bytes, 'x.npy') as FileArray;

describe('npy', () => {
  it.each(cases)('reads $endian$type.0 in $order order, version $version', ({ type, endian, order, version }) => {
    const [short, dtype, width, values, write] = type;
    const body = new Uint8Array(6 * width);
    const view = new DataView(body.buffer);
    values.forEach((value, i) => write(view, places[order][i] * width, value, endian === '<'));
    const file = npyFile({ descr: `${endian}${short}`, fortran: order === 'Fortran', shape: '(2, 3)', version, body });
    const data = dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values);
    expect(read(file)).toEqual({ kind: 'array', dtype, shape: [2, 3], data });
    expect(read(Buffer.concat([Buffer.alloc(3), file]).subarray(3)).data).toEqual(data);
  });

  it('reads half precision: signs, the smallest, the largest, infinities and NaN', () => {
    const halves = [0x0000, 0x8000, 0x3c00, 0xc000, 0x0001, 0x03ff, 0x0400, 0x7bff, 0x7c00, 0xfc00, 0x7e00, 0x3555];
    const body = numbers(...halves.map((h) => [2, h] as const));
    expect([...read(npyFile({ descr: '<f2', shape: '(12,)', body })).data]).toEqual([
      0,
      -0,
      1,
      -2,
      2 ** -24,
      1023 * 2 ** -24,
      2 ** -14,
      65504,
      Infinity,
      -Infinity,
      NaN,
      1365 / 4096,
    ]);
  });

  it.each([
    ['<i8', (v: DataView) => v.setBigInt64(0, 2n ** 53n, true)],
    ['<i8', (v: DataView) => v.setBigInt64(0, -(2n ** 63n), true)],
    ['<u8', (v: DataView) => v.setBigUint64(0, 2n ** 64n - 1n, true)],
  ])('refuses whole numbers of type %s that would lose digits', (descr, write) => {
    const body = new Uint8Array(8);
    write(new DataView(body.buffer));
    expect(codeOf(() => read(npyFile({ descr, shape: '(1,)', body })))).toBe('format.integer');
  });

  it.each([
    ['()', [], 8],
    ['(1,)', [1], 8],
    ['(0,)', [0], 0],
    ['(3, 0, 5)', [3, 0, 5], 0],
    ['(1L, 1L)', [1, 1], 8],
  ])('reads the shape %s', (shape, extents, bytes) => {
    expect(read(npyFile({ descr: '<f8', shape, body: new Uint8Array(bytes) })).shape).toEqual(extents);
  });

  it('reads the header in any order of its keys, with any spaces', () => {
    const file = npyWithHeader("{'shape':(1 , ),'fortran_order' :False,   'descr':'|u1'}", { body: Uint8Array.of(7) });
    expect(read(file).data).toEqual(Float64Array.of(7));
  });

  it.each([
    ['<U3', numbers([4, 0x394], [4, 0xb0], [4, 0], [4, 0x1f600], [4, 0], [4, 0]), ['Δ°', '😀']],
    ['|S2', Uint8Array.of(104, 105, 33, 0), ['hi', '!']],
  ])('reads texts of type %s as a list', (descr, body, texts) => {
    expect(npy.read(npyFile({ descr, shape: '(2,)', body }), 'x.npy')).toEqual(texts);
  });

  it.each([
    ['<c16', 8, false],
    ['>c8', 4, false],
    ['<c16', 8, true],
  ] as const)(
    'reads complex numbers of type %s as real and imaginary parts (width %i, Fortran order %s)',
    (descr, width, fortran) => {
      const view = new DataView(new ArrayBuffer(2 * 6 * width));
      const write = (i: number, value: number): void =>
        width === 8 ? view.setFloat64(8 * i, value, true) : view.setFloat32(4 * i, value, false);
      for (let i = 0; i < 6; i++) {
        write(2 * i, i);
        write(2 * i + 1, -i);
      }
      const file = npyFile({ descr, fortran, shape: '(2, 3)', body: new Uint8Array(view.buffer) });
      const found = npy.read(file, 'x.npy') as Map<string, FileArray>;
      const expected = fortran ? [0, 2, 4, 1, 3, 5] : [0, 1, 2, 3, 4, 5];
      expect([...found.get('real')!.data]).toEqual(expected);
      expect([...found.get('imag')!.data]).toEqual(expected.map((v) => -v));
      const part = npy.open(asSource(file), 'x.npy').slice(['imag'], [[1, 2], [1, 3]]); // prettier-ignore
      expect([part.shape, [...part.data]]).toEqual([[1, 2], expected.slice(4).map((v) => -v)]);
    },
  );

  it.each<[string, string, Uint8Array, RegExp]>([
    ['other content', 'format.npy.magic', new Uint8Array(100), /expected a NumPy array file/],
    ['a version to come', 'format.npy.version', npyFile({ descr: '<f8', shape: '()', version: 4 }), /found 4/],
    ['dates', 'format.npy.dtype', npyFile({ descr: '<m8', shape: '()' }), /"<m8" cannot be imported/],
    ['texts without width', 'format.npy.dtype', npyFile({ descr: '<U0', shape: '(9007199254740991,)' }), /"<U0"/],
    ['records', 'format.npy.dtype', npyWithHeader("{'descr': [('a', '<f8')], 'shape': ()}"), /named fields/],
    ['a header without shape', 'format.npy.header', npyWithHeader("{'descr': '<f8', 'fortran_order': False}"), /shape/],
    ['a negative extent', 'format.npy.header', npyFile({ descr: '<f8', shape: '(-1,)' }), /expected a header/],
    [
      'an extent beyond 2^53',
      'format.npy.header',
      npyFile({ descr: '<f8', shape: '(9007199254740993,)' }),
      /too large/,
    ],
    ['65 axes', 'format.npy.header', npyFile({ descr: '<f8', shape: `(${'1,'.repeat(65)})` }), /65 axes/],
    [
      'a giant',
      'format.npy.length',
      npyFile({ descr: '<f8', shape: `(${'9007199254740991,'.repeat(30)})` }),
      /cut off/,
    ],
    [
      'too little data',
      'format.npy.length',
      npyFile({ descr: '<f8', shape: '(2,)', body: new Uint8Array(15) }),
      /only 15/,
    ],
    [
      'too much data',
      'format.npy.length',
      npyFile({ descr: '<f8', shape: '(2,)', body: new Uint8Array(17) }),
      /found 17/,
    ],
    ['a header of 1 MB', 'format.npy.header', npyWithHeader(' '.repeat(1e6), { version: 2 }), /1000000 bytes/],
  ])('refuses %s', (_, code, bytes, message) => {
    expect(codeOf(() => read(bytes))).toBe(code);
    expect(messageOf(() => read(bytes))).toMatch(message);
    expect(messageOf(() => read(bytes))).toMatch(/^Reading "x.npy": /);
  });

  it('refuses a file cut off at any byte', () => {
    const bytes = npyFile({ descr: '<f8', shape: '(2, 1)', body: new Uint8Array(16) });
    for (let length = 0; length < bytes.length; length++) {
      expect(codeOf(() => read(bytes.subarray(0, length)))).toMatch(/^format\.npy\./);
    }
  });

  it('reads an array of objects as what is inside', () => {
    const pickle = joined(Uint8Array.of(0x80, 2), Buffer.from(']q\0(K\x01X\x01\0\0\0ae.', 'latin1'));
    expect(npy.read(npyFile({ descr: '|O', shape: '(2,)', body: pickle }), 'x.npy')).toEqual([1, 'a']);
    expect(codeOf(() => npy.read(npyFile({ descr: '|O', shape: '(3,)', body: pickle }), 'x.npy'))).toBe(
      'format.npy.object',
    );
  });
});
