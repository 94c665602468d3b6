/**
 * Damaged files: whatever is done to the bytes, a reader gives a value or says in a LabError what is wrong, soon and
 * without taking memory for what is not there: four runs of each, at least 20,000 inputs a format.
 */
import { readFileSync } from 'node:fs';
import { deflateSync } from 'fflate';
import { decode, encode } from '../../src/core/checkpoints/safetensors.ts';
import { decodeDataset, encodeDataset } from '../../src/core/data/datasetFile.ts';
import { importDataset } from '../../src/core/data/importDataset.ts';
import { csv } from '../../src/core/data/formats/csv.ts';
import { mat } from '../../src/core/data/formats/mat.ts';
import { npy } from '../../src/core/data/formats/npy.ts';
import { npz } from '../../src/core/data/formats/npz.ts';
import { unpickle } from '../../src/core/data/formats/pickle.ts';
import { pkl } from '../../src/core/data/formats/pkl.ts';
import { pth } from '../../src/core/data/formats/pth.ts';
import { npyFile, text, zipFile } from '../support/files.ts';
import { oldTorchStorageFile, tensorPickle } from '../support/oldTorchFile.ts';
import { matCell, matFile, matNumbers, matSamples, matStruct } from '../support/matFile.ts';
import { pthFile, pthPickle } from '../support/pthFile.ts';
import { reachDataset } from '../support/reachDataset.ts';
import { samplePath } from '../support/workspace.ts';
import { arrays, ordered, plain } from '../unit/core/data/formats/pickles.ts';
import { changed, fuzz } from './damage.ts';
import type { Mutation, Subject } from './damage.ts';

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

const array = npyFile({ descr: '<f8', shape: '(2, 3)', body: new Uint8Array(48) });
const small = Uint8Array.from({ length: 300 }, (_, i) => i % 7);
const reach = reachDataset();
const shapes = { weight: [2, 3], bias: [2] };

/** What has a meaning in tables. */
const inTables: Mutation = (bytes, random) => changed(bytes, random, () => '"",;\t\r\n.#-e'.charCodeAt(random(11)));

