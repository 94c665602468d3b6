import { hdf5 } from '../../src/platform/formats/hdf5.ts';
import { h5File } from '../support/h5Samples.ts';
import { fuzzHdf5 } from './hdf5.ts';

const plain = await h5File([
  { path: 'x', data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] },
  { path: 'g', group: true },
  { path: 'g/packed', data: Float32Array.from({ length: 40 }, (_, i) => i), shape: [10, 4], chunks: [5, 2] },
  { path: 'g/words', data: ['a', 'bc'] },
]);

fuzzHdf5(hdf5, plain);
