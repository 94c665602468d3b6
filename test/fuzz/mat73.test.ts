import { mat73 } from '../../src/platform/formats/mat73.ts';
import { h5File } from '../support/h5Samples.ts';
import { fuzzHdf5 } from './hdf5.ts';

const matlab = await h5File([
  { path: 'x', data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2], about: { MATLAB_class: 'double' } },
  { path: 'word', data: Uint16Array.of(97, 98), shape: [2, 1], about: { MATLAB_class: 'char', MATLAB_int_decode: 2 } },
  { path: 'unit', group: true, about: { MATLAB_class: 'struct' } },
  { path: 'unit/n', data: Uint8Array.of(1), shape: [1, 1], about: { MATLAB_class: 'logical' } },
]);

fuzzHdf5(mat73, matlab);
