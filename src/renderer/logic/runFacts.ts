/** A run's settings in words, and as a plan that repeats it. */
import type { RunDetail, RunSummary } from '../../app/contract.ts';
import type { Plan, RunSpec } from '../../app/plan.ts';
import { whole } from './format.ts';

export type Fact = readonly [label: string, value: string];

type Named = { readonly id: string; readonly label: string };

/** activations: all there are, for their names */
export function settingsOf({ spec }: Pick<RunSummary, 'spec'>, activations: readonly Named[]): Fact[] {
  const { model, training, analysis, task } = spec;
  const { optimizer, checkpoints } = training;
  return [
    ['Task', task.id],
    ...Object.entries(task.settings).map(([name, value]): Fact => [name, JSON.stringify(value)]),
    ['Units', whole(model.units)],
    ['Activation', activations.find((a) => a.id === model.activation)?.label ?? model.activation],
    ['Time constant', `${[model.tauMs].flat().join(' to ')} ms`],
    ['Initial gain', String(model.initialGain)],
    ['Readout gain', String(model.readoutGain)],
    ['Activity noise', String(model.activityNoise)],
    ['Weight updates', whole(training.updates)],
    ['Trials per update', whole(training.trials)],
    ['Test trials', whole(training.testTrials)],
    ['Optimizer', optimizer.kind === 'adam' ? 'Adam' : `AdamW, weight decay ${optimizer.weightDecay}`],
    ['Learning rate', String(optimizer.learningRate)],
    ['β₁, β₂, ε', `${optimizer.beta1}, ${optimizer.beta2}, ${optimizer.epsilon}`],
    ['Gradient norm limit', optimizer.clipNorm === null ? 'none' : String(optimizer.clipNorm)],
    ['Activity penalty', String(training.activityPenalty)],
    ['Procrustes alpha', String(analysis.alpha)],
    ['Checkpoints', checkpoints === 'published' ? 'as published' : `every ${checkpoints.every} updates`],
    ['Gradient alignment', alignmentWords(training.alignment)],
  ];
}

function alignmentWords(alignment: RunSpec['training']['alignment']): string {
  if (alignment === null) return 'not measured';
  return 'every' in alignment ? `every ${whole(alignment.every)} updates` : `after ${alignment.updates.join(', ')}`;
}

/** The plan that trains this run again, as the command line takes it. recorded: false for a run on the task alone */
export function planOf({ dataset, rule, seed, ...rest }: RunSpec, recorded: boolean): Plan {
  return { data: recorded ? { dataset } : { recording: 'none' }, ...rest, rules: [rule], seeds: [seed], figures: [] };
}

/** Results that any checkpoint has, in the order they appear. */
export function resultIds({ checkpointRows }: Pick<RunDetail, 'checkpointRows'>): string[] {
  return [...new Set(checkpointRows.flatMap((row) => Object.keys(row.results)))].sort((a, b) => rank(a) - rank(b));
}

const known = [
  'procrustes',
  'testError',
  'normalizedError',
  'testCrossEntropy',
  'crossEntropy',
  'testFractionCorrect',
  'fractionCorrect',
  'participationRatio',
];
const short: Record<string, string> = {
  procrustes: 'Distance',
  testError: 'Test error',
  normalizedError: 'Error',
  testCrossEntropy: 'Test cross-entropy',
  crossEntropy: 'Cross-entropy',
  testFractionCorrect: 'Test correct',
  fractionCorrect: 'Correct',
  participationRatio: 'Dimensions',
};

function rank(id: string): number {
  const at = known.indexOf(id);
  return at < 0 ? known.length : at;
}

export function resultLabel(id: string): string {
  return short[id] ?? id;
}
