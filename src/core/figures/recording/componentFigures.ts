/** A recording along its leading principal components, and how much of its variance each holds. */
import type { RecordingComponents } from '../../analysis/recording/recordingComponents.ts';
import { linesOf, shownConditions } from '../conditionColours.ts';
import type { ConditionChoice, ShownConditions } from '../conditionColours.ts';
import { plainLine } from '../conditionLines.ts';
import type { Figure } from '../figure.ts';
import type { RecordingAxes } from './populationRates.ts';
import { timeOf } from './recordingTime.ts';

const mostShares = 20;

/** count: components to show over time */
export function componentFigures(
  of: RecordingComponents,
  recording: RecordingAxes,
  { count, choice }: { count: number; choice: ConditionChoice },
): Figure[] {
  const { x, axis } = timeOf(recording);
  const shown = shownConditions(recording.conditions, choice);
  const byCondition = of.scores.map((scores) =>
    recording.conditions.map((_, c) => scores.slice(c * x.length, (c + 1) * x.length)),
  );
  const overTime = byCondition.slice(0, count).map((values, k): Figure => ({
    id: `recordingComponent-${k + 1}`,
    title: `PC ${k + 1} over time`,
    x: axis,
    y: { label: labelOf(k, of), scale: 'linear', min: null, max: null },
    groups: shown.groups,
    palette: shown.palette,
    lines: linesOf(shown, x, values),
    bands: [],
    references: [],
    notes: [...shown.notes],
  }));
  const plane = byCondition.length > 1 ? [planeFigure(of, byCondition, shown)] : [];
  return [...plane, ...overTime, sharesFigure(of)];
}

function planeFigure(of: RecordingComponents, [first, second]: number[][][], shown: ShownConditions): Figure {
  // as functions of the step, so that means over conditions are means in the plane
  const steps = first[0].map((_, t) => t);
  const [across, up] = [linesOf(shown, steps, first), linesOf(shown, steps, second)];
  return {
    id: 'recordingPlane',
    title: 'Trajectories in the plane of PC 1 and PC 2',
    x: { label: labelOf(0, of), scale: 'linear', min: null, max: null },
    y: { label: labelOf(1, of), scale: 'linear', min: null, max: null },
    aspect: 'equal',
    groups: shown.groups,
    palette: shown.palette,
    lines: across.flatMap(({ label, group, y }, i) => [
      plainLine(label, group, y, (t) => up[i].y[t]),
      { ...plainLine(`${label}, start`, group, [y[0]], () => up[i].y[0]), drawn: 'dots' as const },
    ]),
    bands: [],
    references: [],
    notes: ['Dots: first step of the recording. Signs of components are arbitrary.', ...shown.notes],
  };
}

function sharesFigure({ shares, ninety }: RecordingComponents): Figure {
  let sum = 0;
  const added = shares.slice(0, mostShares).map((share) => (sum += share));
  return {
    id: 'recordingVariance',
    title: 'Variance explained',
    x: { label: 'Components', scale: 'linear', whole: true, min: 1, max: null },
    y: { label: 'Share of the variance', scale: 'linear', min: 0, max: 1 },
    groups: [{ id: 'recording', label: 'Recording', color: 0 }],
    palette: 'distinct',
    lines: [
      {
        ...plainLine('Recording', 'recording', added.map((_, k) => k + 1), (k) => added[k]), // prettier-ignore
        drawn: 'path',
      },
    ],
    bands: [],
    references: [{ label: '90 %', y: 0.9 }],
    notes: [`90 % of the variance: ${ninety} of ${shares.length} components.`],
  };
}

function labelOf(k: number, { shares }: RecordingComponents): string {
  return `PC ${k + 1} (${(100 * shares[k]).toFixed(0)} % of the variance)`;
}
