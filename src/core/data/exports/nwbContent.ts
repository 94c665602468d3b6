/**
 * Where the arrays of an exported Dataset lie in an NWB file. Time comes first in NWB's series, so activity is kept as one
 * series of steps × neurons per condition, and so is behaviour; kinematics are steps × conditions. What has no place in NWB
 * lies under /scratch by its name.
 */
import { tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { FileValue } from '../formats/format.ts';
import { isArray } from '../formats/openValue.ts';

export type Series = {
  readonly path: string;
  /** steps × signals */
  readonly data: Tensor;
  /** which of the arrays has its times */
  readonly times: 'time_ms' | 'behaviour.time_ms';
  readonly description: string;
};

/** Names as HDF5 takes them: a slash would begin a group. */
export const scratchName = (name: string): string => name.replaceAll('%', '%25').replaceAll('/', '%2F');
const nameOfScratch = (name: string): string => name.replaceAll('%2F', '/').replaceAll('%25', '%');

type Arrays = Readonly<Record<string, Tensor>>;

const activityPath = '/processing/ecephys/condition_';
const behaviourPath = '/processing/behavior/behaviour_condition_';
const kinematicsPath = '/processing/behavior/kinematics_';
const kinematics = 'kinematics.';

const numbered = (path: string, c: number, count: number): string =>
  path + String(c + 1).padStart(Math.max(3, String(count).length), '0');

/** arrays: as `arraysOfDataset` names them; labels: of conditions */
export function nwbSeries(arrays: Arrays, labels: readonly string[]): Series[] {
  const { activity } = arrays;
  const values = arrays['behaviour.values'];
  const perCondition = (cube: Tensor, path: string, what: string, times: Series['times']): Series[] =>
    labels.map((label, c) => ({
      path: numbered(path, c, labels.length),
      data: planeOf(cube, c),
      times,
      description: `${what}, condition "${label}"`,
    }));
  return [
    ...perCondition(activity, activityPath, 'Condition-averaged activity, steps × neurons', 'time_ms'),
    ...(values ? perCondition(values, behaviourPath, 'Behaviour, steps × signals', 'behaviour.time_ms') : []),
    ...Object.entries(arrays)
      .filter(([name]) => name.startsWith(kinematics))
      .map(([name, signal]) => ({
        path: kinematicsPath + scratchName(name.slice(kinematics.length)),
        data: transposed(signal),
        times: 'time_ms' as const,
        description: `Behaviour "${name.slice(kinematics.length)}", steps × conditions`,
      })),
  ];
}

/** What lies in no series. Empty arrays are left out: HDF5 has no use for them. */
export function nwbScratch(arrays: Arrays): [string, Tensor][] {
  const inSeries = (name: string): boolean =>
    name === 'activity' || name === 'behaviour.values' || name.startsWith(kinematics);
  return Object.entries(arrays).filter(([name, { data }]) => !inSeries(name) && data.length > 0);
}

/** The arrays again, of a file as formats/nwb.ts reads it; absent where the file lacks one. conditions: how many */
export function arraysFromNwb(file: Map<string, FileValue>, conditions: number): Record<string, Tensor> {
  const part = (name: string): Map<string, FileValue> => {
    const value = file.get(name);
    return value instanceof Map ? value : new Map<string, FileValue>();
  };
  const series = part('series');
  const dataOf = (path: string): Tensor | null => {
    const entry = series.get(path);
    const data = entry instanceof Map ? entry.get('data') : null;
    return isArray(data) && data.shape.length === 2 ? tensor(data.shape, data.data) : null;
  };
  const found: Record<string, Tensor> = {};
  for (const [name, value] of part('scratch')) {
    if (isArray(value)) found[nameOfScratch(name)] = tensor(value.shape, value.data);
  }
  for (const [name, path] of [
    ['activity', activityPath],
    ['behaviour.values', behaviourPath],
  ]) {
    const planes = Array.from({ length: conditions }, (_, c) => dataOf(numbered(path, c, conditions)));
    const cube = cubeOf(planes);
    if (cube) found[name] = cube;
  }
  for (const path of series.keys()) {
    const data = path.startsWith(kinematicsPath) ? dataOf(path) : null;
    if (data) found[kinematics + nameOfScratch(path.slice(kinematicsPath.length))] = transposed(data);
  }
  return found;
}

type Floats = Tensor['data'];
const like = (data: Floats, length: number): Floats =>
  data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);

/** signals × steps × conditions → steps × signals of one condition */
function planeOf({ shape, data }: Tensor, condition: number): Tensor {
  const [signals, steps, conditions] = shape as [number, number, number];
  const plane = like(data, signals * steps);
  for (let s = 0; s < signals; s++) {
    for (let t = 0; t < steps; t++) plane[t * signals + s] = data[(s * steps + t) * conditions + condition];
  }
  return tensor([steps, signals], plane);
}

/** Null where a condition is missing or has another shape than the first. */
function cubeOf(planes: readonly (Tensor | null)[]): Tensor | null {
  const [first] = planes;
  if (!first || planes.some((p) => p?.shape[0] !== first.shape[0] || p.shape[1] !== first.shape[1])) return null;
  const [steps, signals] = first.shape as [number, number];
  const cube = like(first.data, steps * signals * planes.length);
  planes.forEach((plane, c) => {
    for (let s = 0; s < signals; s++) {
      for (let t = 0; t < steps; t++) cube[(s * steps + t) * planes.length + c] = plane!.data[t * signals + s];
    }
  });
  return tensor([signals, steps, planes.length], cube);
}

function transposed({ shape, data }: Tensor): Tensor {
  const [rows, cols] = shape as [number, number];
  const out = like(data, data.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out[j * rows + i] = data[i * cols + j];
  return tensor([cols, rows], out);
}
