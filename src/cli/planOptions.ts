/** The options that make a plan, under our names and under the published script's. */
import { readFileSync } from 'node:fs';
import { Option } from 'commander';
import type { Command } from 'commander';
import { planSchema } from '../app/plan.ts';
import type { DatasetId, Plan } from '../app/plan.ts';
import { planIssues } from '../app/planIssues.ts';
import type { Ports } from '../app/ports.ts';
import type { Service } from '../app/service.ts';
import { presets, presetsFor } from '../app/presets.ts';
import type { PlanTemplate } from '../app/presets.ts';
import { applyPublishedSettings, publishedNames, publishedRemarks, silentNames } from '../app/publishedSettings.ts';
import { LabError } from '../core/errors.ts';
import { gradientAlignment } from '../core/figures/gradientAlignment.ts';
import { gradientNormRatio } from '../core/figures/gradientNormRatio.ts';
import { tasks } from '../core/tasks/index.ts';
import type { RecordingKind } from '../core/tasks/taskOfRecording.ts';
import { ratesGiven } from './importReply.ts';
import { say } from './output.ts';
import { planOptions, setAt } from './planSettings.ts';

type Given = Record<string, unknown>;

export function addPlanOptions(command: Command): Command {
  command
    .option(
      '--data <file or id>',
      'the recording: a file, a dataset of the workspace, or none: the task alone (default: the bundled sample; none where the task can do without)',
    )
    .option('--behaviour <file>', 'a second file, beside --data FILE, whose behaviour is added to it, for example EMG')
    .option('--rates <json>', 'how spikes in --data FILE become rates, as lrlab import has it, or suggested')
    .option('--plan <file>', 'a plan as JSON; the other options change it')
    .option(
      '--preset <id>',
      `start from: ${presets.map((p) => p.id).join(', ')} (default: the published one of the data's task)`,
    );
  for (const { flags, help, repeats } of planOptions) {
    const added = new Option(flags, help);
    command.addOption(
      repeats ? added.argParser((text: string, before: string[] | undefined) => [...(before ?? []), text]) : added,
    );
  }
  for (const name of [...publishedNames, ...silentNames]) command.addOption(new Option(`--${name} <value>`).hideHelp());
  return command.addHelpText(
    'after',
    `\nThe published script's flags are understood too: ${publishedNames.map((name) => `--${name}`).join(', ')}.`,
  );
}

/** How the data named in the options is understood, told without importing it; no layout where it has none or needs a mapping. */
export async function kindOfData(given: Given, service: Service, ports: Ports): Promise<RecordingKind> {
  const data = given['preset'] === undefined ? dataFrom(given, ports) : undefined;
  if (data === undefined || 'recording' in data) return { layout: '', behaviour: false };
  if ('dataset' in data) {
    const row = ports.store.datasets.get(data.dataset)!;
    return { layout: row.source.layout, behaviour: row.behaviour !== undefined };
  }
  const { behaviour, ...file } = data;
  return { layout: await service.layoutOf(file), behaviour: behaviour !== undefined };
}

/**
 * The plan that the options describe; checked as a whole before anything is done. kind: of the data, which says what preset
 * to start from where none is named.
 */
export function planFrom(given: Given, ports: Ports, kind: RecordingKind = { layout: '', behaviour: false }): Plan {
  const file = given['plan'] === undefined ? null : readPlan(given['plan'] as string);
  const named = given['preset'] as string | undefined;
  const preset = named === undefined ? presetsFor(kind)[0] : presets.find((p) => p.id === named);
  if (!preset) {
    throw new LabError(
      'plan.preset',
      `Choosing a preset: expected ${presets.map((p) => p.id).join(' or ')}, found "${named}".`,
    );
  }
  const published = new Map(
    [...publishedNames, ...silentNames].flatMap((name) =>
      given[name] === undefined ? [] : [[name, given[name] as string] as const],
    ),
  );
  for (const remark of publishedRemarks(published)) say(remark);
  const based = withTask({ ...preset.plan, ...file }, given['task'] as string | undefined);
  const template = withOptions(applyPublishedSettings(based, published), given);
  return check({ ...template, data: dataFrom(given, ports, file?.data ?? usualData(based, ports)) });
}

