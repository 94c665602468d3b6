/**
 * The form of a new run. What is typed is kept as text, field by field, and only what was changed: the rest is that of the
 * preset. Reading the form gives a plan or what is wrong, by field. The host checks the plan again.
 */
import type { DatasetSummary } from '../../app/contract.ts';
import type { DatasetId, Plan } from '../../app/plan.ts';
import type { PlanTemplate } from '../../app/presets.ts';
import { taskOfRecording } from '../../core/tasks/taskOfRecording.ts';
import type { RecordingKind } from '../../core/tasks/taskOfRecording.ts';
import { same, valueAt, withValue } from './fields.ts';
import type { Field, FieldValue, Look } from './fields.ts';
import { beginnings, conventionsField, mainFields, ruleFields, sectionsOf } from './planFields.ts';
import type { Choices, TaskChoice } from './planFields.ts';
import { readSeeds, writeSeeds } from './seeds.ts';

export type PlanForm = {
  /** empty: none chosen yet; `alone`: the task without a recording */
  dataset: string;
  task: string;
  rules: string[];
  seeds: string;
  /** by place in the plan; only what was changed */
  values: Record<string, FieldValue>;
};

/** By place in the plan, or of `dataset`, `task`, `rules` and `seeds`. */
export type FormErrors = Readonly<Record<string, string | undefined>>;
export type ReadForm = { plan: Plan; errors: null } | { plan: null; errors: FormErrors };

/** In place of a dataset: the task alone. */
export const alone = 'alone';

export type Recording = Pick<DatasetSummary, 'id' | 'kinematics' | 'behaviour'> & {
  source: Pick<DatasetSummary['source'], 'layout'>;
};

export function formOf(template: PlanTemplate, recording: Recording | undefined, { tasks }: Choices): PlanForm {
  return {
    dataset: recording?.id ?? alone,
    task: taskFor(recording, tasks, template),
    rules: [...template.rules],
    seeds: writeSeeds(template.seeds),
    values: {},
  };
}

/** Tasks that can be trained on a recording, or without one. */
export function tasksFor<T extends Pick<TaskChoice, 'needsRecording'>>(recorded: boolean, tasks: readonly T[]): T[] {
  return tasks.filter(({ needsRecording }) => recorded || !needsRecording);
}

/** The task that a recording was made in, as far as its layout tells; else the preset's, or the first that can be had. */
export function taskFor(
  recording: Pick<Recording, 'source' | 'behaviour'> | undefined,
  tasks: readonly TaskChoice[],
  template: PlanTemplate,
): string {
  const possible = tasksFor(recording !== undefined, tasks);
  const made = recording && possible.find(({ id }) => id === taskOfRecording(kindOf(recording)));
  const usual = possible.find(({ id }) => id === template.task.id);
  return (made ?? usual ?? possible[0])?.id ?? template.task.id;
}

function kindOf({ source, behaviour }: Pick<Recording, 'source' | 'behaviour'>): RecordingKind {
  return { layout: source.layout, behaviour: behaviour !== null };
}

/** The presets of a task, the published one first; of reaching where it has none of its own. */
export function presetsFor<P extends { plan: PlanTemplate }>(task: string, presets: readonly P[]): P[] {
  const own = presets.filter(({ plan }) => plan.task.id === task);
  return own.length > 0 ? own : presets.filter(({ plan }) => plan.task.id === 'reach');
}

/** A form with the preset it started from and all there is to choose from. */
export class FormReader {
  readonly #form: PlanForm;
  readonly #base: PlanTemplate;
  readonly sections: ReturnType<typeof sectionsOf>;
  readonly rules: { id: string; label: string; fields: Field[] }[];

  constructor(form: PlanForm, template: PlanTemplate, choices: Choices, recording: Recording | undefined) {
    this.#form = form;
    this.#base = form.task === template.task.id ? template : { ...template, task: { id: form.task, settings: {} } };
    const task = choices.tasks.find(({ id }) => id === form.task);
    this.sections = sectionsOf(choices, task, recording?.kinematics.length !== 0);
    this.rules = choices.rules
      .filter(({ id }) => form.rules.includes(id))
      .map((rule) => ({ id: rule.id, label: rule.label, fields: ruleFields(rule) }))
      .filter(({ fields }) => fields.length > 0);
  }

  /** What the field holds. */
  valueOf(field: Field): FieldValue {
    return this.#form.values[field.at] ?? this.#usual(field);
  }

  isShown({ shown }: Field): boolean {
    return shown?.(this.#look) ?? true;
  }

  isChanged(field: Field): boolean {
    return this.isShown(field) && !same(this.valueOf(field), this.#usual(field));
  }

  read(): ReadForm {
    const { dataset, rules } = this.#form;
    const seeds = readSeeds(this.#form.seeds);
    const errors: Record<string, string> = {};
    if (!seeds.ok) errors['seeds'] = seeds.why;
    if (dataset === '') errors['dataset'] = 'Choose a dataset.';
    if (rules.length === 0) errors['rules'] = 'Choose at least one rule.';
    let plan: Plan = {
      ...this.#base,
      data: dataset === alone ? { recording: 'none' } : { dataset: dataset as DatasetId },
      rules: [...rules],
      seeds: seeds.ok ? seeds.seeds : [],
      ruleSettings: Object.fromEntries(Object.entries(this.#base.ruleSettings).filter(([id]) => rules.includes(id))),
      figures: [...this.#base.figures],
    };
    for (const field of this.#fields()) {
      const read = this.isShown(field) ? this.#readField(field) : { value: this.#hidden(field) };
      if ('why' in read) errors[field.at] = read.why;
      else if (this.isShown(field) || valueAt(plan, field.at) !== undefined) plan = set(plan, field.at, read.value);
    }
    return Object.keys(errors).length > 0 ? { plan: null, errors } : { plan, errors: null };
  }

  readonly #look: Look = (at) => {
    const field = this.#fields().find((f) => f.at === at);
    return field && this.valueOf(field);
  };

  #fields(): Field[] {
    return [
      conventionsField,
      ...mainFields,
      ...this.sections.flatMap(({ fields }) => fields),
      ...this.rules.flatMap(({ fields }) => fields),
    ];
  }

  #usual(field: Field): FieldValue {
    return field.write(valueAt(this.#base, field.at) ?? beginnings[field.at]);
  }

  #readField(field: Field): ReturnType<Field['read']> {
    return (field.read as (value: FieldValue) => ReturnType<Field['read']>)(this.valueOf(field));
  }

  /** What is not shown does not count: a weight decay that Adam has not, a slope that the activation has not. */
  #hidden({ at }: Field): unknown {
    return at === 'training.optimizer.weightDecay' ? 0 : undefined;
  }
}

/** A group that is not there (null, or "as published") has nothing below it to take away. */
function set(plan: Plan, at: string, value: unknown): Plan {
  const group = valueAt(plan, at.slice(0, at.lastIndexOf('.')));
  if (value === undefined && (group === null || typeof group !== 'object')) return plan;
  return withValue(plan, at, value);
}

/** The field that a refusal of the host is about, or null where it is about none, or several. */
export function fieldOfRefusal(code: string): string | null {
  return fieldsByCode[code] ?? null;
}

const fieldsByCode: Readonly<Record<string, string>> = {
  'model.tau': 'model.tauMs',
  'model.cellTypes': 'model.units',
  'model.blocks': 'training.blockPenalty',
  'rule.model': 'rules',
  'rule.settings': 'rules',
  'task.settings': 'task',
  'task.data': 'task',
  'task.alone': 'task',
  'engine.refused': 'engine.engine',
  'engine.unavailable': 'engine.engine',
};
