/** The figures of the published analysis, each by one name. A new one is one entry here. */
import { LabError } from '../core/errors.ts';
import { procrustes } from '../core/metrics/procrustes.ts';
import type { FigureView } from './figureView.ts';
import { measureSchema } from './measureSchema.ts';
import { readingSchema } from './statisticsSchema.ts';
import { viewOptionsSchema } from './viewSchema.ts';

export type FigurePreset = {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  /** id of the figure */
  readonly figure: string;
  readonly view: FigureView;
};

function ofNetwork(view: string): FigureView {
  return { network: { view, options: viewOptionsSchema.parse({}) } };
}

export const figurePresets: readonly FigurePreset[] = [
  {
    id: 'distance-vs-accuracy',
    label: 'Distance against accuracy',
    summary: 'How close each rule comes to the recording where both do the task equally well.',
    figure: 'distanceVsAccuracy',
    view: {},
  },
  {
    id: 'distance-vs-updates',
    label: 'Distance along training',
    summary: 'How the distance to the recording changes with learning.',
    figure: 'distanceVsUpdates',
    view: {},
  },
  {
    id: 'normalised-error',
    label: 'Error along training',
    summary: 'How well the task is done at each checkpoint.',
    figure: 'errorVsUpdates',
    view: { logY: true },
  },
  {
    id: 'dimensionality',
    label: 'Dimensionality along training',
    summary: 'Participation ratio of the activity, with that of the recording.',
    figure: 'participationRatioVsUpdates',
    view: {},
  },
  {
    id: 'distance-bars',
    label: 'Distance at matched accuracy',
    summary: 'One bar per rule, every seed shown, where all do the task equally well.',
    figure: 'distanceBars',
    view: {},
  },
  {
    id: 'distance-scatter',
    label: 'Accuracy against distance, one dot per seed',
    summary: 'Each seed where its distance is smallest, as published.',
    figure: 'distanceScatter',
    view: { reading: readingSchema.parse({ at: 'smallest' }) },
  },
  {
    id: 'train-vs-test',
    label: 'Distance on conditions left out against conditions fitted',
    summary: 'Whether an alignment found on some conditions holds on others.',
    figure: 'trainVsTest',
    view: { measure: measureSchema.parse({ metric: procrustes.id, protocol: 'leaveOneConditionOut' }) },
  },
  {
    id: 'gradient-norm',
    label: 'Gradient norm along training',
    summary: 'How large the weight changes asked for are.',
    figure: 'gradientNorm',
    view: {},
  },
  {
    id: 'eigenvalues',
    label: 'Eigenvalues of the recurrent weights',
    summary: 'Before and after training, for the first seed of each rule.',
    figure: 'eigenvalues',
    view: ofNetwork('eigenvalues'),
  },
  {
    id: 'condition-averages',
    label: 'Activity of single units',
    summary: 'A unit of the trained network over time, one line per condition, for the first seed of each rule.',
    figure: 'unitTraces-0',
    view: ofNetwork('unitTraces'),
  },
];

export function figurePreset(id: string): FigurePreset {
  const preset = figurePresets.find((p) => p.id === id);
  if (preset) return preset;
  const known = figurePresets.map((p) => `"${p.id}"`).join(', ');
  throw new LabError('preset.unknown', `Reproducing a figure: expected a file, or one of ${known}, found "${id}".`);
}
