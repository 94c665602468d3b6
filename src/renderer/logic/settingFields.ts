/** Fields for settings that are described as data: those of tasks and metrics. */
import type { TaskSetting, TaskSettings } from '../../core/tasks/settings.ts';
import { choiceField, numberField, numbersField, rangeField, switchField } from './fields.ts';
import type { Field } from './fields.ts';

/** at: the place that the settings lie at, with dots */
export function settingFields(at: string, settings: TaskSettings): Field[] {
  return Object.entries(settings).map(([name, setting]) => {
    const field = settingField(`${at}.${name}`, setting);
    const { where } = setting;
    return where ? { ...field, shown: (look) => look(`${at}.${where.name}`) === where.is } : field;
  });
}

function settingField(at: string, setting: TaskSetting): Field {
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
  }
}

export function unitOf({ unit }: { unit?: string | undefined }): { unit?: string } {
  return unit === undefined ? {} : { unit };
}