/** usual: where the options name none */
function dataFrom(given: Given, ports: Ports, usual?: Plan['data']): Plan['data'] | undefined {
  const named = given['data'] as string | undefined;
  const data = named === undefined ? usual : dataChoice(named, ports);
  if (data === undefined) return undefined;
  return withBehaviour(withRates(data, given['rates'] as string | undefined), given['behaviour'] as string | undefined);
}

function withRates(data: Plan['data'], text: string | undefined): Plan['data'] {
  if (text === undefined) return data;
  if ('path' in data) return { ...data, ...ratesGiven(text) };
  throw new LabError(
    'plan.rates',
    `Reading --rates: expected a file of spikes in --data, found ${'dataset' in data ? 'a dataset' : 'none'}. Name the file, or leave --rates out.`,
  );
}

function withBehaviour(data: Plan['data'], path: string | undefined): Plan['data'] {
  if (path === undefined) return data;
  if ('path' in data) return { ...data, behaviour: { path } };
  throw new LabError(
    'plan.behaviour',
    `Reading --behaviour "${path}": expected a recording's file in --data, found ${'dataset' in data ? 'a dataset' : 'none'}. Add it to a dataset with lrlab datasets add-behaviour.`,
  );
}

function check(plan: object): Plan {
  const parsed = planSchema.safeParse(plan);
  if (parsed.success) return parsed.data;
  throw new LabError('plan.invalid', `Reading the plan: ${planIssues(parsed.error, plan)}.`);
}

function readPlan(file: string): Partial<Plan> {
  let plan: unknown;
  try {
    plan = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new LabError('plan.unreadable', `Reading the plan "${file}": ${(error as Error).message}.`);
  }
  if (typeof plan === 'object' && plan !== null && !Array.isArray(plan)) return plan;
  throw new LabError(
    'plan.unreadable',
    `Reading the plan "${file}": expected a JSON object; lrlab train --print-plan shows one.`,
  );
}

/** The sample is a recording of reaching, of no use to a task that can do without. */
function usualData({ task }: PlanTemplate, { workspace }: Ports): Plan['data'] {
  const alone = tasks.all.some(({ id, protocol }) => id === task?.id && protocol);
  return alone ? { recording: 'none' } : { path: workspace.sampleFile };
}

/** Another task than the plan's begins with its own defaults. */
function withTask(plan: PlanTemplate, id: string | undefined): PlanTemplate {
  return id === undefined || id === plan.task?.id ? plan : { ...plan, task: { id, settings: {} } };
}

/** A file of the name "none" is ./none. */
function dataChoice(text: string, { store }: Ports): Plan['data'] {
  if (text === 'none') return { recording: 'none' };
  return store.datasets.get(text as DatasetId) ? { dataset: text as DatasetId } : { path: text };
}

/** Options given, applied one after the other. */
function withOptions(plan: object, given: Given): object {
  let result = plan;
  for (const planOption of planOptions) {
    const { flags, at, repeats } = planOption;
    const option = new Option(flags);
    const value = given[option.attributeName()];
    if (value === undefined || (typeof value === 'boolean' && value === option.negate)) continue;
    for (const one of repeats ? (value as string[]) : [value]) {
      result = setAt(result, at, (before) => planOption.read(one as string | boolean, before));
    }
  }
  return withWeightDecay(withAlignmentFigures(result as Plan, given), given);
}

/** Who asks for a measurement wants to see it. */
function withAlignmentFigures(plan: Plan, given: Given): Plan {
  if ((given['alignmentEvery'] ?? given['alignmentAt']) === undefined) return plan;
  return { ...plan, figures: [...new Set([...plan.figures, gradientAlignment.id, gradientNormRatio.id])] };
}

/** Adam has none here, so asking it for some is a slip of the pen. */
function withWeightDecay(plan: Plan, given: Given): Plan {
  if (plan.training.optimizer.kind !== 'adam' || Number(given['weightDecay'] ?? 0) === 0) return plan;
  throw new LabError(
    'plan.weightDecay',
    `Reading the weight decay ${String(given['weightDecay'])}: expected none, for Adam has none; add --optimizer adamw.`,
  );
}
