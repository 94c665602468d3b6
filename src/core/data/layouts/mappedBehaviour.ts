/** Any array of a file as behaviour, with the user's word on what its axes are. */
import type { Dataset } from '../dataset.ts';
import type { FileValue } from '../formats/format.ts';
import type { BehaviourContent } from './behaviourLayout.ts';
import { arraysOf, cubeByMapping } from './mapped.ts';
import type { Mapping, Question } from './mapped.ts';

export function behaviourByMapping(value: FileValue, mapping: Mapping, fileName: string): BehaviourContent {
  const { values, timeMs } = cubeByMapping(value, mapping, ['signal', 'time', 'condition'], fileName);
  const labels = Array.from({ length: values.shape[0] }, (_, s) => `${mapping.name} ${s + 1}`);
  return { name: mapping.name, labels, values, timeMs, alignment: mapping.alignment };
}

/**
 * What has to be asked, or null where no array has three axes, one of them the dataset's conditions. The guess: the longer of
 * the others is time, its steps as long as the dataset's, and behaviour and activity end together.
 */
export function questionAboutBehaviour(value: FileValue, fileName: string, dataset: Dataset): Question | null {
  const conditions = dataset.conditions.length;
  const cubes = [...arraysOf(value)].filter(
    ([, { shape, data }]) => shape.length === 3 && shape.includes(conditions) && data.length > 0,
  );
  if (cubes.length === 0) return null;
  const [key, { shape }] = cubes[0];
  const condition = shape.lastIndexOf(conditions);
  const others = [0, 1, 2].filter((axis) => axis !== condition);
  const time = shape[others[0]] > shape[others[1]] ? others[0] : others[1];
  const dtMs = dataset.timeMs[1] - dataset.timeMs[0];
  return {
    why: 'Which axis is signal, time and condition, and at which times the steps are, cannot be told from the file.',
    arrays: cubes.map(([k, a]) => ({ key: k, shape: [...a.shape], dtype: a.dtype })),
    suggestion: {
      array: key,
      axes: [0, 1, 2].map((axis) => (axis === condition ? 'condition' : axis === time ? 'time' : 'signal')),
      dtMs,
      startMs: dataset.timeMs.at(-1)! - (shape[time] - 1) * dtMs,
      alignment: dataset.alignment,
      name: fileName.replace(/\.[^.]*$/, ''),
    },
  };
}