const subjects: Record<string, Subject> = {
  npy: {
    read: (bytes) => npy.read(bytes, 'x.npy'),
    seeds: [
      array,
      npyFile({ descr: '>i8', fortran: true, shape: '(2, 3)', version: 2, body: new Uint8Array(48) }),
      npyFile({ descr: '<U2', shape: '(3,)', version: 3, body: new Uint8Array(24) }),
      npyFile({ descr: '|O', shape: '(2,)', body: text('\x80\x02]q\0(K\x01X\x01\0\0\0ae.') }),
    ],
    rounds: 5000,
  },
  npz: {
    read: (bytes) => npz.read(bytes, 'x.npz'),
    seeds: [
      zipFile([
        { name: 'a.npy', content: array },
        { name: 'b.npy', content: array, stored: true },
      ]),
      zipFile([{ name: 'a.npy', content: array, zip64: true }], { zip64: true, comment: 'wide' }),
    ],
    rounds: 5000,
  },
  pickle: {
    read: (bytes) => unpickle(bytes, 'x.npy'),
    seeds: [...plain, ...arrays, ...ordered].map(bytesOf),
    rounds: 5000,
  },
  'pickle of a tensor': {
    read: (bytes) => pkl.read(bytes, 'x.pkl'),
    seeds: [tensorPickle([2, 3], oldTorchStorageFile([1, 2, 3, 4, 5, 6]))],
    rounds: 2000,
  },
  pth: { read: (bytes) => pth.read(bytes, 'x.pth'), seeds: [pthFile(shapes)], rounds: 2500 },
  mat: {
    read: (bytes) => mat.read(bytes, 'x.mat'),
    seeds: [matFile(matSamples), matFile(matSamples, { bigEndian: true }), matFile(matSamples, { compressed: true })],
    rounds: 4500,
  },
  csv: {
    read: (bytes) => csv.read(bytes, 'x.csv'),
    seeds: [
      text('neuron,time_ms,condition,rate\n1,0,"left, ""far""",1.5\n1,10,right,NaN\n2,0,left,-2e3\n'),
      text('1;2;3\r\n4;;6\r\n'),
      text('time\ta\tb\n0\t1\t2\n'),
      Uint8Array.from(Buffer.from('\ufeffa,b\n1,2\n', 'utf16le')),
    ],
    rounds: 5000,
    more: [inTables],
  },
  'import of a table': {
    read: (bytes) => importDataset(bytes, { path: 'x.csv', sha256: '', bytes: bytes.length }),
    seeds: [
      text('neuron,time,condition,rate\n1,0,a,1\n1,10,a,2\n1,0,b,3\n1,10,b,4\n'),
      text('time,condition,n1,n2\n0,a,1,2\n10,a,3,4\n0,b,5,6\n10,b,7,8\n'),
    ],
    rounds: 2000,
    more: [inTables],
  },
  'import of spikes': {
    read: (bytes) =>
      importDataset(bytes, { path: 'x.mat', sha256: '', bytes: bytes.length }, undefined, undefined, {
        rates: 'suggested',
      }),
    seeds: spikeFiles(),
    rounds: 2000,
  },
  'compressed element of a mat': {
    read: (bytes) => mat.read(matFile(matSamples, { compressed: true, repack: () => bytes }), 'x.mat'),
    seeds: matSamples.map((sample) => matFile([sample]).slice(128)),
    rounds: 500,
  },
  'pickle of a pth': {
    read: (bytes) => pth.read(pthFile(shapes, bytes), 'x.pth'),
    seeds: [pthPickle(shapes)],
    rounds: 2500,
  },
  safetensors: {
    read: decode,
    seeds: [
      encode(
        { w: { shape: [2, 3], data: new Float32Array(6) }, b: { shape: [], data: Float64Array.of(1) } },
        { a: 'b' },
      ),
    ],
    rounds: 3000,
  },
  'dataset file': { read: decodeDataset, seeds: [encodeDataset(reach)], rounds: 200 },
  import: {
    read: (bytes) => importDataset(bytes, { path: 'x.npz', sha256: '', bytes: bytes.length }),
    seeds: [new Uint8Array(readFileSync(samplePath)), zipFile([{ name: 'rates.npy', content: cube() }])],
    rounds: 100,
  },
  deflate: {
    read: (bytes) => npz.read(zipFile([{ name: 'a.npy', content: array, packedAs: bytes }]), 'x.npz'),
    seeds: [deflateSync(array)],
    rounds: 500,
  },
};

/** Spikes of two units in three trials, as arrays and as in the raw files of the Hatsopoulos laboratory. */
function spikeFiles(): Uint8Array[] {
  const column = (...values: number[]) => matNumbers([values.length, 1], values);
  const units = matCell([1, 2], [column(1.1, 2.1, 2.2, 5.3), column(1.2, 3.2, 5.4)]);
  const trials = matStruct([1, 1], [{ go: column(1, 3, 5), side: column(1, 1, 2), target_x: column(0, 1, 0), target_y: column(1, 0, 1) }]); // prettier-ignore
  const cells = matCell([1, 2], [column(1, 3), column(5, 7)]);
  const pairs = matNumbers([4, 2], [0, 3, 6, 9, 1, 2, 3, 4]);
  return [
    matFile([
      ['spike_times', units],
      ['trials', trials],
    ]),
    matFile([
      ['spikes', units],
      ['stmv_cell', cells],
      ['endmv_cell', cells],
      ['x', pairs],
      ['y', pairs],
    ]),
  ];
}

function cube(): Uint8Array {
  return npyFile({ descr: '|u1', shape: '(10, 5, 6)', body: small });
}

for (const [name, subject] of Object.entries(subjects)) fuzz(name, subject);
