/**
 * Settings of a task, described as data: forms are drawn from the description, and what a plan says is checked by it.
 * A task file declares them once; their values' types follow.
 */
import { LabError } from '../errors.ts';

type Words = {
  readonly label: string;
  readonly hint?: string;
  /** matters only where the choice of this name is so; absent: always */
  readonly where?: { readonly name: string; readonly is: string };
};
type Limits = {
  readonly unit?: string;
  readonly whole?: boolean;
  /** smallest and largest value allowed, both included */
  readonly least?: number;
  readonly most?: number;
};
export type Option = { readonly id: string; readonly label: string };

export type NumberSetting = Words & Limits & { readonly kind: 'number'; readonly default: number };
/** a number, or null: left to the task; empty: what that means, in a word or two */
export type OptionalSetting = Words &
  Limits & { readonly kind: 'optional'; readonly empty: string; readonly default: null };
/** [shortest, longest]: trials draw from it with equal chance */
export type RangeSetting = Words & Limits & { readonly kind: 'range'; readonly default: readonly [number, number] };
/** several numbers, at least `fewest` */
export type NumbersSetting = Words &
  Limits & { readonly kind: 'numbers'; readonly fewest: number; readonly default: readonly number[] };
export type ChoiceSetting = Words & {
  readonly kind: 'choice';
  readonly options: readonly Option[];
  readonly default: string;
};
export type BooleanSetting = Words & { readonly kind: 'boolean'; readonly default: boolean };
/** one or more of the options; kinematics: those that only a recording with kinematics can have */
export type SeveralSetting = Words & {
  readonly kind: 'several';
  readonly options: readonly (Option & { readonly kinematics?: boolean })[];
  readonly default: readonly string[];
};
/** settings below one name */
export type GroupSetting = Words & { readonly kind: 'group'; readonly settings: TaskSettings };

export type TaskSetting =
  | NumberSetting
  | OptionalSetting
  | RangeSetting
  | NumbersSetting
  | ChoiceSetting
  | BooleanSetting
  | SeveralSetting
  | GroupSetting;
export type TaskSettings = Readonly<Record<string, TaskSetting>>;

type ValueOf<S extends TaskSetting> = S extends GroupSetting
  ? SettingValues<S['settings']>
  : S extends SeveralSetting
    ? readonly S['options'][number]['id'][]
    : S extends ChoiceSetting
      ? S['options'][number]['id']
      : S extends RangeSetting
        ? readonly [number, number]
        : S extends NumbersSetting
          ? readonly number[]
          : S extends OptionalSetting
            ? number | null
            : S extends NumberSetting
              ? number
              : boolean;

/** One value per setting described. */
export type SettingValues<D extends TaskSettings> = { readonly [K in keyof D]: ValueOf<D[K]> };

export function defaultsOf<D extends TaskSettings>(described: D): SettingValues<D> {
  return Object.fromEntries(
    Object.entries(described).map(([name, setting]) => [name, defaultOf(setting)]),
  ) as SettingValues<D>;
}

function defaultOf(setting: TaskSetting): unknown {
  return setting.kind === 'group' ? defaultsOf(setting.settings) : setting.default;
}

/** What is given, the rest at its defaults. Throws LabError `task.settings` for what the description does not allow. */
export function readSettings<D extends TaskSettings>(task: string, described: D, given: unknown): SettingValues<D> {
  return valuesFor(described, given, (expected, found) => refuseSetting(task, expected, found));
}

/**
 * The same for whatever else has settings; refuse: throws, for what the description does not allow. path: what stands before
 * the names, of a group.
 */
export function valuesFor<D extends TaskSettings>(
  described: D,
  given: unknown,
  refuse: (expected: string, found: string) => never,
  path = '',
): SettingValues<D> {
  const known = Object.keys(described).map((name) => path + name);
  const values = (given ?? {}) as Record<string, unknown>;
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(described, name)) {
      refuse(known.length > 0 ? `one of ${known.join(', ')}` : 'none', `"${path}${name}"`);
    }
  }
  for (const [name, value] of Object.entries(values)) {
    const fault = value === undefined ? null : faultOf(described[name], value);
    if (fault) refuse(`${path}${name} to be ${fault}`, JSON.stringify(value) ?? String(value));
  }
  const chosen = Object.entries(described).map(([name, setting]) => {
    if (setting.kind !== 'group') return [name, values[name] ?? defaultOf(setting)];
    return [name, valuesFor(setting.settings, values[name], refuse, `${path}${name}.`)];
  });
  return Object.fromEntries(chosen) as SettingValues<D>;
}

/** task: its label */
export function refuseSetting(task: string, expected: string, found: string): never {
  throw new LabError('task.settings', `Setting up the task "${task}": expected ${expected}, found ${found}.`);
}

/** What the value should have been, or null where it is right. */
function faultOf(setting: TaskSetting, value: unknown): string | null {
  switch (setting.kind) {
    case 'number':
      return isWithin(setting, value) ? null : wordsOf(setting);
    case 'range':
      return isList(value) && value.length === 2 && value.every((v) => isWithin(setting, v)) && value[0] <= value[1]
        ? null
        : `[first, last], each ${wordsOf(setting)}, first no larger than last`;
    case 'numbers':
      return isList(value) && value.length >= setting.fewest && value.every((v) => isWithin(setting, v))
        ? null
        : `a list of ${setting.fewest} or more, each ${wordsOf(setting)}`;
    case 'choice':
      return setting.options.some(({ id }) => id === value)
        ? null
        : `one of ${setting.options.map(({ id }) => `"${id}"`).join(', ')}`;
    case 'boolean':
      return typeof value === 'boolean' ? null : 'true or false';
    case 'optional':
      return value === null || isWithin(setting, value) ? null : `${wordsOf(setting)}, or null`;
    case 'several':
      return Array.isArray(value) && value.length > 0 && value.every((v) => setting.options.some(({ id }) => id === v))
        ? null
        : `some of ${setting.options.map(({ id }) => `"${id}"`).join(', ')}`;
    case 'group':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? null
        : `settings by name: ${Object.keys(setting.settings).join(', ')}`;
  }
}

const isList = (value: unknown): value is number[] => Array.isArray(value);

function isWithin({ whole = false, least = -Infinity, most = Infinity }: Limits, value: unknown): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return least <= value && value <= most && (!whole || Number.isInteger(value));
}

function wordsOf({ whole = false, least, most, unit }: Limits): string {
  const kind = `a ${whole ? 'whole ' : ''}number${unit ? ` (${unit})` : ''}`;
  if (least !== undefined && most !== undefined) return `${kind} from ${least} to ${most}`;
  if (least !== undefined) return `${kind}, at least ${least}`;
  return most === undefined ? kind : `${kind}, at most ${most}`;
}
