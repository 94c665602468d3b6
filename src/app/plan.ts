/**
 * A Plan is plain JSON that says everything about an experiment: data, task, model, rules, seeds, training, engine,
 * figures. Desktop, browser and command line hand the same Plan to the same function.
 */
import { z } from 'zod';
import { activationIds, activationsWithSlope } from '../core/models/activations.ts';
import type { EngineId } from '../core/engines/engine.ts';
import { parameterNames } from '../core/models/parameters.ts';
import { defaultUnitOptions, unitSelections } from '../core/data/rawMante/options.ts';
import { mappingSchema } from './mapping.ts';
import { ratesSchema } from './ratesSchema.ts';

export const datasetId = z.string().min(1).brand<'DatasetId'>();
export const runId = z.string().min(1).brand<'RunId'>();
export type DatasetId = z.infer<typeof datasetId>;
export type RunId = z.infer<typeof runId>;

const positive = z.number().positive();
const count = z.number().int().positive();
const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 4);

const tauWords = 'expected a time constant above 0 ms, or [shortest, longest]';

export const modelSchema = z
  .object({
    units: count.max(4096),
    activation: z.enum(activationIds),
    /** slope at 0, of an activation function that asks for one; absent: 1 */
    activationSlope: positive.optional(),
    /** of all units, or [shortest, longest], over which they are spread evenly */
    tauMs: z.union(
      [positive, z.tuple([positive, positive]).refine(([shortest, longest]) => shortest <= longest, tauWords)],
      { error: tauWords },
    ),
    initialGain: positive,
    readoutGain: positive,
    activityNoise: z.number().min(0),
    /** what decays by itself: the preactivation, or the rate (low-pass form) */
    leak: z.enum(['preactivation', 'rate']).default('preactivation'),
    /** Dale's law: each unit excites (the first four fifths) or inhibits only */
    dale: z.boolean().default(false),
    /** share of the recurrent connections that are there */
    density: positive.max(1).default(1),
  })
  .refine(
    ({ activation, activationSlope }) => activationSlope === undefined || activationsWithSlope.includes(activation),
    {
      path: ['activationSlope'],
      message: `only ${activationsWithSlope.join(', ')} has a slope to choose`,
    },
  );

export const optimizerSchema = z.object({
  kind: z.enum(['adam', 'adamw']),
  learningRate: positive,
  beta1: z.number().min(0).lt(1),
  beta2: z.number().min(0).lt(1),
  epsilon: positive,
  weightDecay: z.number().min(0),
  clipNorm: positive.nullable(),
  /** the learning rate is multiplied by `factor` after every `every` updates; null: constant */
  decay: z.object({ every: count, factor: positive }).nullable().default(null),
  /** parameters that keep their initial values */
  frozen: z.array(z.enum(parameterNames)).default([]),
});

/**
 * After which updates the gradient of the next one is compared with that of BPTT, 0 being the initial weights. Each time
 * costs two gradients more.
 */
const alignmentSchema = z.union(
  [z.strictObject({ every: count }), z.strictObject({ updates: z.array(z.number().int().min(0)).min(1) })],
  { error: 'expected {"every": n} with n above 0, or {"updates": [0, …]}, all of them whole numbers' },
);

const trainingFields = z.object({
  updates: count.max(1_000_000),
  /** trials drawn anew for every update */
  trials: count.max(100_000),
  /** trials of the test set, drawn from the run's seed */
  testTrials: z.number().int().min(0).max(100_000),
  optimizer: optimizerSchema,
  /** initial coefficient of the activity penalty */
  activityPenalty: z.number().min(0),
  /** coefficient of the sum of squares of the two off-diagonal blocks of the recurrent weights */
  blockPenalty: z.number().min(0).default(0),
  checkpoints: z.union([z.literal('published'), z.object({ every: count })]),
  /** null: never */
  alignment: alignmentSchema.nullable().default(null),
});

export const trainingSchema = trainingFields.refine(
  ({ alignment, updates }) => alignment === null || 'every' in alignment || alignment.updates.every((u) => u < updates),
  {
    path: ['alignment', 'updates'],
    error: 'each must be below the number of updates, for the gradient compared is that of the update that follows',
  },
);

