import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/app/plan.ts';
import type { Ports } from '../../../src/app/ports.ts';
import { publishedPreset } from '../../../src/app/presets.ts';
import { addPlanOptions, planFrom } from '../../../src/cli/planOptions.ts';
import { planOptions, seedList, setAt } from '../../../src/cli/planSettings.ts';

const ports = {
  store: { datasets: { get: () => null } },
  workspace: { sampleFile: 'sample.npz' },
} as unknown as Ports;

function plan(...args: string[]): Plan {
  const command = addPlanOptions(new Command());
  command.exitOverride().parse(args, { from: 'user' });
  return planFrom(command.opts(), ports);
}

const { plan: published } = publishedPreset;
const refusal = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error;

describe('the options of a plan', () => {
  it('change nothing unless given', () => {
    expect(plan()).toEqual({ ...published, data: { path: 'sample.npz' } });
  });

  it('take a second file with behaviour, and the preset of what was recorded so', () => {
    expect(plan('--data', 'a.mat', '--behaviour', 'b.mat').data).toEqual({
      path: 'a.mat',
      behaviour: { path: 'b.mat' },
    });
    expect(() => plan('--data', 'none', '--behaviour', 'b.mat')).toThrow(refusal('plan.behaviour', /add-behaviour/));
    const muscles = planFrom({ data: 'a.mat' }, ports, { layout: 'sussillo2015', behaviour: true });
    expect(muscles.task).toEqual({ id: 'muscle-reach', settings: {} });
  });

  it.each([
    [['--tau', '50'], 'model', { tauMs: 50 }],
    [['--tau', '50-200'], 'model', { tauMs: [50, 200] }],
    [['--tau', '1e2-2.5e2'], 'model', { tauMs: [100, 250] }],
    [['--leak', 'rate'], 'model', { leak: 'rate' }],
    [['--dale'], 'model', { dale: true }],
    [['--dale', '--no-dale'], 'model', { dale: false }],
    [['--density', '.1'], 'model', { density: 0.1 }],
    [['--initial-gain', '1.2', '--readout-gain', '1'], 'model', { initialGain: 1.2, readoutGain: 1 }],
    [['--noise', '0.1'], 'model', { activityNoise: 0.1 }],
    [
      ['--activation', 'tanhwithslope', '--activation-slope', '2'],
      'model',
      { activation: 'tanhwithslope', activationSlope: 2 },
    ],
    [['--block-penalty', '0.01'], 'training', { blockPenalty: 0.01 }],
    [['--checkpoint-every', '7'], 'training', { checkpoints: { every: 7 } }],
    [['--alignment-every', '5'], 'training', { alignment: { every: 5 } }],
    [['--alignment-at', '0, 500'], 'training', { alignment: { updates: [0, 500] } }],
    [['--alpha', '0.5'], 'analysis', { alpha: 0.5 }],
    [['--engine', 'native-cpu', '--precision', 'bf16'], 'engine', { engine: 'native-cpu', precision: 'bf16' }],
  ] as const)('%j', (args, part, change) => {
    expect(plan(...args)[part]).toEqual({ ...published[part], ...change });
  });

  it.each([
    [['--learning-rate-decay', '0.8/200'], { decay: { factor: 0.8, every: 200 } }],
    [['--learning-rate-decay', 'none'], { decay: null }],
    [['--frozen', 'a0, b,bout'], { frozen: ['a0', 'b', 'bout'] }],
    [['--frozen', 'none'], { frozen: [] }],
    [['--optimizer', 'adamw', '--weight-decay', '0.01'], { kind: 'adamw', weightDecay: 0.01 }],
    [['--clip-norm', '0.4'], { clipNorm: 0.4 }],
    [['--CLIP_GRADIENT_NORM', '1', '--clip-norm', 'none'], { clipNorm: null }],
    [['--beta1', '0.5', '--epsilon', '1e-7'], { beta1: 0.5, epsilon: 1e-7 }],
  ] as const)('%j', (args, change) => {
    expect(plan(...args).training.optimizer).toEqual({ ...published.training.optimizer, ...change });
  });

  it('set rules and tasks up', () => {
    const given = plan(
      '--rule-setting=truncated-bptt.window=5',
      '--task-setting=steps=250',
      '--task-setting=outputs=["velocity"]',
      '--conventions=corrected',
    );
    expect(given.ruleSettings).toEqual({ 'truncated-bptt': { window: 5 } });
    expect(given.task).toEqual({ id: 'reach', settings: { steps: 250, outputs: ['velocity'] } });
    expect(given.conventions).toBe('corrected');
  });

  it('draw how gradients align where that is measured', () => {
    const drawn = ['gradientAlignment', 'gradientNormRatio'];
    expect(plan('--alignment-every', '5').figures).toEqual([...published.figures, ...drawn]);
    expect(plan('--updates', '5').figures).toEqual(published.figures);
  });

  it.each([
    [['--tau', '-5'], /model\.tauMs: expected a number above 0, found -5/],
    [['--tau', '200-50'], /model\.tauMs: expected a time constant/],
    [['--density', '0'], /model\.density: expected a number above 0, found 0/],
    [['--density', '2'], /model\.density: expected a number of at most 1, found 2/],
    [['--noise', '-0.1'], /model\.activityNoise: expected a number of at least 0, found -0\.1/],
    [['--noise', 'loud'], /model\.activityNoise: expected a number, found no number/],
    [['--activation', 'step'], /model\.activation: expected one of "retanh".*found "step"/],
    [['--activation-slope', '2'], /model\.activationSlope: only tanhwithslope has a slope/],
    [['--learning-rate-decay', '0.8/0'], /training\.optimizer\.decay\.every: expected a number above 0, found 0/],
    [['--frozen', 'weights'], /training\.optimizer\.frozen\.0: expected one of "a0".*found "weights"/],
    [['--units', '2.5'], /model\.units: expected a whole number, found 2\.5/],
    [['--alignment-every', '0'], /training\.alignment\.every: expected a number above 0, found 0/],
    [['--alignment-at', '0,x'], /training\.alignment: expected \{"every": n\}/],
    [['--alignment-at', '1000'], /training\.alignment\.updates: each must be below the number of updates/],
    [['--precision', 'float8'], /engine\.precision: expected one of "float32", "tf32", "bf16", found "float8"/],
    [['--conventions', 'mine'], /conventions: expected one of "published", "corrected", found "mine"/],
  ] as const)('%j is refused, naming the field', (args, message) => {
    expect(() => plan(...args)).toThrow(refusal('plan.invalid', message));
  });

  it.each([
    [['--rule-setting', 'window=5'], 'plan.option', /rule\.name=number.*found "window=5"/],
    [['--task-setting', 'steps'], 'plan.option', /name=value/],
    [['--task-setting', 'outputs=["velocity"'], 'plan.option', /JSON/],
    [['--learning-rate-decay', '0.8'], 'plan.option', /0\.8\/200/],
    [['--weight-decay', '0.1'], 'plan.weightDecay', /--optimizer adamw/],
    [['--preset', 'mine'], 'plan.preset', /published or quick/],
  ] as const)('%j is refused as %s', (args, code, message) => {
    expect(() => plan(...args)).toThrow(refusal(code, message));
  });

  it('cover every number, switch and choice of a plan', () => {
    const reached = planOptions.reduce<object>((result, { at }) => setAt(result, at, () => true), {});
    const { model, training, analysis } = published;
    const missing = (part: object, found: object) => Object.keys(part).filter((name) => !(name in found));
    const of = reached as { model: object; training: { optimizer: object }; analysis: object };
    expect(missing(model, of.model)).toEqual([]);
    expect(missing(training, of.training)).toEqual([]);
    expect(missing(training.optimizer, of.training.optimizer)).toEqual([]);
    expect(missing(analysis, of.analysis)).toEqual([]);
  });
});

describe('a list of seeds', () => {
  it.each([
    ['3', [3]],
    ['1-3', [1, 2, 3]],
    ['1-3, 8,10-11', [1, 2, 3, 8, 10, 11]],
    ['0', [0]],
  ])('%s', (text, seeds) => expect(seedList(text)).toEqual(seeds));

  it.each(['', '1,', '3-1', 'one', '-4', '1.5', '0-99999999'])('"%s" is refused', (text) => {
    expect(() => seedList(text)).toThrow(expect.objectContaining({ code: 'plan.seeds' }));
  });
});
