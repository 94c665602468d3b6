/** Any array of a file, with the user's word on what its axes are. */
import { LabError } from '../../errors.ts';
import { sizeOf, tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { Condition } from '../dataset.ts';
import type { Dtype, FileArray, FileValue } from '../formats/format.ts';
import { forEachIndex } from '../formats/elements.ts';
import { averageTrials } from './averageTrials.ts';
import type { Averages } from './averageTrials.ts';
import { eachCondition, extentOf, offsetOf, placeIn, placesOf, stridesOf } from './axes.ts';
import type { Trial } from './axes.ts';
import { arrayAt } from './fileArrays.ts';
import { combinations, conditionOf } from './labelledConditions.ts';
import type { Variable } from './labelledConditions.ts';
import type { Content } from './layout.ts';
import { labelsOf, lastPart, refuse } from './mappedLabels.ts';
import { signalsOf } from './mappedSignals.ts';
import { timesOf } from './mappedTimes.ts';
import type { ArrayMapping, AxisName } from './mapping.ts';

/** The array that the mapping names. Throws LabError `mapping.array` where there is none. */
export function arrayByMapping(value: FileValue, { array: key }: ArrayMapping, fileName: string): FileArray {
  const array = arrayAt(value, key);
  if (array) return array;
  const said = `there is no array "${key ?? '(the whole file)'}". Choose one that is there.`;
  return refuse('mapping.array', fileName, said);
}

/**
 * The array with its axes in the order asked for, several axes of conditions as one. Throws LabError `data.axes` where an axis
 * is missing, named twice, or none of those asked for.
 */
export function arranged(
  array: FileArray,
  axes: readonly AxisName[],
  order: readonly AxisName[],
  fileName: string,
): Tensor {
  requireAxes(array, axes, order, fileName);
  const places = order.flatMap((name) => placesOf(axes, name));
  const strides = stridesOf(array.shape);
  const data = array.data.slice();
  forEachIndex(
    places.map((axis) => array.shape[axis]),
    places.map((axis) => strides[axis]),
    (from, to) => (data[to] = array.data[from]),
  );
  const shape = order.map((name) => extentOf(array.shape, axes, name));
  return tensor(shape, data);
}

/** Condition averages of what the mapping names. Throws LabError `mapping.*` and `data.*`. */
export function contentByMapping(value: FileValue, mapping: ArrayMapping, fileName: string): Content {
  const array = arrayByMapping(value, mapping, fileName);
  requireAxes(array, mapping.axes, ['neuron', 'time', 'trial', 'condition'], fileName);
  const parts = { value, mapping, array, fileName };
  const { axes, name, alignment } = mapping;
  const common = {
    name,
    simulated: false,
    timeMs: timesOf(value, mapping, extentOf(array.shape, axes, 'time'), fileName),
    alignment,
  };
  const content = axes.includes('trial') ? averagesByMapping(parts) : conditionsByMapping(parts);
  return { ...common, ...content };
}

type Parts = { value: FileValue; mapping: ArrayMapping; array: FileArray; fileName: string };
type Numbers = Pick<Content, 'activity' | 'singleTrials' | 'neuronNames' | 'conditions' | 'kinematics' | 'facts'>;

function conditionsByMapping(parts: Parts): Numbers {
  const { value, mapping, array, fileName } = parts;
  if (mapping.conditionOf) {
    refuse('mapping.labels', fileName, '"conditionOf" labels trials: expected an axis "trial", found none. Name one.');
  }
  const names = neuronNames(parts);
  const conditions = conditionsOf(parts);
  const all = { trials: eachCondition(mapping.axes, array.shape), conditions: conditions.length, kept: null };
  return {
    activity: arranged(array, mapping.axes, ['neuron', 'time', 'condition'], fileName),
    ...(names ? { neuronNames: names } : {}),
    conditions,
    kinematics: signalsOf(value, mapping, array.shape, all, fileName),
    facts: {},
  };
}

function averagesByMapping(parts: Parts): Numbers {
  const { value, mapping, array, fileName } = parts;
  const { conditions, trials } = mapping.conditionOf ? labelledTrials(parts) : trialsPerCondition(parts);
  const strides = stridesOf(array.shape);
  const { axes, minTrials } = mapping;
  const averages = averageTrials(
    {
      data: array.data,
      single: singleTypes.has(array.dtype),
      neurons: extentOf(array.shape, axes, 'neuron'),
      steps: extentOf(array.shape, axes, 'time'),
      conditions: conditions.length,
      neuronStride: strides[axes.indexOf('neuron')],
      timeStride: strides[axes.indexOf('time')],
      trials: trials.map((trial) => ({ condition: trial.condition, offset: offsetOf(trial, strides) })),
    },
    minTrials,
    fileName,
  );
  const kept = { trials, conditions: conditions.length, kept: averages.conditions };
  return {
    ...contentOfAverages(averages, conditions, neuronNames(parts)),
    kinematics: signalsOf(value, mapping, array.shape, kept, fileName),
  };
}

/** Types of which every number is one of single precision. */
const singleTypes: ReadonlySet<Dtype> = new Set(['bool', 'int8', 'uint8', 'int16', 'uint16', 'float16', 'float32']);

/** What is left of neurons and conditions, by name. */
export function contentOfAverages(
  { activity, singleTrials, neurons, conditions: kept, trialsPerNeuron }: Averages,
  conditions: readonly Condition[],
  names: readonly string[] | undefined,
): Omit<Numbers, 'kinematics'> {
  return {
    activity,
    singleTrials,
    ...(names ? { neuronNames: neurons.map((n) => names[n]) } : {}),
    conditions: kept.map((c) => conditions[c]),
    facts: { trialsPerNeuron },
  };
}

type Trials = { conditions: Condition[]; trials: Trial[] };

/** Conditions are what the trials' labels say; trials without a label are left out. */
function labelledTrials({ value, mapping: { axes, conditionOf: keys }, array, fileName }: Parts): Trials {
  if (axes.includes('condition')) {
    const both = 'trials with labels ("conditionOf") and an axis "condition" cannot both be. Leave out one.';
    refuse('mapping.labels', fileName, both);
  }
  const axis = axes.indexOf('trial');
  const { conditions, of } = combinations(variablesOf(value, keys!, array.shape[axis], 'trials', fileName));
  if (conditions.length === 0) {
    refuse('mapping.labels', fileName, 'expected labels of the trials, found none but missing ones. Choose others.');
  }
  const trials = of.flatMap((condition, trial) =>
    condition === null ? [] : [{ condition, at: axes.map((_, a) => (a === axis ? trial : 0)) }],
  );
  return { conditions, trials };
}

/** Every condition has every trial, in the order of the file. */
function trialsPerCondition(parts: Parts): Trials {
  const { axes } = parts.mapping;
  const { shape } = parts.array;
  const axis = axes.indexOf('trial');
  const each = eachCondition(axes, shape);
  const trials = Array.from({ length: shape[axis] }, (_, trial) =>
    each.map(({ condition, at }) => ({ condition, at: at.with(axis, trial) })),
  );
  return { conditions: conditionsOf(parts), trials: trials.flat() };
}

/** Of the axes of conditions, by their labels where there are any. */
function conditionsOf({ value, mapping: { axes, conditionLabels: keys }, array, fileName }: Parts): Condition[] {
  const extents = placesOf(axes, 'condition').map((axis) => array.shape[axis]);
  const count = sizeOf(extents);
  const places = Array.from({ length: count }, (_, condition) => placeIn(extents, condition));
  if (!keys) {
    const said = (place: number[]): string => (place.length > 0 ? place.map((p) => p + 1).join(', ') : '1');
    return places.map((place) => ({ label: `condition ${said(place)}`, values: {} }));
  }
  if (extents.length <= 1) {
    const variables = variablesOf(value, keys, count, 'conditions', fileName);
    return places.map((_, c) => {
      const labels = variables.map((variable) => variable.labels[c]);
      return conditionOf(variables, labels);
    });
  }
  if (keys.length !== extents.length) {
    const said = `expected labels for each of ${extents.length} axes of conditions, found ${keys.length} arrays of them.`;
    refuse('mapping.labels', fileName, `${said} Name one for every axis, in their order.`);
  }
  const variables = extents.flatMap((n, axis) => variablesOf(value, [keys[axis]], n, 'conditions', fileName));
  return places.map((place) => {
    const labels = place.map((p, axis) => variables[axis].labels[p]);
    return conditionOf(variables, labels);
  });
}

function variablesOf(
  value: FileValue,
  keys: readonly string[],
  count: number,
  of: 'trials' | 'conditions',
  fileName: string,
): Variable[] {
  return keys.map((key) => ({ name: lastPart(key), labels: labelsOf(value, key, count, of, fileName) }));
}

function neuronNames({ value, mapping: { axes, neuronNames: key }, array, fileName }: Parts): string[] | undefined {
  if (key === undefined) return undefined;
  return labelsOf(value, key, extentOf(array.shape, axes, 'neuron'), 'neurons', fileName).map(String);
}

/** May be missing; the others have to be there once. */
const optional: readonly AxisName[] = ['trial', 'condition'];

function requireAxes(
  { shape }: FileArray,
  axes: readonly AxisName[],
  allowed: readonly AxisName[],
  fileName: string,
): void {
  const fits = (name: AxisName): boolean => {
    const count = placesOf(axes, name).length;
    return (count > 0 || optional.includes(name)) && (count < 2 || name === 'condition');
  };
  if (shape.length === axes.length && axes.every((name) => allowed.includes(name)) && allowed.every(fits)) return;
  const needed = allowed.filter((name) => !optional.includes(name)).join(' and ');
  const others = allowed.filter((name) => optional.includes(name)).join(' or ');
  throw new LabError(
    'data.axes',
    `Reading "${fileName}" by the mapping: expected a name for each of ${shape.length} axes (${shape.join(' × ')}): ${needed} once, the others ${others}; found ${axes.join(', ')}. Name every axis of the array, in the order of the file.`,
  );
}
