/** How runs were made, in sentences for the methods of a paper. What differs between them is left to the table of settings. */
import { protocols } from '../../core/analysis/protocols/index.ts';
import { comparerOf } from '../../core/analysis/measure.ts';
import type { Measure } from '../../core/analysis/measure.ts';
import { rules } from '../../core/rules/index.ts';
import { tasks } from '../../core/tasks/index.ts';
import type { DatasetRow, RunRow } from '../ports.ts';
import { performanceOf } from '../runMetrics.ts';

/** runs: of one recording, at least one; measure: how they are compared with it. */
export function methodsOf(runs: readonly RunRow[], dataset: DatasetRow, measure: Measure, version: string): string[] {
  const of = <T>(pick: (run: RunRow) => T): string => join(unique(runs.map((run) => String(pick(run)))));
  const { spec } = runs[0];
  const task = tasks.get(spec.task.id);
  const { metric, settings } = comparerOf(measure);
  const protocol = protocols.get(measure.protocol);
  const seeds = unique(runs.map((run) => run.spec.seed)).sort((a, b) => a - b);
  return [
    `Recurrent networks of ${of((r) => r.spec.model.units)} units (activation ${of((r) => r.spec.model.activation)}, time constant ${of((r) => tau(r.spec.model.tauMs))} ms) were trained on the task “${task.label}” with ${join(unique(runs.map((r) => rules.get(r.spec.rule).label)))}, ${seeds.length === 1 ? 'one seed' : `${seeds.length} seeds`} each (${seeds.join(', ')}).`,
    `Training took ${of((r) => r.spec.training.updates)} updates of ${of((r) => r.spec.training.trials)} trials with ${of((r) => r.spec.training.optimizer.kind)} (learning rate ${of((r) => r.spec.training.optimizer.learningRate)}) from an activity penalty of ${of((r) => r.spec.training.activityPenalty)}, under the ${of((r) => r.spec.conventions)} conventions. Trials, initial weights and noise have random streams of their own, all from the seed.`,
    ...(dataset.neurons > 0
      ? [
          `Activity was compared with ${dataset.neurons} ${dataset.simulated ? 'simulated' : 'recorded'} neurons in ${dataset.conditions} conditions of ${dataset.steps} steps (${dataset.fromMs} to ${dataset.toMs} ms from ${dataset.alignment}) by ${metric.label} (${settingsIn(settings)}), ${protocol.label.toLowerCase()}. ${metric.preprocessing} ${metric.limits}`,
        ]
      : ['Nothing was recorded: the networks were trained on the task alone.']),
    `Accuracy is ${performanceOf(spec).accuracy.accuracy.label}. Everything was computed by Learning Rule Lab ${version}.`,
  ];
}

/** Where rules, metric, task and data come from, each once. */
export function citationsOf(runs: readonly RunRow[], measure: Measure): string[] {
  const sources = [
    ...runs.map(({ spec }) => `${rules.get(spec.rule).label}: ${rules.get(spec.rule).source}`),
    ...runs.map(({ spec }) => `${tasks.get(spec.task.id).label}: ${tasks.get(spec.task.id).source}`),
    `${comparerOf(measure).metric.label}: ${comparerOf(measure).metric.source}`,
    'The comparison of learning rules: Liu, Yang & Cueva 2025, ICML, arXiv 2506.06904',
  ];
  return unique(sources);
}

function tau(value: number | readonly [number, number]): string {
  return typeof value === 'number' ? String(value) : `${value[0]} to ${value[1]}`;
}

function settingsIn(settings: unknown): string {
  const named = Object.entries(settings as object).map(([name, value]) => `${name} ${String(value)}`);
  return named.length > 0 ? named.join(', ') : 'no settings';
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function join(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
