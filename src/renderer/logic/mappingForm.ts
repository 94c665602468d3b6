/** The answer to the question what is in a file: the form's fields, from a guess or from last time, and the mapping they make. */
import type { MappingQuestion } from '../../app/contract.ts';
import { extentOf, placesOf } from '../../core/data/layouts/axes.ts';
import { lengthOf } from '../../core/data/layouts/guessAxes.ts';
import { guessMapping, isMappable as isMappableArray, signalsFor } from '../../core/data/layouts/guessMapping.ts';
import { lastPart } from '../../core/data/layouts/mappedLabels.ts';
import { msPer, rounded } from '../../core/data/layouts/mappedTimes.ts';
import { isTableMapping } from '../../core/data/layouts/mapping.ts';
import type {
  ArrayFacts,
  ArrayMapping,
  AxisName,
  Mapping,
  TableMapping,
  TimeUnit,
} from '../../core/data/layouts/mapping.ts';
import { readNumber } from './readNumber.ts';

export type { AxisName, Mapping };

/** What an axis can be. */
export function axisNames({ of }: Pick<MappingQuestion, 'of'>): readonly AxisName[] {
  return of === 'activity' ? ['neuron', 'time', 'trial', 'condition'] : ['signal', 'time', 'condition'];
}

/** How a table is read: one rate a row, one column per neuron, or its numbers as an array. */
export type TableShape = 'long' | 'wide' | 'matrix';

export type TableForm = {
  shape: TableShape;
  time: string;
  timeUnit: TimeUnit;
  conditions: string[];
  /** empty: none */
  trial: string;
  neuron: string;
  rate: string;
  neurons: string[];
};

export type MappingForm = {
  /** position in the question's arrays */
  array: number;
  axes: AxisName[];
  /** key of the array of times; empty: given by the step */
  times: string;
  timeUnit: TimeUnit;
  dtMs: string;
  startMs: string;
  conditionOf: string[];
  /** one per axis of conditions, empty: none */
  conditionLabels: string[];
  /** empty: none */
  neuronNames: string;
  /** by key, the name that the signal gets; those left out are not there */
  signals: Record<string, string>;
  /** empty: none are left out */
  minTrials: string;
  /** null: the file is no table */
  table: TableForm | null;
  alignment: string;
  name: string;
};

export type MappingErrors = Partial<Record<keyof MappingForm | 'time' | 'neuron' | 'rate' | 'neurons', string>>;

export function formOfQuestion(question: MappingQuestion, mapping: Mapping | null = question.suggestion): MappingForm {
  const { arrays, path, of } = question;
  const fileName = path.split(/[\\/]/).at(-1)!.replace(/\.[^.]+$/, ''); // prettier-ignore
  const array = mapping && !isTableMapping(mapping) ? mapping : null;
  const at = array ? arrays.findIndex((a) => a.key === array.array) : arrays.findIndex((a) => isMappable(a, of));
  const guess = array ?? (arrays[at] ? (guessMapping(arrays, fileName, arrays[at].key)?.mapping ?? null) : null);
  return {
    array: Math.max(0, at),
    ...arrayFields(guess, question),
    minTrials: mapping?.minTrials === undefined ? '' : String(mapping.minTrials),
    table: question.columns ? tableFields(mapping, question.columns) : null,
    alignment: mapping?.alignment ?? 'movement onset',
    name: mapping?.name ?? fileName,
  };
}

type ArrayFields = Omit<MappingForm, 'array' | 'minTrials' | 'table' | 'alignment' | 'name'>;

function arrayFields(mapping: ArrayMapping | null, { of }: MappingQuestion): ArrayFields {
  return {
    axes: [
      ...(mapping?.axes ?? (of === 'activity' ? ['neuron', 'time', 'condition'] : axisNames({ of }))),
    ] as AxisName[],
    times: mapping?.times?.array ?? '',
    timeUnit: mapping?.times?.unit ?? 'ms',
    dtMs: String(mapping?.dtMs ?? 10),
    startMs: String(mapping?.startMs ?? 0),
    conditionOf: [...(mapping?.conditionOf ?? [])],
    conditionLabels: [...(mapping?.conditionLabels ?? [])],
    neuronNames: mapping?.neuronNames ?? '',
    signals: Object.fromEntries(Object.entries(mapping?.signals ?? {}).map(([name, key]) => [key, name])),
  };
}

function tableFields(mapping: Mapping | null, columns: NonNullable<MappingQuestion['columns']>): TableForm {
  const table = mapping && isTableMapping(mapping) ? mapping : null;
  const [first] = columns;
  return {
    shape: table ? (table.neurons ? 'wide' : 'long') : 'matrix',
    time: table?.time ?? first.name,
    timeUnit: table?.timeUnit ?? 'ms',
    conditions: [...(table?.conditions ?? [])],
    trial: table?.trial ?? '',
    neuron: table?.neuron ?? first.name,
    rate: table?.rate ?? columns.findLast((c) => c.numbers)?.name ?? first.name,
    neurons: table?.neurons ? [...table.neurons] : columns.flatMap((c) => (c.numbers && c.name !== table?.time ? [c.name] : [])), // prettier-ignore
  };
}

