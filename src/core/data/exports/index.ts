/**
 * Files in which a dataset leaves the application. The pure ones are encoded here; NWB needs the HDF5 library, see
 * platform/formats/nwbExport.ts. Each comes back by import without a question.
 */
import { LabError } from '../../errors.ts';

export const datasetFormatIds = ['npz', 'nwb', 'csv'] as const;
export type DatasetFormatId = (typeof datasetFormatIds)[number];

export type DatasetFormat = {
  readonly id: DatasetFormatId;
  readonly label: string;
  /** what is in it and what opens it, for the user */
  readonly summary: string;
};

const all: readonly DatasetFormat[] = [
  {
    id: 'npz',
    label: 'NumPy (.npz)',
    summary:
      'Everything: averages, single trials, behaviour, names, provenance. Opens with numpy.load, without pickles.',
  },
  {
    id: 'nwb',
    label: 'NWB-like HDF5 (.nwb)',
    summary:
      'Everything, laid out as NWB 2 has it: a time series per condition, names of units. Opens with h5py; not checked by NWB’s own validator.',
  },
  {
    id: 'csv',
    label: 'Table (.csv)',
    summary:
      'The averages alone: neuron, time_ms, condition, rate. Opens in spreadsheets, pandas and R. A second file (.json) says where they come from.',
  },
];

export const datasetFormats = {
  all,
  get(id: string): DatasetFormat {
    const format = all.find((f) => f.id === id);
    if (format) return format;
    throw new LabError('export.format', `Exporting a dataset: expected ${datasetFormatIds.join(', ')}, found "${id}".`);
  },
};