/** How activity is compared with the recording. */
export const analysisSchema = z.object({
  /** Procrustes distance: 1 = as it is, 0 = fully whitened first */
  alpha: z.number().min(0).max(1),
});

export const engineIds = [
  'native-cuda',
  'native-cpu',
  'reference',
  'tensorflow',
] as const satisfies readonly EngineId[];

export const engineRequestSchema = z.object({
  engine: z.enum(['auto', ...engineIds]),
  /** TensorFlow.js backend; absent = the best that works */
  backend: z.enum(['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu']).optional(),
  /**
   * of products; absent = float32
   * tf32: of 10-bit mantissas, on the tensor cores of an NVIDIA GPU
   * bf16: those of the weights' gradient of 8-bit mantissas, on the matrix tiles of a processor; all else is float32
   */
  precision: z.enum(['float32', 'tf32', 'bf16']).optional(),
  /** absent = shared out over the runs in progress; numbers do not depend on it */
  threads: count.max(256).optional(),
});

export const taskChoiceSchema = z.object({ id: z.string(), settings: z.record(z.string(), z.unknown()) });

/** Whether oddities of the published code are repeated or put right; see docs/conventions.md. */
export const conventionsSchema = z.enum(['published', 'corrected']).default('published');
export type Conventions = z.infer<typeof conventionsSchema>;

const common = {
  conventions: conventionsSchema,
  task: taskChoiceSchema,
  model: modelSchema,
  /** settings of the rules, by the rule's id; what is not given is at its default */
  ruleSettings: z.record(z.string(), z.record(z.string(), z.number())).default({}),
  training: trainingSchema,
  analysis: analysisSchema,
  engine: engineRequestSchema,
};

/** One run: one rule, one seed. */
export const runSpecSchema = z.object({
  dataset: datasetId,
  ...common,
  rule: z.string(),
  seed,
});
export type RunSpec = z.infer<typeof runSpecSchema>;

/** A file of the user, and what its axes are where that has to be said. */
/** How a folder of single units becomes condition averages, see core/data/rawMante. */
const unitOptionsSchema = z.strictObject({
  dtMs: z.number().positive().default(defaultUnitOptions.dtMs),
  selection: z.enum(unitSelections).default(defaultUnitOptions.selection),
});

/**
 * mapping: of a file that is not understood by itself; units: of a folder, which is one of single units; rates: of a file of
 * spikes; table: which of its tables of trials is told of, or taken for suggested rates; ticksPerSecond: the same for the clock of its times
 */
export const fileToReadSchema = z.object({
  path: z.string().min(1),
  mapping: mappingSchema.optional(),
  units: unitOptionsSchema.optional(),
  rates: z.union([z.literal('suggested'), ratesSchema]).optional(),
  table: z.string().min(1).optional(),
  ticksPerSecond: z.number().positive().optional(),
});
export type FileToRead = z.infer<typeof fileToReadSchema>;

/** Where the data is: a dataset already imported, a file to import, or nowhere: the task alone, nothing recorded. */
export const dataChoiceSchema = z.union([
  z.strictObject({ recording: z.literal('none') }),
  z.object({ dataset: datasetId }),
  /** behaviour: a second file that adds some to the recording */
  fileToReadSchema.extend({ behaviour: fileToReadSchema.optional() }),
]);

/** Strict: a misspelt name must not leave a default in force unseen. */
export const planSchema = z.strictObject({
  data: dataChoiceSchema,
  ...common,
  rules: z.array(z.string()).min(1),
  seeds: z.array(seed).min(1),
  /** ids of the figures to describe at the end */
  figures: z.array(z.string()),
});
export type Plan = z.infer<typeof planSchema>;

/** A plan whose data is imported. */
export const sweepSchema = planSchema.omit({ data: true, figures: true }).extend({ dataset: datasetId });
export type Sweep = z.infer<typeof sweepSchema>;

/** Every rule with every seed, seed by seed, so that the first seed of all rules is there early. */
export function expandSweep(sweep: Sweep): RunSpec[] {
  const { rules, seeds, ruleSettings, ...rest } = sweep;
  return unique(seeds).flatMap((s) =>
    unique(rules).map((rule) => ({
      ...rest,
      rule,
      ruleSettings: rule in ruleSettings ? { [rule]: ruleSettings[rule] } : {},
      seed: s,
    })),
  );
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
