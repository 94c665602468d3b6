/** Rates of single units over a whole trial, one line per condition. */
import { LabError } from '../../errors.ts';
import type { Tensor } from '../../math/tensor.ts';
import { conditionGroups, plainLine } from '../conditionLines.ts';
import type { Figure } from '../figure.ts';
import { chosenOnly, nameOf, type NetworkView, type ViewInput } from './networkView.ts';
import { chosenConditions, timeAxis, timesOf } from './trialTime.ts';

export const unitTraces: NetworkView = {
  kind: 'network',
  id: 'unitTraces',
  label: 'Single units',
  summary: 'Rates of single units over time, one line per condition, to put beside those of recorded neurons.',
  options: ['units', 'conditions'],
  updates: chosenOnly,
  describe(input) {
    const { rates } = input.snapshots[0].forward();
    return input.options.units.map((unit) => tracesOf(unit, rates, input));
  },
};

/** rates: trials × steps × units */
function tracesOf(unit: number, rates: Tensor, input: ViewInput): Figure {
  const [snapshot] = input.snapshots;
  const [, steps, units] = rates.shape;
  if (!(unit < units)) {
    throw new LabError(
      'view.unit',
      `Drawing unit ${unit}: the network has ${units} units, counted from 0 to ${units - 1}.`,
    );
  }
  const times = timesOf(input, 0, steps);
  const { places, notes } = chosenConditions(input);
  const { conditions } = input.dataset;
  return {
    id: `unitTraces-${unit}`,
    title: `Unit ${unit}: ${nameOf(snapshot)}`,
    x: timeAxis(input, times),
    y: { label: 'Rate', scale: 'linear', min: null, max: null },
    ...conditionGroups(places.map((c) => conditions[c])),
    lines: places.map((c) =>
      plainLine(conditions[c].label, conditions[c].label, times, (t) => rates.data[(c * steps + t) * units + unit]),
    ),
    bands: [],
    references: [],
    notes: ['One trial per condition, without noise.', ...notes],
  };
}
