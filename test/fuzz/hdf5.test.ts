/**
 * Damaged HDF5, MATLAB 7.3 and NWB files. The HDF5 library is checked code of others in WebAssembly: what it does not
 * survive ends in a LabError, after which it is loaded anew, as every import does in its own thread. It is slower than our own
 * readers: FUZZ_HDF5=5000 damages 20,000 files of each.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Format } from '../../src/core/data/formats/format.ts';
import { asSource } from '../../src/core/data/formats/source.ts';
import { loadLibrary } from '../../src/platform/formats/h5Module.ts';
import { hdf5 } from '../../src/platform/formats/hdf5.ts';
import { mat73 } from '../../src/platform/formats/mat73.ts';
import { nwb } from '../../src/platform/formats/nwb.ts';
import { text } from '../support/files.ts';
import { projectFolder } from '../support/folders.ts';
import { h5File } from '../support/h5Samples.ts';
import { changed, fuzz } from './damage.ts';
import type { Mutation, Subject } from './damage.ts';

const place = pathToFileURL(path.join(projectFolder, 'node_modules/h5wasm/dist/esm/hdf5_hl.js')).href;
let instances = 0;
const reload = (): Promise<void> =>
  loadLibrary(() => import(/* @vite-ignore */ `${place}?${instances++}`) as Promise<{ ready: Promise<unknown> }>);
await reload();

/** Where structures of HDF5 begin. */
const marks = ['\x89HDF', 'TREE', 'SNOD', 'HEAP', 'GCOL', 'MATLAB'].map(text);

/** A byte or a length soon behind a mark. */
const inStructures: Mutation = (bytes, random) => {
  const mark = marks[random(marks.length)];
  const at = Buffer.from(bytes).indexOf(mark, random(bytes.length));
  if (at < 0) return changed(bytes, random, () => random(256));
  const copy = bytes.slice();
  const from = Math.min(copy.length - 1, at + random(96));
  copy.fill([0, 1, 0x7f, 0xff][random(4)], from, Math.min(copy.length, from + [1, 2, 4, 8][random(4)]));
  return copy;
};

let trapped = false;
const subject = (format: Format, seeds: readonly Uint8Array[], rounds: number): Subject => ({
  seeds,
  rounds,
  more: [inStructures, inStructures, inStructures],
  read(bytes) {
    try {
      const file = format.open(asSource(bytes), 'x.h5');
      return [file.root, file.read()];
    } catch (error) {
      trapped ||= /structure is damaged/.test(String(error));
      throw error;
    }
  },
  async between() {
    if (trapped) await reload();
    trapped = false;
  },
});

const plain = await h5File([
  { path: 'x', data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] },
  { path: 'g', group: true },
  { path: 'g/packed', data: Float32Array.from({ length: 40 }, (_, i) => i), shape: [10, 4], chunks: [5, 2] },
  { path: 'g/words', data: ['a', 'bc'] },
]);
const matlab = await h5File([
  { path: 'x', data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2], about: { MATLAB_class: 'double' } },
  { path: 'word', data: Uint16Array.of(97, 98), shape: [2, 1], about: { MATLAB_class: 'char', MATLAB_int_decode: 2 } },
  { path: 'unit', group: true, about: { MATLAB_class: 'struct' } },
  { path: 'unit/n', data: Uint8Array.of(1), shape: [1, 1], about: { MATLAB_class: 'logical' } },
]);
const neurodata = await h5File(
  [
    { path: 'units', group: true },
    { path: 'units/spike_times', data: Float64Array.of(0.1, 0.2, 0.3) },
    { path: 'units/spike_times_index', data: Int32Array.of(2, 3) },
    { path: 'intervals', group: true },
    { path: 'intervals/trials', group: true },
    { path: 'intervals/trials/start_time', data: Float64Array.of(0, 1) },
  ],
  { nwb_version: '2.6.0' },
);

const rounds = Number(process.env['FUZZ_HDF5'] ?? 25);
fuzz('hdf5', subject(hdf5, [plain], rounds));
fuzz('mat73', subject(mat73, [matlab], rounds));
fuzz('nwb', subject(nwb, [neurodata], rounds));
