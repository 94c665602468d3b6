import { describe, expect, it } from 'vitest';
import type { FileArray } from '../../../../../src/core/data/formats/format.ts';
import { unpickle } from '../../../../../src/core/data/formats/pickle.ts';
import { codeOf, joined, messageOf, numbers, text } from '../../../../support/files.ts';
import { arrays, hostile, ordered, plain } from './pickles.ts';

const fromBase64 = (s: string): Uint8Array => Buffer.from(s, 'base64');
const read = (bytes: Uint8Array) => unpickle(bytes, 'x.npy');
/** Instructions in Latin letters, ended by STOP. */
const program = (code: string): Uint8Array => text(`${code}.`);
const array = (dtype: string, shape: number[], data: number[]): FileArray => ({
  kind: 'array',
  dtype: dtype as FileArray['dtype'],
  shape,
  data: dtype === 'float32' ? Float32Array.from(data) : Float64Array.from(data),
});
const protocols = [0, 1, 2, 3, 4, 5];

describe('unpickle', () => {
  it.each(protocols)('reads plain values of protocol %i', (protocol) => {
    const value = read(fromBase64(plain[protocol])) as Map<string, unknown>;
    expect(Object.fromEntries(value)).toEqual({
      none: null,
      yes: true,
      no: false,
      small: 7,
      byte: 200,
      word: 7e4,
      negative: -5,
      long: 2 ** 40,
      huge: 2n ** 70n,
      fraction: 0.1,
      inf: -Infinity,
      text: 'Δ°',
      latin: 'é',
      list: [1, [2, [3, 4, 5, 6]]],
      pair: [1, 2],
      one: [1],
      empty: [],
      bytes: expect.anything() as unknown,
      set: [1],
    });
    expect([...(value.get('bytes') as Uint8Array)]).toEqual([0, 255]);
  });

  it.each(protocols)('reads NumPy arrays and numbers of protocol %i', (protocol) => {
    const value = read(fromBase64(arrays[protocol])) as Map<string, unknown>;
    expect(Object.fromEntries(value)).toEqual({
      x: array('float64', [2, 2], [1.5, -2, 3, 4]),
      i: array('int16', [3], [0, 1, -2]),
      f: array('float32', [2, 3], [1, 2, 3, 4, 5, 6]),
      s: 0.5,
      b: array('bool', [2], [1, 0]),
      o: [1, 'a'],
    });
  });

  it.each(protocols)('keeps the order of a dictionary of protocol %i', (protocol) => {
    expect([...(read(fromBase64(ordered[protocol])) as Map<string, unknown>)]).toEqual([
      ['b', 1],
      ['a', 2],
    ]);
  });

  it('reads arrays as Python 2 wrote them, with bytes for text', () => {
    const dtype = 'cnumpy\ndtype\n(U\x02f8K\0K\x01tR(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb';
    const made = 'cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0tU\x01btR';
    const bytes = program(`\x80\x02}U\x01x${made}(K\x01(K\x01t${dtype}\x89U\x08\0\0\0\0\0\0\xf8\x3ftbs`);
    expect(read(bytes)).toEqual(new Map([['x', array('float64', [1], [1.5])]]));
  });

  it.each(hostile)('does not run %s but names it', (name, pickle) => {
    expect(codeOf(() => read(fromBase64(pickle)))).toBe('format.pickle.global');
    expect(messageOf(() => read(fromBase64(pickle)))).toContain(`"${name}"`);
    expect(messageOf(() => read(fromBase64(pickle)))).toContain('nothing was executed');
  });

  it.each([
    ['GLOBAL', 'cos\nsystem\n'],
    ['INST', '(ios\nsystem\n'],
    ['STACK_GLOBAL', '\x8c\x02os\x8c\x06system\x93'],
    ['a tuple of tuples', '((K\x01cos\nsystem\ntt'],
    ['a name that objects inherit', 'cconstructor\nconstructor\n'],
    ['a longer name', 'ctorch\n__proto__\n'],
  ])('does not look up names of code in %s', (_, code) => {
    expect(codeOf(() => read(program(code)))).toBe('format.pickle.global');
  });

  it.each<[string, string, string]>([
    ['a name that is no text', ']]\x93', 'global'],
    ['a name that is too deep to print', `${'('.repeat(20_000)}${'t'.repeat(20_000)}\x8c\x01a\x93`, 'global'],
    ['an instruction that is not known', '\xff', 'opcode'],
    ['an empty stack', '', 'stack'],
    ['a mark that is missing', 't', 'stack'],
    ['a value taken across a mark', 'K\x01(\x85', 'stack'],
    ['a memo that was never kept', 'h\x05', 'memo'],
    ['a list that contains itself', ']q\0h\0a', 'cycle'],
    ['a dictionary that contains itself', '}q\0X\x01\0\0\0ah\0s', 'cycle'],
    ['lists nested 300 deep', `${'('.repeat(300)}${'t'.repeat(300)}`, 'depth'],
    ['a call of what is no constructor', 'K\x01)R', 'call'],
    ['a call of an array type', 'cnumpy\nndarray\n)R', 'call'],
    ['a key that is a list', '}]K\x01s', 'key'],
    ['a key without a value', '}(K\x01u', 'item'],
    ['items of a number', 'K\x01K\x01K\x01s', 'item'],
    ['a number appended to a number', 'K\x01K\x01a', 'append'],
    ['data outside of itself', 'K\x01Q', 'persistent'],
    ['a whole number spelled wrong', 'I1x\n', 'number'],
    ['a fraction spelled wrong', 'F0x10\n', 'number'],
    ['a whole number of 1000 bytes', `\x8b\xe8\x03\0\0${'1'.repeat(1000)}`, 'number'],
    ['text without quotes', 'Sabc\n', 'text'],
    ['a name as a value', 'cnumpy\ndtype\n', 'value'],
    ['an array type without an array', 'cnumpy\ndtype\n(U\x02f8tR', 'value'],
    ['an array without content', 'cnumpy.core.multiarray\n_reconstruct\n)R', 'array'],
    ['a length beyond the file', 'X\xff\xff\xff\x7fabc', 'truncated'],
  ])('refuses %s', (_, code, error) => {
    expect(codeOf(() => read(program(code)))).toBe(`format.pickle.${error}`);
  });

  it('refuses a pickle cut off at any byte', () => {
    for (const protocol of protocols) {
      const bytes = fromBase64(plain[protocol]);
      for (let length = 0; length < bytes.length; length++) {
        expect(codeOf(() => read(bytes.subarray(0, length)))).toMatch(
          /^format\.pickle\.(truncated|stack|number|text)$/,
        );
      }
    }
  });

  it('keeps what is shared shared: a billion laughs take no more room than their words', () => {
    let code = ']q\0(K\x01K\x02e';
    for (let level = 1; level <= 60; level++) {
      code += `0]q${String.fromCharCode(level)}(${`h${String.fromCharCode(level - 1)}`.repeat(10)}e`;
    }
    const value = read(program(code)) as unknown[];
    expect(value).toHaveLength(10);
    expect(value[0]).toBe(value[9]);
  });

  it('refuses arrays that repeat the same bytes over and over', () => {
    const dtype = 'cnumpy\ndtype\n(X\x02\0\0\0f8tRq\0';
    const data = joined(text('B'), numbers([4, 8000]), new Uint8Array(8000), text('q\x01'));
    const made = 'cnumpy.core.multiarray\n_reconstruct\n)R(K\x01(M\xe8\x03th\0\x89h\x01tb';
    const repeated = (times: number) => joined(text(dtype), data, text(`](${made.repeat(times)}e.`));
    expect(read(repeated(2))).toHaveLength(2);
    expect(codeOf(() => read(repeated(2000)))).toBe('format.pickle.size');
  });

  it('refuses more than a million instructions', () => {
    expect(codeOf(() => read(text('N0'.repeat(600_000))))).toBe('format.pickle.size');
  });
});
