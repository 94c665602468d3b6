import { describe, expect, it } from 'vitest';
import type { DatasetId, Plan } from '../../../../src/app/plan.ts';
import { planSchema } from '../../../../src/app/plan.ts';
import type { PlanTemplate } from '../../../../src/app/presets.ts';
import { presets, publishedPreset } from '../../../../src/app/presets.ts';
import { tasks } from '../../../../src/core/tasks/index.ts';
import type { FieldValue } from '../../../../src/renderer/logic/fields.ts';
import { valueAt } from '../../../../src/renderer/logic/fields.ts';
import {
  alone,
  fieldOfRefusal,
  formOf,
  FormReader,
  taskFor,
  tasksFor,
} from '../../../../src/renderer/logic/planForm.ts';
import type { PlanForm, ReadForm, Recording } from '../../../../src/renderer/logic/planForm.ts';
import { choices } from '../../../support/choices.ts';

const template = publishedPreset.plan;
const recording: Recording = {
  id: 'd1' as DatasetId,
  kinematics: ['shoulderAngle', 'elbowAngle'],
  behaviour: null,
  source: { layout: 'reaching' },
};

const layouts: Record<string, string> = {
  reach: 'reaching',
  'context-decision': 'mante2013',
  'muscle-reach': 'sussillo2015',
};

const reading = (change: Partial<PlanForm>, plan: PlanTemplate, on: Recording | undefined): FormReader =>
  new FormReader({ ...formOf(plan, on, choices), ...change }, plan, choices, on);
const read = (change: Partial<PlanForm> = {}, plan = template, on: Recording | undefined = recording): ReadForm =>
  reading(change, plan, on).read();
const fill = (values: Record<string, FieldValue>, rest: Partial<PlanForm> = {}): ReadForm => read({ values, ...rest });
const accepted = (form: ReadForm): Plan => planSchema.parse(form.plan);

