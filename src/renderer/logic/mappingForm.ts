/** The answer to the question what the axes of an array are. */
import type { CallInput, MappingQuestion } from '../../app/contract.ts';
import { readNumber } from './readNumber.ts';

export type Mapping = NonNullable<CallInput<'dataset.import'>['mapping']>;
export type AxisName = Mapping['axes'][number];

/** What an axis can be. */
export function axisNames({ of }: Pick<MappingQuestion, 'of'>): readonly AxisName[] {
  return [of === 'activity' ? 'neuron' : 'signal', 'time', 'condition'];
}

export type MappingForm = {
  /** position in the question's arrays */
  array: number;
  axes: AxisName[];
  dtMs: string;
  startMs: string;
  alignment: string;
  name: string;
};
export type MappingErrors = Partial<Record<keyof MappingForm, string>>;

export function formOfQuestion({ arrays, suggestion, path, of }: MappingQuestion): MappingForm {
  const at = suggestion ? arrays.findIndex((a) => a.key === suggestion.array) : arrays.findIndex(isMappable);
  return {
    array: Math.max(0, at),
    axes: [...(suggestion?.axes ?? axisNames({ of }))],
    dtMs: suggestion ? String(suggestion.dtMs) : '10',
    startMs: suggestion ? String(suggestion.startMs) : '0',
    alignment: suggestion?.alignment ?? 'movement onset',
    name:
      suggestion?.name ??
      path
        .split(/[\\/]/)
        .at(-1)!
        .replace(/\.[^.]+$/, ''),
  };
}

/** Only arrays of three axes can be recordings. */
export function isMappable({ shape }: MappingQuestion['arrays'][number]): boolean {
  return shape.length === 3;
}

/** Each name is used once: the axis that had it takes what the changed axis had before. */
export function withAxis(axes: readonly AxisName[], position: number, name: AxisName): AxisName[] {
  const before = axes[position];
  return axes.map((a, i) => (i === position ? name : a === name ? before : a));
}

export function readMapping(
  form: MappingForm,
  { arrays }: MappingQuestion,
): { mapping: Mapping; errors: null } | { mapping: null; errors: MappingErrors } {
  const errors: MappingErrors = {};
  const array = arrays[form.array];
  if (!array || !isMappable(array)) errors.array = 'Choose an array with three axes.';
  const dtMs = readNumber(form.dtMs, { above: 0 });
  const startMs = readNumber(form.startMs, {});
  if (typeof dtMs === 'string') errors.dtMs = dtMs;
  if (typeof startMs === 'string') errors.startMs = startMs;
  if (form.alignment.trim() === '') errors.alignment = 'Say which event is at time 0.';
  if (form.name.trim() === '') errors.name = 'Give it a name.';
  if (Object.keys(errors).length > 0) return { mapping: null, errors };
  return {
    mapping: {
      array: array.key,
      axes: [...form.axes],
      dtMs: dtMs as number,
      startMs: startMs as number,
      alignment: form.alignment.trim(),
      name: form.name.trim(),
    },
    errors: null,
  };
}
