import { nwb } from '../../src/platform/formats/nwb.ts';
import { h5File } from '../support/h5Samples.ts';
import { fuzzHdf5 } from './hdf5.ts';

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

fuzzHdf5(nwb, neurodata);
