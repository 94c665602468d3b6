/** What the host offers to forms. */
import { activationIds, activations } from '../../src/core/models/activations.ts';
import { rules } from '../../src/core/rules/index.ts';
import { tasks } from '../../src/core/tasks/index.ts';
import type { Choices } from '../../src/renderer/logic/planFields.ts';

export const choices: Choices = {
  activations: activationIds.map((id) => ({ id, label: activations[id].label })),
  rules: rules.all.map(({ id, label, summary, source, equation, needs, settings }) => ({
    id,
    label,
    summary,
    source,
    equation,
    needs,
    settings: { ...settings },
  })),
  tasks: tasks.all.map(({ id, label, assumes, protocol, settings }) => ({
    id,
    label,
    needsRecording: protocol === undefined,
    assumes: assumes ?? null,
    settings: settings ?? null,
  })),
};
