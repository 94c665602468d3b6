/** The figures of the published analysis, each by one name. A new one is one entry here. */
import { LabError } from '../core/errors.ts';
import type { FigureView } from './figureView.ts';

export type FigurePreset = {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  /** id of the figure */
  readonly figure: string;
  readonly view: FigureView;
};

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
];

export function figurePreset(id: string): FigurePreset {
  const preset = figurePresets.find((p) => p.id === id);
  if (preset) return preset;
  const known = figurePresets.map((p) => `"${p.id}"`).join(', ');
  throw new LabError('preset.unknown', `Reproducing a figure: expected a file, or one of ${known}, found "${id}".`);
}