/** Another array: all that was guessed or said of the former no longer holds. */
export function withArray(form: MappingForm, question: MappingQuestion, array: number): MappingForm {
  const guess = guessFor(question, array);
  if (question.of === 'behaviour' || !guess) return { ...form, array };
  return { ...form, array, ...arrayFields(guess.mapping, question) };
}

/** What is guessed of this array, and why. */
export function guessFor(question: MappingQuestion, array: number): ReturnType<typeof guessMapping> {
  const { arrays, suggestion, reasons, of } = question;
  const suggested = suggestion && !isTableMapping(suggestion) && suggestion.array === arrays[array]?.key;
  if (suggested) return { mapping: suggestion, reasons };
  return of === 'activity' && arrays[array] ? guessMapping(arrays, '', arrays[array].key) : null;
}

/** Arrays of numbers with axes enough; behaviour has three. */
export function isMappable(array: ArrayFacts, of: MappingQuestion['of']): boolean {
  return isMappableArray(array) && (of === 'activity' || array.shape.length === 3);
}

/** The axis that had the name takes what this axis had before; only trials can become one more axis of conditions. */
export function withAxis(axes: readonly AxisName[], position: number, name: AxisName): AxisName[] {
  const before = axes[position];
  const other = name === 'condition' && before === 'trial' ? -1 : axes.indexOf(name);
  return axes.map((a, i) => (i === position ? name : i === other ? before : a));
}

/** Rows of numbers or texts of this length, for labels and names. */
export function rowsOf({ arrays }: MappingQuestion, length: number): ArrayFacts[] {
  return arrays.filter((a) => a.key !== null && a.levels !== undefined && lengthOf(a) === length);
}

export type Parts = {
  shape: number[];
  neurons: number;
  steps: number;
  /** along its axis; null: no axis is trials */
  trials: number | null;
  conditionAxes: number[];
  /** rows that may be times, labels of trials, labels of each axis of conditions, names of neurons; keys of signals */
  times: ArrayFacts[];
  trialLabels: ArrayFacts[];
  conditionLabels: ArrayFacts[][];
  neuronNames: ArrayFacts[];
  signals: string[];
};

/** What the axes as they are chosen make of the array, and what else of the file may be used. */
export function partsOf({ axes, array: at }: MappingForm, question: MappingQuestion): Parts {
  const array = question.arrays[at];
  const shape = array && array.shape.length === axes.length ? array.shape : [];
  const others = question.arrays.filter((a) => a !== array);
  const trialAxis = axes.indexOf('trial');
  const conditionAxes = placesOf(axes, 'condition').map((axis) => shape[axis]);
  const steps = extentOf(shape, axes, 'time');
  const neurons = extentOf(shape, axes, question.of === 'activity' ? 'neuron' : 'signal');
  const isActivity = question.of === 'activity';
  const labels = (length: number): ArrayFacts[] => (isActivity ? rowsOf(question, length) : []);
  return {
    shape,
    neurons,
    steps,
    trials: trialAxis < 0 ? null : shape[trialAxis],
    conditionAxes,
    times: labels(steps).filter((row) => row.even),
    trialLabels: trialAxis < 0 || conditionAxes.length > 0 ? [] : labels(shape[trialAxis]).filter((r) => r.levels! > 1),
    conditionLabels: conditionAxes.map(labels),
    neuronNames: labels(neurons),
    signals: isActivity ? signalsFor(others, { axes }, shape) : [],
  };
}

/** When the steps are, by the fields as they are; null where these say nothing yet. */
export function stepsOf(form: MappingForm, parts: Parts): { dtMs: number; fromMs: number; toMs: number } | null {
  const even = parts.times.find(({ key }) => key === form.times)?.even;
  const ms = msPer[form.timeUnit];
  const dtMs = even ? even.step * ms : Number(form.dtMs);
  const fromMs = even ? even.first * ms : Number(form.startMs);
  if (!(dtMs > 0) || !Number.isFinite(fromMs) || form.startMs.trim() === '') return null;
  return { dtMs: rounded(dtMs), fromMs: rounded(fromMs), toMs: rounded(fromMs + (parts.steps - 1) * dtMs) };
}

/** In one line: "12 neurons, 40 time steps, 30 trials, 6 conditions" */
export function readAs(
  { neurons, steps, trials, conditionAxes }: Parts,
  form: MappingForm,
  of: MappingQuestion['of'],
): string {
  const labelled = form.conditionOf.length > 0 && conditionAxes.length === 0 && trials !== null;
  const conditions = conditionAxes.reduce((product, n) => product * n, 1);
  return [
    many(neurons, of === 'activity' ? 'neuron' : 'signal'),
    many(steps, 'time step'),
    ...(trials === null ? [] : [`${many(trials, 'trial')} to be averaged`]),
    labelled ? `conditions by ${form.conditionOf.map(lastPart).join(' and ')}` : many(conditions, 'condition'),
  ].join(', ');
}

