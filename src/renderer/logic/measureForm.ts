/** How runs are compared, as typed: read gives a measure or what is wrong, by field. */
import type { CallInput, MetricChoice, ProtocolChoice } from '../../app/contract.ts';
import { numberField, valueAt, withValue } from './fields.ts';
import type { Field, FieldValue } from './fields.ts';
import { settingFields } from './settingFields.ts';

export type Measure = CallInput<'measure.start'>['measure'];

export type MeasureForm = {
  /** empty: the distance that the runs' own plans ask for */
  metric: string;
  protocol: string;
  /** by place in the measure; only what was changed */
  values: Record<string, FieldValue>;
};

export type MeasureChoices = {
  readonly metrics: readonly MetricChoice[];
  readonly protocols: readonly ProtocolChoice[];
};

const drawFields: readonly Field[] = [
  numberField('draws', 'Draws', { whole: true, least: 1, most: 10_000 }, { usual: 100 }),
  numberField('seed', 'Seed of the draws', { whole: true, least: 0, most: 2 ** 32 - 1 }, { usual: 1 }),
];

/** Of the metric's settings, and of the draws where the protocol makes any; those that do not matter are left out. */
export function fieldsOf(form: MeasureForm, { metrics, protocols }: MeasureChoices): readonly Field[] {
  const settings = metrics.find(({ id }) => id === form.metric)?.settings;
  if (!settings) return [];
  const draws = protocols.find(({ id }) => id === form.protocol)?.random ?? false;
  const fields = [...settingFields('settings', settings), ...(draws ? drawFields : [])];
  const look = (at: string): FieldValue | undefined => {
    const field = fields.find((f) => f.at === at);
    return field && valueOf(form, field);
  };
  return fields.filter(({ shown }) => shown?.(look) ?? true);
}

export function valueOf(form: MeasureForm, field: Field): FieldValue {
  return form.values[field.at] ?? field.write(valueAt({}, field.at));
}

export type ReadMeasure =
  | { readonly measure: Measure | null; readonly errors: null }
  | { readonly measure: null; readonly errors: Readonly<Record<string, string>> };

/** measure: null without errors stands for the distance of the runs' plans. */
export function readMeasure(form: MeasureForm, choices: MeasureChoices): ReadMeasure {
  if (form.metric === '') return { measure: null, errors: null };
  let measure: Measure = { metric: form.metric, protocol: form.protocol, settings: {} };
  const errors: Record<string, string> = {};
  for (const field of fieldsOf(form, choices)) {
    const read = field.read(valueOf(form, field) as never);
    if ('why' in read) errors[field.at] = read.why;
    else measure = withValue(measure, field.at, read.value);
  }
  return Object.keys(errors).length > 0 ? { measure: null, errors } : { measure, errors: null };
}

export function formOf(measure: Measure, choices: MeasureChoices): MeasureForm {
  const form = { metric: measure.metric, protocol: measure.protocol ?? '', values: {} };
  const settings = choices.metrics.find(({ id }) => id === measure.metric)?.settings ?? {};
  const fields = [...settingFields('settings', settings), ...drawFields];
  const given = fields.filter(({ at }) => valueAt(measure, at) !== undefined);
  return {
    ...form,
    values: Object.fromEntries(given.map((field) => [field.at, field.write(valueAt(measure, field.at))])),
  };
}
