import { describe, expect, it } from 'vitest';
import type { DatasetId } from '../../../../src/app/plan.ts';
import { planSchema } from '../../../../src/app/plan.ts';
import { presets, publishedPreset } from '../../../../src/app/presets.ts';
import { formOf, readForm, readNumber } from '../../../../src/renderer/logic/planForm.ts';
import type { PlanForm } from '../../../../src/renderer/logic/planForm.ts';

const template = publishedPreset.plan;
const dataset = { id: 'd1' as DatasetId, kinematics: ['shoulderAngle', 'elbowAngle'] };
const form = (change: Partial<PlanForm> = {}): PlanForm => ({ ...formOf(template, dataset), ...change });

describe('the form of a new run', () => {
  it.each(presets.map((p) => [p.id, p] as const))('gives back the preset %s unchanged', (_, { plan }) => {
    expect(readForm(formOf(plan, dataset), plan).plan).toEqual({ ...plan, data: { dataset: 'd1' } });
  });

  it('asks networks for the condition where the recording has no behaviour', () => {
    const { plan } = readForm(formOf(template, { ...dataset, kinematics: [] }), template);
    expect(plan?.task.settings['outputs']).toEqual(['onehot']);
  });

  it('gives a plan that the host accepts, whatever is filled in', () => {
    const { plan } = readForm(
      form({
        optimizer: 'adamw',
        weightDecay: '0.01',
        clipNorm: '1',
        checkpoints: 'every',
        checkpointEvery: '5',
        outputs: ['position', 'velocity'],
        engine: 'tensorflow',
        backend: 'wasm',
        threads: '2',
        activityNoise: '0.1',
      }),
      template,
    );
    expect(planSchema.parse(plan)).toMatchObject({
      training: { optimizer: { kind: 'adamw', weightDecay: 0.01, clipNorm: 1 }, checkpoints: { every: 5 } },
      task: { settings: { outputs: ['position', 'velocity'] } },
      engine: { engine: 'tensorflow', backend: 'wasm', threads: 2 },
    });
  });

  it('asks for a precision where the GPU is asked for, and nowhere else', () => {
    const engineOf = (change: object) => readForm(form(change), template).plan!.engine;
    expect(engineOf({ engine: 'native-cuda', precision: 'tf32' })).toEqual({
      engine: 'native-cuda',
      precision: 'tf32',
    });
    expect(engineOf({ engine: 'native-cpu', precision: 'tf32' })).toEqual({ engine: 'native-cpu' });
  });

  it.each([
    ['units', '0', 'A whole number from 1 to 4,096.'],
    ['units', '12.5', 'A whole number from 1 to 4,096.'],
    ['updates', '', 'A whole number from 1 to 1,000,000.'],
    ['learningRate', '0', 'A number above 0.'],
    ['activityNoise', '-1', 'A number, 0 or more.'],
    ['threads', '1000', 'A whole number from 1 to 256.'],
    ['seeds', '2-1', expect.stringContaining('backwards')],
  ] as const)('says what is wrong with %s = "%s"', (field, text, why) => {
    expect(readForm(form({ [field]: text }), template)).toEqual({ plan: null, errors: { [field]: why } });
  });

  it('asks for a dataset, a rule and an output', () => {
    const { errors } = readForm(form({ dataset: '', rules: [], outputs: [] }), template);
    expect(Object.keys(errors!).sort()).toEqual(['dataset', 'outputs', 'rules']);
  });

  it('drops a weight decay that Adam does not have', () => {
    expect(readForm(form({ weightDecay: 'x' }), template).plan?.training.optimizer.weightDecay).toBe(0);
  });
});

describe('a number as text', () => {
  it.each([
    ['3e-4', 3e-4],
    [' 12 ', 12],
    ['−5', -5],
  ])('reads "%s"', (text, value) => expect(readNumber(text, {})).toBe(value));

  it.each(['', 'abc', '1,5', 'Infinity'])('refuses "%s"', (text) => expect(readNumber(text, {})).toBe('A number.'));
});
