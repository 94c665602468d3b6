/** Files in which a checkpoint leaves the application. A new format is one entry here. */
import { LabError } from '../errors.ts';
import { parameterNames } from '../models/parameters.ts';
import { encodeCheckpoint, type Checkpoint } from './checkpoint.ts';
import { npzFile } from '../data/formats/npzFile.ts';
import { writeStateDict } from './published.ts';
import { wiringArrays, wiringTexts } from './wiringArrays.ts';

export const exportFormatIds = ['safetensors', 'npz', 'pth'] as const;
export type ExportFormatId = (typeof exportFormatIds)[number];

export type ExportFormat = {
  readonly id: ExportFormatId;
  readonly label: string;
  /** what opens the file, for the user */
  readonly summary: string;
  /** about: plain data on run and network, kept as JSON text where the format has a place for it; the same input gives the same bytes */
  encode(checkpoint: Checkpoint, about: unknown): Uint8Array;
};

const all: readonly ExportFormat[] = [
  {
    id: 'safetensors',
    label: 'safetensors',
    summary: 'the file as stored, bit for bit',
    encode: encodeCheckpoint,
  },
  {
    id: 'npz',
    label: 'NumPy',
    summary: 'numpy.load; settings as JSON inside',
    encode: (checkpoint, about) => npzFile(arraysOf(checkpoint), JSON.stringify(metadataOf(checkpoint, about))),
  },
  {
    id: 'pth',
    label: 'PyTorch',
    summary: 'torch.load; named as in the published code',
    encode: (checkpoint, about) => writeStateDict(checkpoint, JSON.stringify(metadataOf(checkpoint, about))),
  },
];

export const exportFormats = {
  all,
  get(id: string): ExportFormat {
    const format = all.find((f) => f.id === id);
    if (format) return format;
    throw new LabError('export.format', `Exporting a network: expected ${exportFormatIds.join(', ')}, found "${id}".`);
  },
};

function arraysOf({ parameters, wiring }: Checkpoint): Parameters<typeof npzFile>[0] {
  return { ...Object.fromEntries(parameterNames.map((name) => [name, parameters[name]])), ...wiringArrays(wiring) };
}

function metadataOf({ update, activityPenalty, wiring }: Checkpoint, about: unknown): object {
  const { cellTypes } = wiringTexts(wiring);
  return { update, activityPenalty, ...(cellTypes === undefined ? {} : { cellTypes: wiring.cellTypes }), about };
}