const many = (n: number, one: string): string => `${n.toLocaleString('en-US')} ${n === 1 ? one : `${one}s`}`;

type Read = { mapping: Mapping; errors: null } | { mapping: null; errors: MappingErrors };

export function readMapping(form: MappingForm, question: MappingQuestion): Read {
  const errors: MappingErrors = {};
  if (form.alignment.trim() === '') errors.alignment = 'Say which event is at time 0.';
  if (form.name.trim() === '') errors.name = 'Give it a name.';
  const least = form.minTrials.trim() === '' ? undefined : readNumber(form.minTrials, { above: 0, whole: true });
  if (typeof least === 'string') errors.minTrials = least;
  const common = {
    ...(typeof least === 'number' ? { minTrials: least } : {}),
    alignment: form.alignment.trim(),
    name: form.name.trim(),
  };
  const isTable = form.table !== null && form.table.shape !== 'matrix';
  const mapping = isTable ? readTable(form.table!, common, errors) : readArray(form, question, common, errors);
  return Object.keys(errors).length > 0 ? { mapping: null, errors } : { mapping, errors: null };
}

type CommonPart = Pick<Mapping, 'minTrials' | 'alignment' | 'name'>;

function readArray(
  form: MappingForm,
  question: MappingQuestion,
  common: CommonPart,
  errors: MappingErrors,
): ArrayMapping {
  const array = question.arrays[form.array];
  if (!array || !isMappable(array, question.of)) errors.array = 'Choose an array with two axes or more.';
  const parts = partsOf(form, question);
  const needed = axisNames(question).filter((name) => name !== 'trial' && name !== 'condition');
  const missing = needed.filter((name) => !form.axes.includes(name));
  if (missing.length > 0) errors.axes = `Say which axis is ${missing.join(' and which is ')}.`;
  const dtMs = readNumber(form.dtMs, { above: 0 });
  const startMs = readNumber(form.startMs, {});
  if (form.times === '') {
    if (typeof dtMs === 'string') errors.dtMs = dtMs;
    if (typeof startMs === 'string') errors.startMs = startMs;
  }
  const among = (rows: readonly ArrayFacts[], key: string): boolean => rows.some((row) => row.key === key);
  const conditionOf = form.conditionOf.filter((key) => among(parts.trialLabels, key));
  const labels = form.conditionLabels.filter((key, axis) => parts.conditionLabels[axis] && among(parts.conditionLabels[axis], key)); // prettier-ignore
  if (labels.length > 0 && labels.length < parts.conditionAxes.length) {
    errors.conditionLabels = 'Choose labels for every axis of conditions, or for none.';
  }
  const signals = Object.entries(form.signals).filter(([key]) => parts.signals.includes(key));
  const names = signals.map(([, name]) => name.trim());
  if (names.some((name) => name === '') || new Set(names).size < names.length) {
    errors.signals = 'Give each signal a name of its own.';
  }
  const { minTrials, ...named } = common;
  return {
    array: array?.key ?? null,
    axes: [...form.axes],
    ...(form.times === ''
      ? { dtMs: dtMs as number, startMs: startMs as number }
      : { times: { array: form.times, unit: form.timeUnit } }),
    ...(conditionOf.length > 0 ? { conditionOf } : {}),
    ...(labels.length > 0 ? { conditionLabels: labels } : {}),
    ...(among(parts.neuronNames, form.neuronNames) ? { neuronNames: form.neuronNames } : {}),
    ...(signals.length > 0 ? { signals: Object.fromEntries(signals.map(([key, name]) => [name.trim(), key])) } : {}),
    ...(minTrials !== undefined && parts.trials !== null ? { minTrials } : {}),
    ...named,
  };
}

function readTable(table: TableForm, common: CommonPart, errors: MappingErrors): TableMapping {
  const { shape, time, timeUnit, trial, neuron, rate } = table;
  const taken = [time, ...(shape === 'long' ? [neuron, rate] : []), ...(trial === '' ? [] : [trial])];
  const conditions = table.conditions.filter((name) => !taken.includes(name));
  const neurons = table.neurons.filter((name) => !taken.includes(name) && !conditions.includes(name));
  if (new Set(taken).size < taken.length) errors.time = 'Choose a column of its own for time, trial, neuron and rate.';
  if (shape === 'wide' && neurons.length === 0) errors.neurons = 'Choose the columns of at least one neuron.';
  const { minTrials, ...named } = common;
  return {
    kind: 'table',
    time,
    timeUnit,
    ...(conditions.length > 0 ? { conditions } : {}),
    ...(trial === '' ? {} : { trial }),
    ...(shape === 'long' ? { neuron, rate } : { neurons }),
    ...(minTrials !== undefined && trial !== '' ? { minTrials } : {}),
    ...named,
  };
}
