/** The form of how spikes become rates: what is typed ↔ the options, and what is wrong with it. */
import type { Rates } from '../../app/ratesSchema.ts';
import type { Spikes } from '../../app/contract.ts';
import { defaultRates } from '../../core/data/spikes/rateOptions.ts';
import { readNumber } from './readNumber.ts';

/** angles: how a column becomes directions; as it is: each value is a condition of its own */
export type VariableForm = { column: string; angles: 'no' | 'deg' | 'rad'; directions: string };
/** is: the values that are taken */
export type FilterForm = { column: string; is: (number | string)[] };

export type RatesForm = {
  name: string;
  /** null: there is no choice */
  table: string | null;
  /** null: times are in seconds */
  ticksPerSecond: string | null;
  event: string;
  fromMs: string;
  toMs: string;
  binMs: string;
  smoothing: Rates['smoothing']['kind'];
  sdMs: string;
  conditions: VariableForm[];
  only: FilterForm[];
  minTrials: string;
  minRateHz: string;
  normalisation: Rates['normalisation']['kind'];
  constantHz: string;
  signals: Rates['signals'];
  keepTrials: boolean;
};
export type RatesErrors = Partial<Record<keyof RatesForm, string>>;

export function formOfSpikes({ suggestion: s }: Pick<Spikes, 'suggestion'>): RatesForm {
  return {
    name: s.name,
    table: s.table ?? null,
    ticksPerSecond: s.ticksPerSecond === undefined ? null : String(s.ticksPerSecond),
    event: s.event,
    fromMs: String(s.fromMs),
    toMs: String(s.toMs),
    binMs: String(s.binMs),
    smoothing: s.smoothing.kind,
    sdMs: String(s.smoothing.kind === 'none' ? defaultRates.smoothing.sdMs : s.smoothing.sdMs),
    conditions: s.conditions.map(({ column, directions, unit = 'deg' }) => ({
      column,
      angles: directions === undefined ? 'no' : unit,
      directions: String(directions ?? defaultRates.directions),
    })),
    only: s.only.map(({ column, is }) => ({ column, is: [...is] })),
    minTrials: String(s.minTrials),
    minRateHz: String(s.minRateHz),
    normalisation: s.normalisation.kind,
    constantHz: String(s.normalisation.kind === 'soft' ? s.normalisation.constantHz : defaultRates.softConstantHz),
    signals: s.signals,
    keepTrials: s.keepTrials,
  };
}

export function readRates(form: RatesForm): { rates: Rates; errors: null } | { rates: null; errors: RatesErrors } {
  const errors: RatesErrors = {};
  const number = (key: 'ticksPerSecond' | 'fromMs' | 'toMs' | 'binMs' | 'sdMs' | 'minTrials' | 'minRateHz' | 'constantHz', rule: Parameters<typeof readNumber>[1]): number => {
    const value = readNumber(form[key] ?? '', rule);
    if (typeof value === 'number') return value;
    errors[key] = value;
    return NaN;
  }; // prettier-ignore
  const [fromMs, toMs, binMs] = [number('fromMs', {}), number('toMs', {}), number('binMs', { above: 0 })];
  const ticksPerSecond = form.ticksPerSecond === null ? null : number('ticksPerSecond', { above: 0 });
  if (toMs - fromMs < binMs) errors.toMs = `At least one step after ${form.fromMs}.`;
  const sdMs = form.smoothing === 'none' ? 0 : number('sdMs', { above: 0 });
  const minTrials = number('minTrials', { whole: true, least: 1 });
  const minRateHz = number('minRateHz', { least: 0 });
  const constantHz = form.normalisation === 'soft' ? number('constantHz', { least: 0 }) : 0;
  if (form.name.trim() === '') errors.name = 'Give it a name.';
  const conditions = form.conditions.map(({ column, angles, directions }) => {
    if (angles === 'no') return { column };
    const count = readNumber(directions, { whole: true, least: 2, most: 360 });
    if (typeof count === 'string') errors.conditions = `Directions: ${count}`;
    return { column, directions: Number(count), unit: angles };
  });
  const twice = conditions.find(({ column }, k) => conditions.findIndex((c) => c.column === column) < k);
  if (twice) errors.conditions = `“${twice.column}” is there twice.`;
  if (form.only.some(({ is }) => is.length === 0)) errors.only = 'Choose at least one value.';
  if (Object.keys(errors).length > 0) return { rates: null, errors };
  return {
    rates: {
      name: form.name.trim(),
      ...(form.table === null ? {} : { table: form.table }),
      ...(ticksPerSecond === null ? {} : { ticksPerSecond }),
      event: form.event,
      fromMs,
      toMs,
      binMs,
      smoothing: form.smoothing === 'none' ? { kind: 'none' } : { kind: form.smoothing, sdMs },
      conditions,
      only: form.only.map(({ column, is }) => ({ column, is: [...is] })),
      minTrials,
      minRateHz,
      normalisation: form.normalisation === 'soft' ? { kind: 'soft', constantHz } : { kind: form.normalisation },
      signals: form.signals,
      keepTrials: form.keepTrials,
    },
    errors: null,
  };
}

/** The field beside which a refusal of the host belongs; null: none. */
export function fieldOf(code: string): keyof RatesForm | null {
  return fields[code] ?? null;
}

const fields: Readonly<Record<string, keyof RatesForm>> = {
  'rates.event': 'event',
  'rates.window': 'toMs',
  'rates.conditions': 'conditions',
  'rates.angles': 'conditions',
  'rates.noTrials': 'only',
  'rates.minTrials': 'minTrials',
  'rates.noUnits': 'minRateHz',
  'rates.size': 'binMs',
};

/** What smoothing does, in a sentence. */
export function smoothingHint({ smoothing, sdMs }: Pick<RatesForm, 'smoothing' | 'sdMs'>): string {
  if (smoothing === 'none') return 'Spikes are counted per step.';
  if (smoothing === 'gaussian') return 'Looks as far ahead as back: activity begins about 2 SD early.';
  const delay = Number(sdMs) * Math.sqrt(2 / Math.PI);
  const late = Number.isFinite(delay) && delay > 0 ? `, on average ${Math.round(delay)} ms late` : '';
  return `The later half of a Gaussian: never looks ahead${late}.`;
}

/** Columns by which trials can be sorted, and those of which values can be chosen. */
export const variablesOf = ({ columns }: Pick<Spikes, 'columns'>): string[] =>
  columns.filter(({ kind }) => kind !== 'event').map(({ name }) => name);
export const filtersOf = ({ columns }: Pick<Spikes, 'columns'>): Spikes['columns'] =>
  columns.filter(({ distinct }) => distinct !== null && distinct.length > 1);
