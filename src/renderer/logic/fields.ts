/**
 * One field of a form, as data: which place of a plan it stands for, how the value there is shown, and how what was
 * entered is read. Forms are drawn from lists of fields, and a run's settings are told by the same lists.
 */
import { whole } from './format.ts';
import { isRange, readNumber, readNumbers, readRange, writeRange } from './readNumber.ts';
import type { NumberRule } from './readNumber.ts';

export type Option = { readonly id: string; readonly label: string };
export type FieldValue = string | boolean | string[];
/** value: undefined leaves the place empty, so that its default holds */
export type Read = { readonly value: unknown } | { readonly why: string };

/** What other fields hold, by their places. */
export type Look = (at: string) => FieldValue | undefined;

type Common = {
  /** place in the plan, with dots */
  readonly at: string;
  readonly label: string;
  readonly unit?: string;
  readonly hint?: string;
  /** absent: always */
  readonly shown?: (look: Look) => boolean;
};

export type TextField = Common & {
  readonly kind: 'text';
  readonly placeholder?: string;
  write(value: unknown): string;
  read(text: string): Read;
};
export type ChoiceField = Common & {
  readonly kind: 'choice';
  readonly options: readonly Option[];
  write(value: unknown): string;
  read(id: string): Read;
};
export type SwitchField = Common & { readonly kind: 'switch'; write(value: unknown): boolean; read(on: boolean): Read };
export type SeveralField = Common & {
  readonly kind: 'several';
  readonly options: readonly Option[];
  write(value: unknown): string[];
  read(ids: string[]): Read;
};
export type Field = TextField | ChoiceField | SwitchField | SeveralField;

export type Section = { readonly id: string; readonly title: string; readonly fields: readonly Field[] };

type More = Omit<Common, 'at' | 'label'> & {
  placeholder?: string;
  /** what the place holds when nothing is said there; such a value is then left out of the plan */
  usual?: unknown;
};

export function numberField(at: string, label: string, rule: NumberRule, more: More = {}): TextField {
  return textField(
    at,
    label,
    more,
    (value) => String(value),
    (text) => readNumber(text, rule),
  );
}

/** empty: null, or nothing at all */
export function optionalNumberField(
  at: string,
  label: string,
  rule: NumberRule,
  { empty, ...more }: More & { empty: null | undefined },
): TextField {
  const field = numberField(at, label, rule, more);
  return {
    ...field,
    write: (value) => (value === null || value === undefined ? '' : field.write(value)),
    read: (text) => (text.trim() === '' ? { value: empty } : field.read(text)),
  };
}

/** one number for all, or [first, last] */
export function numberOrRangeField(at: string, label: string, rule: NumberRule, more: More = {}): TextField {
  const write = (value: unknown): string =>
    Array.isArray(value) ? writeRange(value as [number, number]) : String(value);
  return textField(at, label, more, write, (text) => {
    return isRange(text) ? readRange(text, rule) : readNumber(text, rule);
  });
}

export function rangeField(at: string, label: string, rule: NumberRule, more: More = {}): TextField {
  return textField(
    at,
    label,
    more,
    (value) => writeRange(value as [number, number]),
    (text) => readRange(text, rule),
  );
}

export function numbersField(at: string, label: string, rule: NumberRule & { fewest: number }, more: More): TextField {
  return textField(
    at,
    label,
    more,
    (value) => (value as number[]).join(', '),
    (text) => readNumbers(text, rule),
  );
}

/** read: the value, or in words what is wrong */
function textField(
  at: string,
  label: string,
  { usual, ...more }: More,
  write: (value: unknown) => string,
  read: (text: string) => number | number[] | string,
): TextField {
  return {
    kind: 'text',
    at,
    label,
    ...more,
    write: (value) => write(value ?? usual),
    read(text) {
      const value = read(text);
      if (typeof value === 'string') return { why: value };
      return { value: usual !== undefined && same(value, usual) ? undefined : value };
    },
  };
}

export function choiceField(
  at: string,
  label: string,
  options: readonly Option[],
  { usual, ...more }: More = {},
): ChoiceField {
  return {
    kind: 'choice',
    at,
    label,
    options,
    ...more,
    write: (value) => (value ?? usual ?? options[0].id) as string,
    read: (id) => ({ value: id === usual ? undefined : id }),
  };
}

export function switchField(at: string, label: string, { usual, ...more }: More = {}): SwitchField {
  return {
    kind: 'switch',
    at,
    label,
    ...more,
    write: (value) => (value ?? usual ?? false) as boolean,
    read: (on) => ({ value: on === usual ? undefined : on }),
  };
}

/** none: what to say where nothing is chosen */
export function severalField(
  at: string,
  label: string,
  options: readonly Option[],
  { usual, none, ...more }: More & { none: string },
): SeveralField {
  return {
    kind: 'several',
    at,
    label,
    options,
    ...more,
    write: (value) => [...((value ?? usual ?? []) as string[])],
    read: (ids) => (ids.length === 0 ? { why: none } : { value: same(ids, usual) ? undefined : ids }),
  };
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What lies at a place; undefined where there is nothing. */
export function valueAt(plan: unknown, at: string): unknown {
  return pathOf(at).reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | null | undefined)?.[name],
    plan,
  );
}

/** The plan with the value at the place; undefined takes away what lies there. Everything on the way is copied. */
export function withValue<Plan extends object>(plan: Plan, at: string, value: unknown): Plan {
  return put(plan, pathOf(at), value) as Plan;
}

function put(object: object, [name, ...rest]: readonly string[], value: unknown): object {
  const { [name]: before, ...others } = object as Record<string, unknown>;
  if (rest.length === 0) return value === undefined ? others : { ...object, [name]: value };
  return { ...object, [name]: put((typeof before === 'object' && before) || {}, rest, value) };
}

/** Ids of rules and names of settings hold no dots. */
function pathOf(at: string): string[] {
  return at.split('.');
}

/** A field's value in words. */
export function shownValue(field: Field, value: unknown): string {
  const written = field.write(value);
  const labels = (ids: readonly string[], options: readonly Option[]): string[] =>
    ids.map((id) => options.find((o) => o.id === id)?.label ?? id);
  switch (field.kind) {
    case 'switch':
      return written === true ? 'yes' : 'no';
    case 'choice':
      return labels([written as string], field.options)[0];
    case 'several':
      if ((written as string[]).length === field.options.length && field.options.length > 1) return 'all';
      return labels(written as string[], field.options).join(', ') || 'none';
    case 'text': {
      if (written === '') return field.placeholder ?? 'none';
      const text = Number.isInteger(value) ? whole(value as number) : (written as string);
      return field.unit ? `${text} ${field.unit}` : text;
    }
  }
}
