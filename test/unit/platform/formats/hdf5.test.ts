/** HDF5, MATLAB 7.3 and NWB 2 files as h5py writes them; skipped where Python has it not. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry, FileArray, FileValue, OpenFile } from '../../../../src/core/data/formats/format.ts';
import { formatOf } from '../../../../src/core/data/formats/index.ts';
import { asSource } from '../../../../src/core/data/formats/source.ts';
import { formatsFor } from '../../../../src/platform/formats/index.ts';
import { codeOf, messageOf } from '../../../support/files.ts';
import { removeFolder, temporaryFolder } from '../../../support/folders.ts';
import { python, pythonLacks } from '../../../support/python.ts';

const lacks = pythonLacks('h5py', 'numpy');

const script = `
import sys, h5py, numpy as np
out = sys.argv[1]
ref = h5py.ref_dtype
with h5py.File(out + '/plain.h5', 'w') as f:
    f['cube'] = np.arange(24.).reshape(2, 3, 4)
    f.create_dataset('packed', data=np.arange(60000, dtype='f4').reshape(60, 1000), chunks=(7, 130), compression='gzip', shuffle=True)
    f.create_dataset('big endian', data=np.arange(6, dtype='>i2').reshape(2, 3))
    f['int64'] = np.array([1, -2, 2**52]); f['half'] = np.array([1.5, -2], dtype='f2')
    f['scalar'] = 3.5; f['empty'] = h5py.Empty('f8'); f['none'] = np.zeros((0, 3))
    f['g/text'] = 'text'; f['g/fixed'] = np.array([b'a', b'bc'])
    f['g/refs'] = np.array([f['cube'].ref, f['g'].ref], dtype=ref)
    f['g/round'] = f['/']
    f['outside'] = h5py.ExternalLink('/etc/passwd', '/x'); f['soft'] = h5py.SoftLink('/g/text'); f['dangling'] = h5py.SoftLink('/no')
    f['complex'] = np.array([[1+2j, 3-4j]]); f['flags'] = np.array([True, False])
    f.create_dataset('words', data=['a', 'böse'], dtype=h5py.string_dtype())
    f.create_dataset('many', data=['word %d' % i for i in range(3000)], dtype=h5py.string_dtype())
    v = f.create_dataset('ragged', (2,), dtype=h5py.vlen_dtype('f8')); v[0] = [1, 2, 3]; v[1] = [4]
    f['records'] = np.array([(1, 2.5, b'ab'), (3, 4.5, b'c')], dtype=[('a', '>i4'), ('b', '<f8'), ('c', 'S3')])
with h5py.File(out + '/unwritten.h5', 'w') as f:
    f.create_dataset('x', shape=(10**10,), dtype='f8', chunks=(1000,))
with h5py.File(out + '/virtual.h5', 'w') as f:
    layout = h5py.VirtualLayout(shape=(4,), dtype='f8'); layout[:] = h5py.VirtualSource('other.h5', 'x', shape=(4,))
    f.create_virtual_dataset('x', layout)
with h5py.File(out + '/large.h5', 'w') as f:
    f.create_dataset('x', shape=(700_000_000,), dtype='f8')[-3:] = [1, 2, 3]
with h5py.File(out + '/nwb.nwb', 'w') as f:
    f.attrs['nwb_version'] = '2.6.0'; f['identifier'] = 'id 1'
    u = f.create_group('units'); u.attrs['colnames'] = ['spike_times', 'quality']
    u['id'] = [0, 1, 2]; u['spike_times'] = np.array([.1, .2, .5, 1., 3.]); u['spike_times_index'] = np.array([2, 2, 5], dtype='u1'); u['quality'] = np.array([b'good', b'bad', b'good'])
    t = f.create_group('intervals/trials'); t['id'] = [0, 1]; t['start_time'] = [0., 1.]; t['stop_time'] = [.9, 2.]; t['correct'] = [True, False]
    s = f.create_group('processing/behavior/Position/hand'); s['data'] = np.arange(8.).reshape(4, 2); s['data'].attrs['unit'] = 'cm'; s['data'].attrs['conversion'] = .01
    s['starting_time'] = 0.5; s['starting_time'].attrs['rate'] = 100.
    a = f.create_group('acquisition/lfp'); a['data'] = np.arange(3.); a['timestamps'] = [0., .1, .3]

def matlab(name, build):
    with h5py.File(out + '/' + name, 'w', userblock_size=512) as f: build(f)
    with open(out + '/' + name, 'r+b') as f: f.write(b'MATLAB 7.3 MAT-file'.ljust(124) + b'\\x00\\x02IM')
def put(g, name, value, cls, **attrs):
    g[name] = value; g[name].attrs['MATLAB_class'] = np.bytes_(cls)
    for k, v in attrs.items(): g[name].attrs[k] = v
def codes(text): return np.array([[ord(c)] for c in text], dtype='u2')
def build(f):
    cube = np.arange(24.).reshape(2, 3, 4)
    put(f, 'cube', cube.transpose(2, 1, 0), 'double')
    put(f, 'on', np.array([[1], [0]], dtype='u1'), 'logical', MATLAB_int_decode=1)
    put(f, 'word', codes('Grüße'), 'char', MATLAB_int_decode=2)
    put(f, 'rows', np.array([[97, 100], [98, 101]], dtype='u2'), 'char')
    put(f, 'none', np.array([0, 3], dtype='u8'), 'double', MATLAB_empty=1)
    f['z'] = np.array([[1+2j]], dtype=[('real', 'f8'), ('imag', 'f8')]) if False else np.rec.fromarrays([np.array([[1.]]), np.array([[2.]])], names='real,imag'); f['z'].attrs['MATLAB_class'] = np.bytes_('double')
    s = f.create_group('unit'); s.attrs['MATLAB_class'] = np.bytes_('struct')
    s.attrs.create('MATLAB_fields', np.array([np.frombuffer(b'time', 'S1'), np.frombuffer(b'id', 'S1')], dtype=object), dtype=h5py.vlen_dtype('S1'))
    put(s, 'id', codes('n1'), 'char'); put(s, 'time', np.array([[0.], [.5]]), 'double')
    r = f.create_group('#refs#'); put(r, 'a', np.array([[7.]]), 'double'); put(r, 'b', codes('x'), 'char'); put(r, 'c', np.array([[8.]]), 'double')
    put(f, 'list', np.array([[r['b'].ref], [r['a'].ref]], dtype=ref), 'cell')
    t = f.create_group('trials'); t.attrs['MATLAB_class'] = np.bytes_('struct'); t['n'] = np.array([[r['a'].ref], [r['c'].ref]], dtype=ref)
    p = f.create_group('sparse'); p.attrs['MATLAB_class'] = np.bytes_('double'); p.attrs['MATLAB_sparse'] = np.uint64(3); p['data'] = [5., 6., 7.]; p['ir'] = np.array([0, 2, 1], dtype='u8'); p['jc'] = np.array([0, 2, 3], dtype='u8')
matlab('v73.mat', build)
print('{}')
`;

const folder = temporaryFolder();
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(folder, name)));
async function open(name: string): Promise<OpenFile & { format: string }> {
  const bytes = bytesOf(name);
  const format = formatOf(bytes, name, await formatsFor(bytes));
  const file = format.open(asSource(bytes), name);
  return { format: format.id, root: file.root, read: (p) => file.read(p), slice: (p, r) => file.slice(p, r) };
}
const data = (value: FileValue | undefined): number[] => Array.from((value as FileArray).data);
const at = (value: FileValue, ...keys: string[]): FileValue =>
  keys.reduce((inner, key) => (inner as Map<string, FileValue>).get(key)!, value);
const entryAt = (entry: Entry, ...keys: string[]): Entry =>
  keys.reduce((inner, key) => (inner as Extract<Entry, { kind: 'dictionary' }>).entries.get(key)!, entry);
const range = (n: number, f = (i: number) => i): number[] => Array.from({ length: n }, (_, i) => f(i));

describe.skipIf(lacks !== null)(`files on HDF5 (${lacks ?? 'as h5py writes them'})`, () => {
  beforeAll(() => void python(script, folder));
  afterAll(() => removeFolder(folder));

  it('are read with all types of numbers, texts, lists and records', async () => {
    const { format, read } = await open('plain.h5');
    const all = read();
    expect(format).toBe('hdf5');
    expect(at(all, 'cube')).toMatchObject({ shape: [2, 3, 4], dtype: 'float64', data: Float64Array.from(range(24)) });
    expect(at(all, 'packed')).toMatchObject({ dtype: 'float32', data: Float32Array.from(range(60000)) });
    expect(at(all, 'big endian')).toMatchObject({ dtype: 'int16', shape: [2, 3], data: Float64Array.from(range(6)) });
    expect(data(at(all, 'int64'))).toEqual([1, -2, 2 ** 52]);
    expect(at(all, 'half')).toMatchObject({ dtype: 'float16', data: Float64Array.of(1.5, -2) });
    expect(at(all, 'scalar')).toMatchObject({ shape: [], data: Float64Array.of(3.5) });
    expect([at(all, 'empty'), at(all, 'outside'), at(all, 'dangling'), at(all, 'g', 'round')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(at(all, 'none')).toMatchObject({ shape: [0, 3] });
    expect([at(all, 'g', 'text'), at(all, 'soft'), at(all, 'g', 'fixed')]).toEqual(['text', 'text', ['a', 'bc']]);
    expect(at(all, 'g', 'refs')).toEqual(['/cube', '/g']);
    expect([data(at(all, 'complex', 'real')), data(at(all, 'complex', 'imag'))]).toEqual([[1, 3], [2, -4]]); // prettier-ignore
    expect(at(all, 'flags')).toMatchObject({ dtype: 'bool', data: Float64Array.of(1, 0) });
    expect(at(all, 'words')).toEqual(['a', 'böse']);
    expect(at(all, 'many')).toEqual(range(3000).map((i) => `word ${i}`));
    expect((at(all, 'ragged') as FileValue[]).map(data)).toEqual([[1, 2, 3], [4]]);
    expect([data(at(all, 'records', 'a')), data(at(all, 'records', 'b')), at(all, 'records', 'c')]).toEqual([[1, 3], [2.5, 4.5], ['ab', 'c']]); // prettier-ignore
  });

  it('are described and read in part', async () => {
    const { root, read, slice } = await open('plain.h5');
    expect(entryAt(root, 'packed')).toEqual({ kind: 'array', dtype: 'float32', shape: [60, 1000] });
    expect(data(read(['g', 'refs']) === null ? undefined : read(['cube']))).toEqual(range(24));
    const part = slice(['packed'], [[5, 9], [128, 132]]); // prettier-ignore
    expect([part.shape, data(part)]).toEqual([[4, 4], range(16, (i) => (5 + Math.floor(i / 4)) * 1000 + 128 + (i % 4))]); // prettier-ignore
    expect(data(slice(['complex', 'imag'], [null, [1, 2]]))).toEqual([-4]);
    expect(codeOf(() => slice(['cube'], [[0, 3]]))).toBe('format.slice');
    expect(codeOf(() => read(['nowhere']))).toBe('format.path');
  });

  it('larger than 4 GiB are read where it is asked for, without the rest', async () => {
    const { openFileSource } = await import('../../../../src/platform/files/fileSource.ts');
    let read = 0;
    const source = openFileSource(path.join(folder, 'large.h5'), (bytes) => (read += bytes));
    const format = formatOf(source, 'large.h5', await formatsFor(source));
    const part = format.open(source, 'large.h5').slice(['x'], [[699_999_996, 700_000_000]]);
    source.close();
    expect(data(part)).toEqual([0, 1, 2, 3]);
    expect(read).toBeLessThan(2 ** 20);
  });

  it('are refused where they claim what they do not hold, or hold it elsewhere', async () => {
    const unwritten = await open('unwritten.h5');
    expect(messageOf(() => unwritten.read())).toContain('claims 80000000000 bytes');
    await expect(open('virtual.h5')).rejects.toThrow('other files');
    const cut = bytesOf('plain.h5').slice(0, 3000);
    const formats = await formatsFor(cut);
    expect(codeOf(() => formatOf(cut, 'cut.h5', formats).read(cut, 'cut.h5'))).toBe('format.hdf5');
  });

  it('of MATLAB 7.3 have the values that MATLAB 5 files have', async () => {
    const { format, root, read, slice } = await open('v73.mat');
    const all = read();
    expect(format).toBe('mat73');
    expect(at(all, 'cube')).toMatchObject({ shape: [2, 3, 4], data: Float64Array.from(range(24)) });
    expect(at(all, 'on')).toMatchObject({ dtype: 'bool', shape: [1, 2], data: Float64Array.of(1, 0) });
    expect([at(all, 'word'), at(all, 'rows')]).toEqual(['Grüße', ['ab', 'de']]);
    expect(at(all, 'none')).toMatchObject({ shape: [0, 3] });
    expect([data(at(all, 'z', 'real')), data(at(all, 'z', 'imag'))]).toEqual([[1], [2]]);
    expect([...(at(all, 'unit') as Map<string, FileValue>).keys()]).toEqual(['time', 'id']);
    expect([data(at(all, 'unit', 'time')), at(all, 'unit', 'id')]).toEqual([[0, 0.5], 'n1']);
    const [first, second] = at(all, 'list') as FileValue[];
    expect([first, data(second)]).toEqual(['x', [7]]);
    expect((at(all, 'trials') as Map<string, FileValue>[]).map((t) => data(t.get('n')))).toEqual([[7], [8]]);
    expect(at(all, 'sparse')).toMatchObject({ shape: [3, 2], data: Float64Array.of(5, 0, 0, 7, 6, 0) });
    expect(entryAt(root, 'sparse')).toEqual({ kind: 'array', dtype: 'float64', shape: [3, 2] });
    expect(data(read(['trials', 1, 'n']))).toEqual([8]);
    expect(data(slice(['cube'], [[1, 2], null, [3, 4]]))).toEqual([15, 19, 23]); // prettier-ignore
  });

  it('of NWB 2 are read as units, intervals and series', async () => {
    const { format, read, root, slice } = await open('nwb.nwb');
    const all = read();
    expect(format).toBe('nwb');
    expect([...(all as Map<string, FileValue>).keys()]).toEqual(['session', 'units', 'intervals', 'series']);
    expect(at(all, 'session', 'identifier')).toBe('id 1');
    expect((at(all, 'units', 'spike_times') as FileValue[]).map(data)).toEqual([[0.1, 0.2], [], [0.5, 1, 3]]);
    expect(at(all, 'units', 'quality')).toEqual(['good', 'bad', 'good']);
    expect(data(read(['units', 'spike_times', 2]))).toEqual([0.5, 1, 3]);
    expect(data(at(all, 'intervals', 'trials', 'stop_time'))).toEqual([0.9, 2]);
    expect(at(all, 'intervals', 'trials', 'correct')).toMatchObject({ dtype: 'bool' });
    const hand = at(all, 'series', '/processing/behavior/Position/hand');
    expect([at(hand, 'unit'), data(at(hand, 'conversion')), data(at(hand, 'rate')), data(at(hand, 'starting_time'))]).toEqual(['cm', [0.01], [100], [0.5]]); // prettier-ignore
    expect(data(slice(['series', '/processing/behavior/Position/hand', 'data'], [[1, 3], [1, 2]]))).toEqual([3, 5]); // prettier-ignore
    expect(entryAt(root, 'units', 'spike_times')).toMatchObject({ kind: 'list', length: 3 });
  });
});