describe('the form of a new run', () => {
  it.each(presets.map((p) => [p.id, p] as const))('gives back the preset %s unchanged', (_, { plan }) => {
    const layout = layouts[plan.task.id];
    const on = { ...recording, source: { layout } };
    expect(read({}, plan, on)).toEqual({ plan: { ...plan, data: { dataset: 'd1' } }, errors: null });
  });

  it('offers the reach with muscles where behaviour was added to a recording of unknown layout', () => {
    const source = { layout: 'mapping {}' };
    const file = { path: '', sha256: '', bytes: 0, format: 'mat', layout: 'mapping {}' };
    const behaviour = { name: 'EMG', labels: ['EMG 1'], steps: 66, fromMs: -250, toMs: 400, source: file };
    expect(formOf(template, { ...recording, source, behaviour }, choices).task).toBe('muscle-reach');
    expect(formOf(template, { ...recording, source }, choices).task).toBe('reach');
  });

  it('asks networks for the condition where the recording has no behaviour', () => {
    const { plan } = read({}, template, { ...recording, kinematics: [] });
    expect(plan?.task.settings['outputs']).toEqual(['onehot']);
  });

  it.each([
    ['training.optimizer.learningRate', '1e-3', 1e-3],
    ['training.optimizer.clipNorm', '0.4', 0.4],
    ['training.optimizer.clipNorm', '', null],
    ['training.optimizer.frozen', ['Wrec', 'Wout'], ['a0', 'Win', 'b', 'bout']],
    ['training.blockPenalty', '0.01', 0.01],
    ['model.tauMs', '50', 50],
    ['model.tauMs', '50 to 200', [50, 200]],
    ['model.tauMs', '1e2-2.5e2', [100, 250]],
    ['model.leak', 'rate', 'rate'],
    ['model.dale', true, true],
    ['model.density', '0.2', 0.2],
    ['model.activityNoise', '0.1', 0.1],
    ['conventions', 'corrected', 'corrected'],
    ['task.settings.outputs', ['position', 'velocity'], ['position', 'velocity']],
    ['task.settings.interval1', '5 to 20', [5, 20]],
    ['task.settings.analysis.start', '73', 73],
    ['task.settings.analysis.start', '', undefined],
    ['task.settings.outputs', ['angles'], undefined],
    ['engine.threads', '2', 2],
    ['engine.threads', '', undefined],
  ] as const)('puts %s = %j into a plan that the host accepts', (at, entered, value) => {
    const form = fill({ [at]: entered as FieldValue });
    expect(valueAt(accepted(form), at)).toEqual(value);
  });

  it('puts groups in whole, and takes them out whole', () => {
    const steps = fill({ 'training.optimizer.decay': 'steps', 'training.optimizer.decay.every': '50' });
    expect(accepted(steps).training.optimizer.decay).toEqual({ factor: 0.8, every: 50 });
    const every = fill({ 'training.checkpoints': 'every', 'training.checkpoints.every': '5' });
    expect(accepted(every).training.checkpoints).toEqual({ every: 5 });
    const at = 'training.alignment';
    expect(accepted(fill({ [at]: 'every' })).training.alignment).toEqual({ every: 50 });
    const chosen = fill({ [at]: 'updates', [`${at}.updates`]: '0, 500' });
    expect(accepted(chosen).training.alignment).toEqual({ updates: [0, 500] });
    expect(fill({ 'training.optimizer.decay.every': 'x', 'training.checkpoints.every': 'x' }).errors).toBeNull();
  });

  it('leaves out what is not shown', () => {
    const { training } = accepted(fill({ 'training.optimizer.weightDecay': 'x' }));
    expect(training.optimizer.weightDecay).toBe(0);
    const slope = { 'model.activationSlope': '2' };
    expect(accepted(fill(slope)).model.activationSlope).toBeUndefined();
    expect(accepted(fill({ ...slope, 'model.activation': 'tanhwithslope' })).model.activationSlope).toBe(2);
    const gpu = { 'engine.precision': 'tf32', 'engine.backend': 'wasm' };
    expect(accepted(fill({ ...gpu, 'engine.engine': 'native-cuda' })).engine).toEqual({
      engine: 'native-cuda',
      precision: 'tf32',
    });
    const processor = { 'engine.precision': 'bf16', 'engine.engine': 'native-cpu' };
    expect(accepted(fill(processor)).engine).toEqual({ engine: 'native-cpu', precision: 'bf16' });
    expect(accepted(fill({ ...gpu, 'engine.engine': 'tensorflow' })).engine).toEqual({
      engine: 'tensorflow',
      backend: 'wasm',
    });
    expect(accepted(fill(gpu)).engine).toEqual({ engine: 'auto' });
  });

  it('takes settings of the rules that are chosen, but for usual ones', () => {
    const at = 'ruleSettings.truncated-bptt.window';
    const rules = ['truncated-bptt'];
    expect(accepted(fill({ [at]: '5' }, { rules })).ruleSettings).toEqual({ 'truncated-bptt': { window: 5 } });
    expect(accepted(fill({ [at]: '10' }, { rules })).ruleSettings).toEqual({});
    expect(accepted(fill({ [at]: '5' })).ruleSettings).toEqual({});
    expect(fill({ [at]: '0' }, { rules }).errors).toEqual({ [at]: expect.stringMatching(/whole number/) as string });
  });

  it.each([
    ['model.units', '0', 'A whole number from 1 to 4,096.'],
    ['model.units', '12.5', 'A whole number from 1 to 4,096.'],
    ['training.updates', '', 'A whole number from 1 to 1,000,000.'],
    ['training.optimizer.learningRate', '0', 'A number above 0.'],
    ['model.activityNoise', '-1', 'A number, 0 or more.'],
    ['model.tauMs', '-5', 'A number above 0.'],
    ['model.tauMs', '200 to 50', 'The range runs backwards; write 50 to 200.'],
    ['model.tauMs', '0 to 50', 'A number above 0.'],
    ['model.density', '0', 'A number above 0 and up to 1.'],
    ['model.density', '1.5', 'A number above 0 and up to 1.'],
    ['training.optimizer.frozen', [], 'Something has to learn.'],
    ['task.settings.outputs', [], 'Choose at least one.'],
    ['task.settings.analysis.steps', '0', 'A whole number, 1 or more.'],
    ['engine.threads', '1000', 'A whole number from 1 to 256.'],
  ] as const)('says what is wrong with %s = %j', (at, entered, why) => {
    expect(fill({ [at]: entered as FieldValue })).toEqual({ plan: null, errors: { [at]: why } });
  });

  it('asks for a dataset, a rule and seeds', () => {
    const { errors } = read({ dataset: '', rules: [], seeds: '2-1' });
    expect(Object.keys(errors!).sort()).toEqual(['dataset', 'rules', 'seeds']);
  });

  it('says which fields were changed', () => {
    const reader = reading({ values: { 'model.density': '0.5', 'model.initialGain': '1' } }, template, recording);
    const changed = reader.sections.flatMap(({ fields }) => fields).filter((field) => reader.isChanged(field));
    expect(changed.map(({ at }) => at)).toEqual(['model.density']);
  });
});

describe('a task without a recording', () => {
  const free = choices.tasks.filter(({ needsRecording }) => !needsRecording);

  it('is all that can be had where there is none', () => {
    expect(tasksFor(false, choices.tasks)).toEqual(free);
    expect(taskFor(undefined, choices.tasks, template)).toBe(free[0].id);
    expect(taskFor(recording, choices.tasks, template)).toBe('reach');
  });

  it.each(free)('$id: its settings are fields, its defaults are left out of the plan', ({ id, settings }) => {
    const form = { dataset: alone, task: id };
    const plan = accepted(read(form, template, undefined));
    expect(plan).toMatchObject({ data: { recording: 'none' }, task: { id, settings: {} } });
    const reader = reading(form, template, undefined);
    const fields = reader.sections.find((section) => section.id === 'task')!.fields;
    expect(fields.map(({ at }) => at)).toEqual(Object.keys(settings!).map((name) => `task.settings.${name}`));
    const written = Object.fromEntries(fields.map((field) => [field.at, reader.valueOf(field)]));
    expect(accepted(read({ ...form, values: written }, template, undefined)).task.settings).toEqual({});
    expect(() => tasks.alone(id, plan.task.settings)).not.toThrow();
  });
});

describe('a refusal of the host', () => {
  it('is said beside the field that it is about', () => {
    expect(fieldOfRefusal('model.tau')).toBe('model.tauMs');
    expect(fieldOfRefusal('run.unknown')).toBeNull();
  });
});
