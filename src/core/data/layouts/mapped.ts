/** Any array of a file, with the user's word on what its axes are. */
import { LabError } from '../../errors.ts';
import { tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { Dtype, FileArray, FileValue } from '../formats/format.ts';
import { forEachIndex } from '../formats/elements.ts';
import type { Content } from './layout.ts';
import { isArray } from './reaching.ts';

export type AxisName = 'neuron' | 'time' | 'condition';
const axisOrder: readonly AxisName[] = ['neuron', 'time', 'condition'];

export type Mapping = {
  /** key of the array, or null when the file is one array */
  array: string | null;
  /** of activity: neuron, time and condition; of behaviour: signal, time and condition */
  axes: (AxisName | 'signal')[];
  dtMs: number;
  /** time of the first step relative to the alignment event */
  startMs: number;
  alignment: string;
  name: string;
};

export type Question = {
  why: string;
  arrays: { key: string | null; shape: number[]; dtype: Dtype }[];
  suggestion: Mapping | null;
};

/** Which axes an array has to have, in the order of the Dataset. */
type AxisOrder = readonly (AxisName | 'signal')[];

/** The numeric arrays of a file by key, "a.b" for b of the dictionary a; the key is null where the file is one array. */
export function arraysOf(value: FileValue): Map<string | null, FileArray> {
  if (isArray(value)) return new Map([[null, value]]);
  return new Map(value instanceof Map ? namedArrays(value) : []);
}

function namedArrays(entries: Map<string, FileValue>): [string, FileArray][] {
  return [...entries].flatMap(([key, value]) => {
    if (isArray(value)) return [[key, value] as [string, FileArray]];
    if (!(value instanceof Map)) return [];
    return namedArrays(value).map(([inner, array]): [string, FileArray] => [`${key}.${inner}`, array]);
  });
}

/** What has to be asked, with a guess where there is one: few conditions, more neurons than conditions, time longest. */
export function questionAbout(value: FileValue, fileName: string): Question {
  const arrays = arraysOf(value);
  const cubes = [...arrays].filter(([, a]) => a.shape.length === 3 && a.data.length > 0);
  if (cubes.length === 0) {
    const shapes = [...arrays].map(([key, a]) => `${key ?? 'the array'} (${a.shape.join(' × ')})`).join(', ');
    throw new LabError(
      'data.axes',
      `Reading "${fileName}": expected an array with 3 axes (neuron, time, condition), found ${shapes || 'no array'}. Average over trials and stack the conditions first.`,
    );
  }
  const [key, largest] = cubes.reduce((a, b) => (b[1].data.length > a[1].data.length ? b : a));
  return {
    why: 'Which axis is neuron, time and condition, and at which times the steps are, cannot be told from the file.',
    arrays: cubes.map(([k, a]) => ({ key: k, shape: [...a.shape], dtype: a.dtype })),
    suggestion: {
      array: key,
      axes: guessAxes(largest.shape),
      dtMs: 10,
      startMs: 0,
      alignment: 'alignment event',
      name: fileName.replace(/\.[^.]*$/, ''),
    },
  };
}

/** The smallest extent is taken for conditions; of the others, the first for neurons. */
function guessAxes(shape: readonly number[]): AxisName[] {
  const condition = shape.lastIndexOf(Math.min(...shape));
  const others = [0, 1, 2].filter((axis) => axis !== condition);
  const axes: AxisName[] = [];
  axes[condition] = 'condition';
  axes[others[0]] = 'neuron';
  axes[others[1]] = 'time';
  return axes;
}

/** The array that the mapping names, its axes in the order asked for, and the times of its steps. */
export function cubeByMapping(
  value: FileValue,
  mapping: Mapping,
  order: AxisOrder,
  fileName: string,
): { values: Tensor; timeMs: Float64Array } {
  const array = arraysOf(value).get(mapping.array);
  const said = `Reading "${fileName}" by the mapping`;
  if (!array) {
    throw new LabError(
      'mapping.array',
      `${said}: there is no array "${mapping.array ?? '(the whole file)'}". Choose one that is there.`,
    );
  }
  if (array.shape.length !== 3 || mapping.axes.length !== 3 || !order.every((name) => mapping.axes.includes(name))) {
    throw new LabError(
      'data.axes',
      `${said}: expected 3 axes, each of ${order.join(', ').replace(/, (\w+)$/, ' and $1')} once, found an array of ${array.shape.join(' × ')} and the axes ${mapping.axes.join(', ')}.`,
    );
  }
  const places = order.map((name) => mapping.axes.indexOf(name));
  const shape = places.map((axis) => array.shape[axis]);
  const strides = places.map((axis) => array.shape.slice(axis + 1).reduce((n, extent) => n * extent, 1));
  const data = array.data.slice();
  forEachIndex(shape, strides, (from, to) => (data[to] = array.data[from]!));
  const timeMs = Float64Array.from({ length: shape[1] }, (_, t) => mapping.startMs + t * mapping.dtMs);
  return { values: tensor(shape, data), timeMs };
}

export function contentByMapping(value: FileValue, mapping: Mapping, fileName: string): Content {
  const { values, timeMs } = cubeByMapping(value, mapping, axisOrder, fileName);
  return {
    name: mapping.name,
    simulated: false,
    activity: values,
    timeMs,
    alignment: mapping.alignment,
    conditions: Array.from({ length: values.shape[2] }, (_, c) => ({ label: `condition ${c + 1}`, values: {} })),
    kinematics: {},
    facts: {},
  };
}
