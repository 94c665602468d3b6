import { describe, expect, it } from 'vitest';
import { publishedPreset } from '../../../src/app/presets.ts';
import { applyPublishedSettings, publishedRemarks } from '../../../src/app/publishedSettings.ts';
import type { PublishedValue } from '../../../src/app/publishedSettings.ts';

const apply = (settings: Record<string, PublishedValue>) =>
  applyPublishedSettings(publishedPreset.plan, new Map(Object.entries(settings)));

describe('settings under their published names', () => {
  it('change what they name and nothing else', () => {
    const plan = apply({
      learning_mode: '1',
      random_seed: '4',
      n_parameter_updates: '7',
      n_recurrent: 60,
      learning_rate: 1e-3,
    });
    const { training, model } = publishedPreset.plan;
    expect(plan).toEqual({
      ...publishedPreset.plan,
      rules: ['e-prop'],
      seeds: [4],
      model: { ...model, units: 60 },
      training: { ...training, updates: 7, optimizer: { ...training.optimizer, learningRate: 1e-3 } },
    });
  });

  it('turn the plan into that of the decision task, with all that the script fixes for it', () => {
    const { task, model, training } = apply({ n_T: 113, n_trials: 72, tau_m: 10, task_name: 'Mante13' });
    expect(task).toEqual({ id: 'context-decision', settings: {} });
    expect(model.tauMs).toBe(150);
    expect(training).toMatchObject({ trials: 72, testTrials: 0 });
    expect(() => apply({ task_name: 'Mante13', n_T: 100 })).toThrow(
      expect.objectContaining({ code: 'published.value', message: expect.stringMatching(/expected 113/) }),
    );
  });

  it.each([
    ['-1', 'truncated-bptt'],
    ['-2', 'feedback-alignment'],
  ])('know learning mode %s as %s', (mode, rule) => {
    expect(apply({ learning_mode: mode }).rules).toEqual([rule]);
  });

  it('give tau in steps of 10 ms', () => {
    expect(apply({ tau_m: 25 }).model.tauMs).toBe(250);
  });

  it.each([
    [{ dale_constraint: 'True' }, { dale: true }],
    [
      { dale_constraint: true, activation_function: 'ReLU' },
      { dale: true, activation: 'ReLU' },
    ],
    [{ dale_constraint: 'False' }, { dale: false }],
    [{ conn_density: '0.25' }, { density: 0.25 }],
    [{ conn_density: -1 }, { density: 1 }],
    [{ model_class: 'LowPassCTRNN' }, { leak: 'rate' }],
    [{ model_class: 'CTRNN' }, { leak: 'preactivation' }],
    [
      { ini_gain: '1.2', activity_noise_std: '0.1' },
      { initialGain: 1.2, activityNoise: 0.1 },
    ],
  ] as const)('make the network of %j', (settings, model) => {
    expect(apply(settings).model).toEqual({ ...publishedPreset.plan.model, ...model });
  });

  it('say what is learned', () => {
    const frozen = apply({ LEARN_bah: 'False', LEARN_ah0: 0, LEARN_OUTPUTBIAS: 'True', LEARN_Wahh: 1 });
    expect(frozen.training.optimizer.frozen).toEqual(['b', 'a0']);
  });

  it('give the coefficient of the block penalty', () => {
    expect(apply({ L2_Wrec: '0.5' }).training.blockPenalty).toBe(0.5);
  });

  it('tell where the published script understood something else, or where nothing changes', () => {
    const remarks = (settings: Record<string, PublishedValue>) => publishedRemarks(new Map(Object.entries(settings)));
    expect(remarks({ dale_constraint: 'False' })).toEqual([expect.stringMatching(/took any text for yes/)]);
    expect(remarks({ dale_constraint: 'True', learning_mode: '0' })).toEqual([]);
    expect(remarks({ dale_constraint: false })).toEqual([]); // from a stored run, where it is no text
    expect(remarks({ folder_comment: 'x' })).toEqual(['--folder_comment changes nothing here.']);
  });

  it('clip only when clipping is on', () => {
    expect(apply({ CLIP_GRADIENT_NORM: 0, max_gradient_norm: 0.4 }).training.optimizer.clipNorm).toBeNull();
    expect(apply({ CLIP_GRADIENT_NORM: 1, max_gradient_norm: 0.2 }).training.optimizer.clipNorm).toBe(0.2);
  });

  it('name the outputs that are switched on', () => {
    const off = { OUTPUTONEHOT: 0, OUTPUTXYHANDPOSITION: 0, OUTPUTXYHANDVELOCITY: 0, OUTPUTSHOULDERELBOWANGLES: 0 };
    const plan = apply({ ...off, OUTPUTXYHANDVELOCITY: 1, OUTPUTONEHOT: 'True', toffsetoutput: -6 });
    expect(plan.task.settings).toEqual({ outputs: ['onehot', 'velocity'], outputOffset: -6 });
  });

  it('take AdamW with its usual weight decay', () => {
    expect(apply({ optimizer_name: 'AdamW' }).training.optimizer).toMatchObject({ kind: 'adamw', weightDecay: 0.01 });
  });

  it.each([
    [{ learning_mode: 9 }, 'published.rule', /0 \(BPTT\), 1 \(e-prop\).*-1 \(Truncated BPTT\)/],
    [{ task_name: 'Sussillo2015' }, 'published.task', /Mante13/],
    [{ n_recurrent: 'many' }, 'published.number', /n_recurrent.*many/],
    [{ optimizer_name: 'SGD' }, 'published.optimizer', /SGD/],
    [{ dale_constraint: 'perhaps' }, 'published.value', /dale_constraint: expected True or False.*perhaps/],
    [{ conn_density: 0 }, 'published.value', /conn_density: expected −1/],
    [{ conn_density: 1.5 }, 'published.value', /found "1.5"/],
    [{ model_class: 'LSTM' }, 'published.value', /CTRNN or LowPassCTRNN.*LSTM/],
    [{ activation_function: 'step' }, 'published.value', /retanh.*found "step"/],
    [{ CLIP_GRADIENT_NORM: 'maybe' }, 'published.value', /CLIP_GRADIENT_NORM/],
    [{ n_recurent: 3 }, 'published.setting', /n_recurent/],
  ] as const)('refuse %j with a reason', (settings, code, message) => {
    expect(() => apply(settings as Record<string, PublishedValue>)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    );
  });
});
