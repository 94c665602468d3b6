/** Fields for settings that are described as data: those of tasks and metrics. */
import type { GroupSetting, SeveralSetting, TaskSetting, TaskSettings } from '../../core/tasks/settings.ts';
import {
  choiceField,
  numberField,
  numbersField,
  optionalNumberField,
  rangeField,
  severalField,
  switchField,
} from './fields.ts';
import type { Field } from './fields.ts';

/** at: the place that the settings lie at, with dots; kinematics: whether the recording has any */
export function settingFields(at: string, settings: TaskSettings, kinematics = true): Field[] {
  return Object.entries(settings).flatMap(([name, setting]) => {
    if (setting.kind === 'group') return settingFields(`${at}.${name}`, setting.settings, kinematics);
    const field = settingField(`${at}.${name}`, setting, kinematics);
    const { where } = setting;
    return [where ? { ...field, shown: (look) => look(`${at}.${where.name}`) === where.is } : field];
  });
}

function settingField(at: string, setting: Exclude<TaskSetting, GroupSetting>, kinematics: boolean): Field {
  const { label, hint, default: usual } = setting;
  const more = { usual, ...(hint === undefined ? {} : { hint }) };
  switch (setting.kind) {
    case 'number':
      return numberField(at, label, setting, { ...more, ...unitOf(setting) });
    case 'range':
      return rangeField(at, label, setting, { ...more, ...unitOf(setting) });
    case 'numbers':
      return numbersField(at, label, setting, { ...more, ...unitOf(setting) });
    case 'choice':
      return choiceField(at, label, setting.options, more);
    case 'boolean':
      return switchField(at, label, more);
    case 'optional':
      return optionalNumberField(at, label, setting, {
        ...more,
        ...unitOf(setting),
        empty: undefined,
        placeholder: setting.empty,
      });
    case 'several':
      return possibleField(at, setting, more, kinematics);
  }
}

/** Where the usual options are not possible, the first that is. */
function possibleField(
  at: string,
  { label, options, default: usual }: SeveralSetting,
  more: { hint?: string },
  kinematics: boolean,
): Field {
  const possible = options.filter((option) => kinematics || !option.kinematics);
  const field = severalField(at, label, possible, { ...more, usual, none: 'Choose at least one.' });
  if (usual.every((id) => possible.some((option) => option.id === id))) return field;
  return { ...field, write: () => possible.slice(0, 1).map(({ id }) => id) };
}

export function unitOf({ unit }: { unit?: string | undefined }): { unit?: string } {
  return unit === undefined ? {} : { unit };
}
