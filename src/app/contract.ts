/**
 * All that crosses a host border: every call with what goes in and what comes out, every event. IPC and HTTP both
 * carry it; hosts check each message against it.
 */
import { z } from 'zod';
import { alignmentParts } from '../core/analysis/gradientAlignment.ts';
import type { Figure } from '../core/figures/figure.ts';
import type { SeedComparison } from '../core/figures/seedComparison.ts';
import type { TaskSettings } from '../core/tasks/settings.ts';
import { needKinds } from '../core/rules/rule.ts';
import type { RecordingFacts } from '../core/analysis/recording/recordingFacts.ts';
import { datasetFormatIds } from '../core/data/exports/index.ts';
import { exportFormatIds } from '../core/checkpoints/exportFormats.ts';
import { figureViewSchema } from './figureView.ts';
import { arrayFactsSchema, columnFactsSchema, mappingSchema } from './mapping.ts';
import { measureSchema } from './measureSchema.ts';
import { originSchema } from './origin.ts';
import { datasetId, engineIds, fileToReadSchema, planSchema, runId, runSpecSchema } from './plan.ts';
import type { Preset } from './presets.ts';
import { ratesSchema } from './ratesSchema.ts';
import { viewOptionsSchema } from './viewSchema.ts';
import { recipeSchema } from './recipeSchema.ts';
import { readAtIds } from '../core/statistics/readAt.ts';
import { readingSchema, statisticsSchema } from './statisticsSchema.ts';

export type { DatasetId, RunId } from './plan.ts';

// ── Datasets ─────────────────────────────────────────────────────────────────────────────────────────────────────

const sourceSchema = z.object({
  path: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  format: z.string(),
  layout: z.string(),
});

/** What people say of a dataset; empty where nothing was said. */
const datasetAboutSchema = z.object({
  notes: z.string().max(20_000),
  licence: z.string().max(500),
  citation: z.string().max(4000),
});
export type DatasetAbout = z.infer<typeof datasetAboutSchema>;

/** Behaviour that was added from a file of its own. */
const behaviourSummarySchema = z.object({
  name: z.string(),
  labels: z.array(z.string()),
  steps: z.number().int(),
  fromMs: z.number(),
  toMs: z.number(),
  source: sourceSchema,
});

export const datasetSummarySchema = z.object({
  id: datasetId,
  name: z.string(),
  simulated: z.boolean(),
  neurons: z.number().int(),
  steps: z.number().int(),
  conditions: z.number().int(),
  /** first and last step, ms relative to the alignment event */
  fromMs: z.number(),
  toMs: z.number(),
  alignment: z.string(),
  /** names of the behavioural signals in the recording's own file */
  kinematics: z.array(z.string()),
  /** null: none was added */
  behaviour: behaviourSummarySchema.nullable(),
  participationRatio: z.number().nullable(),
  /** Procrustes distance of the data to its own average over conditions */
  crossConditionAverage: z.number().nullable(),
  source: sourceSchema,
  /** of a dataset that was exported and read again: the file that it came from at first */
  origin: sourceSchema.nullable(),
  importedAt: z.number(),
  /** of the app that imported it; null: not known */
  appVersion: z.string().nullable(),
  about: datasetAboutSchema,
});
export type DatasetSummary = z.infer<typeof datasetSummarySchema>;

/** What has to be known before a file can become a dataset, or behaviour of one. */
export const mappingQuestionSchema = z.object({
  path: z.string(),
  of: z.enum(['activity', 'behaviour']),
  why: z.string(),
  arrays: z.array(arrayFactsSchema),
  /** of a table */
  columns: z.array(columnFactsSchema).optional(),
  suggestion: mappingSchema.nullable(),
  /** why the suggestion is what it is, by field */
  reasons: z.record(z.string(), z.string()),
  /** what was said of a file that is built alike, under this file's name; which file that was, and when; null: of none yet */
  last: z.object({ mapping: mappingSchema, file: z.string(), at: z.number() }).nullable(),
});
export type MappingQuestion = z.infer<typeof mappingQuestionSchema>;

/** What is in a file of spikes, see core/data/spikes/describe.ts. */
export const spikesSchema = z.object({
  path: z.string(),
  why: z.array(z.string()),
  /** names */
  units: z.array(z.string()),
  trials: z.number().int(),
  /** of times that are not known to be in seconds; null: they are */
  clock: z.object({ ticksPerSecond: z.number(), why: z.string() }).nullable(),
  /** that could be the trials, the one described first; none: there is no choice */
  tables: z.array(z.object({ name: z.string(), rows: z.number().int() })),
  spikes: z.number().int(),
  /** first and last spike, seconds */
  fromS: z.number(),
  toS: z.number(),
  columns: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['event', 'number', 'text']),
      missing: z.number().int(),
      /** null: more than can be listed, or times */
      distinct: z.array(z.union([z.number(), z.string()])).nullable(),
    }),
  ),
  signals: z.array(z.string()),
  suggestion: ratesSchema,
  reasons: z.object({ event: z.string(), conditions: z.string(), only: z.string() }),
});
export type Spikes = z.infer<typeof spikesSchema>;

const fileReportSchema = z.object({ file: z.string(), sha256: z.string(), kept: z.boolean(), why: z.string() });

export const importReplySchema = z.discriminatedUnion('kind', [
  /** files: those of a folder, and what became of each */
  z.object({ kind: z.literal('dataset'), dataset: datasetSummarySchema, files: z.array(fileReportSchema).optional() }),
  z.object({ kind: z.literal('question'), question: mappingQuestionSchema }),
  /** spikes: how they become rates has to be said, as `rates` */
  z.object({ kind: z.literal('spikes'), spikes: spikesSchema }),
]);
export type ImportReply = z.infer<typeof importReplySchema>;

/** What options would make of a file of spikes, see core/data/spikes/rates.ts. */
export const ratesPreviewSchema = z.object({
  report: z.object({
    steps: z.number().int(),
    conditions: z.array(z.object({ label: z.string(), trials: z.number().int(), kept: z.boolean() })),
    trialsLeftOut: z.array(z.object({ why: z.string(), trials: z.number().int() })),
    /** places among the file's units */
    unitsKept: z.array(z.number().int()),
    unitsLeftOut: z.array(z.object({ why: z.string(), units: z.array(z.string()) })),
    signals: z.array(z.string()),
    signalsLeftOut: z.array(z.string()),
  }),
  /** places of those drawn; one figure each */
  units: z.array(z.number().int()),
  figures: z.array(z.custom<Figure>((v) => typeof v === 'object' && v !== null && 'lines' in v)),
});
export type RatesPreview = z.infer<typeof ratesPreviewSchema>;

// ── Runs ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export const runStateSchema = z.enum([
  'queued',
  'running',
  'pausing',
  'paused',
  'interrupted', // its process ended before it did; can be resumed
  'cancelled',
  'failed',
  'done',
]);
export type RunState = z.infer<typeof runStateSchema>;

const failureSchema = z.object({ code: z.string(), message: z.string() }).nullable();

const engineUsedSchema = z.object({ id: z.enum(engineIds), description: z.string(), reason: z.string() });
export type EngineUsed = z.infer<typeof engineUsedSchema>;

/** secondsPerRun: about, and at least, where the engine is slow; else null */
const engineOfRulesSchema = z.object({
  rules: z.array(z.string()),
  engine: engineUsedSchema,
  secondsPerRun: z.number().nullable(),
});
export type EngineOfRules = z.infer<typeof engineOfRulesSchema>;

export const runSummarySchema = z.object({
  id: runId,
  state: runStateSchema,
  spec: runSpecSchema,
  ruleLabel: z.string(),
  datasetName: z.string(),
  /** updates made so far */
  update: z.number().int(),
  mainLoss: z.number().nullable(),
  /** while running */
  secondsLeft: z.number().nullable(),
  /** checkpoints whose results are there, of those stored */
  analyzed: z.number().int(),
  checkpoints: z.number().int(),
  /** results at the last analysed checkpoint; the error is on the test set where there is one */
  testError: z.number().nullable(),
  /** which error that is */
  errorLabel: z.string(),
  distance: z.number().nullable(),
  engine: engineUsedSchema.nullable(),
  /** what ended its training, and what ended the last analysis of its checkpoints */
  error: failureSchema,
  analysisError: failureSchema,
  /** null: trained here; else imported, and the engine is the one that analyses it */
  origin: originSchema.pick({ folder: true }).nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

const column = z.custom<Float64Array>((v) => v instanceof Float64Array);

/** One entry per update made. */
export const updateColumnsSchema = z.object({
  update: column,
  main: column,
  activity: column,
  activityPenalty: column,
  gradientNorm: column,
});
export type UpdateColumns = z.infer<typeof updateColumnsSchema>;

export const checkpointRowSchema = z.object({
  update: z.number().int(),
  sha256: z.string(),
  /** result id → value; absent when not analysed yet, null when it has none */
  results: z.record(z.string(), z.number().nullable()),
  /** result id → why it is null */
  reasons: z.record(z.string(), z.string()),
});
export type CheckpointRow = z.infer<typeof checkpointRowSchema>;

const alignmentPartSchema = z.enum(alignmentParts);

/** How one part of the gradient of a run's rule compares with BPTT's, see `Alignment`. */
export const alignmentRowSchema = z.object({
  update: z.number().int(),
  part: alignmentPartSchema,
  cosine: z.number().nullable(),
  normRatio: z.number().nullable(),
  reason: z.string().nullable(),
});

export const runDetailSchema = runSummarySchema.extend({
  checkpointRows: z.array(checkpointRowSchema),
  /** of the last comparison; empty where there was none */
  alignment: z.array(alignmentRowSchema),
  datasetSha256: z.string(),
  appVersion: z.string(),
  folder: z.string(),
  origin: originSchema.nullable(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

// ── Trained networks from elsewhere ──────────────────────────────────────────────────────────────────────────────

/** What became of one folder: a run (known: it was there already), or the reason why not. */
export const importedModelSchema = z.object({
  folder: z.string(),
  run: runId.nullable(),
  known: z.boolean(),
  notes: z.array(z.string()),
  error: failureSchema,
});
export type ImportedModel = z.infer<typeof importedModelSchema>;

const bytes = z.custom<Uint8Array>((v) => v instanceof Uint8Array);

// ── Engines, settings ────────────────────────────────────────────────────────────────────────────────────────────

export const engineProbeSchema = z.object({
  id: z.enum(engineIds),
  label: z.string(),
  available: z.boolean(),
  /** whether "auto" may take it; false also where it is available on request only */
  automatic: z.boolean(),
  /** what would do the work; empty where not available */
  description: z.string(),
  /** why it is not available or, for TensorFlow.js, why no faster backend is; else empty */
  reason: z.string(),
});
export type EngineProbe = z.infer<typeof engineProbeSchema>;

/** What "auto" takes here; cost: in a sentence, what it costs to have nothing faster; else empty. */
export const automaticEngineSchema = engineUsedSchema.extend({ label: z.string(), cost: z.string() });
export type AutomaticEngine = z.infer<typeof automaticEngineSchema>;

export const engineTestSchema = z.object({
  engine: z.enum(engineIds),
  label: z.string(),
  description: z.string(),
  /** by rule; refusal: why the engine does not know it, or null; difference: from the reference engine, as a share */
  numbers: z.array(
    z.object({
      rule: z.string(),
      refusal: z.string().nullable(),
      difference: z.number().nullable(),
      agrees: z.boolean(),
      /** a second time gives the same bits */
      repeats: z.boolean(),
    }),
  ),
  /** of one weight change of the published reach size; estimated: measured on a tenth of the trials */
  speed: z.array(
    z.object({
      rule: z.string(),
      msPerUpdate: z.number(),
      estimated: z.boolean(),
      /** per network, four at once; null where that gains nothing */
      msTogether: z.number().nullable(),
    }),
  ),
  /** why the test could not be finished, or null */
  error: z.string().nullable(),
});
export type EngineTest = z.infer<typeof engineTestSchema>;

export const selfTestSchema = z.object({
  tests: z.array(engineTestSchema),
  threads: z.number().int(),
  seconds: z.number(),
  /** stopped by the user: engines may be missing */
  cancelled: z.boolean(),
});
export type SelfTest = z.infer<typeof selfTestSchema>;

export const testProgressSchema = z.object({ label: z.string(), doing: z.string(), done: z.number(), of: z.number() });
export type TestProgress = z.infer<typeof testProgressSchema>;

const threadCount = z.number().int().min(1).max(256);

export const settingsSchema = z.object({
  /** processor cores that training may use, shared out over the runs at work; null = all */
  threads: threadCount.nullable(),
  /** runs trained at the same time, a group on a GPU counting as one; null = one per thread */
  parallelRuns: z.number().int().min(1).max(64).nullable(),
  theme: z.enum(['system', 'light', 'dark']),
});
export type Settings = z.infer<typeof settingsSchema>;

const figureSchema = z.custom<Figure>((v) => typeof v === 'object' && v !== null && 'lines' in v);
const comparisonSchema = z.custom<SeedComparison>((v) => typeof v === 'object' && v !== null && 'statistics' in v);
const presetSchema = z.custom<Preset>((v) => typeof v === 'object' && v !== null && 'plan' in v);
const choice = z.object({ id: z.string(), label: z.string(), summary: z.string() });

/** needs: of runs; parts: of the gradient, of which it shows one at a time, the first at first; empty: none; reads: see `FigureDefinition` */
const figureChoiceSchema = choice.extend({
  needs: z.enum(['results', 'losses', 'alignments']),
  parts: z.array(z.object({ id: alignmentPartSchema, label: z.string() })),
  reads: z.enum(readAtIds).nullable(),
});
export type FigureChoice = z.infer<typeof figureChoiceSchema>;

/** options: those that it reads, by their names in the call */
const viewChoiceSchema = choice.extend({
  /** of one run at a checkpoint, or of several runs by the distances between their activities */
  kind: z.enum(['network', 'embedding']),
  options: z.array(viewOptionsSchema.keyof()),
});
export type ViewChoice = z.infer<typeof viewChoiceSchema>;
export type ViewOptions = z.output<typeof viewOptionsSchema>;

/** A rule with what it needs and the numbers that a plan may set, see core/rules/rule.ts. */
export const ruleChoiceSchema = choice.extend({
  source: z.string(),
  /** lines with what they stand for */
  equation: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
  needs: z.object({
    locality: z.enum(needKinds.locality),
    signal: z.enum(needKinds.signal),
    weightTransport: z.enum(needKinds.weightTransport),
    timing: z.enum(needKinds.timing),
    draws: z.enum(needKinds.draws),
    memory: z.string(),
  }),
  settings: z.record(
    z.string(),
    z.object({
      label: z.string(),
      hint: z.string(),
      unit: z.string().optional(),
      default: z.number(),
      whole: z.boolean().optional(),
      least: z.number().optional(),
      most: z.number().optional(),
    }),
  ),
});
export type RuleChoice = z.infer<typeof ruleChoiceSchema>;

/** What became of a law of a rule, see app/ruleLaws/law.ts. */
export const lawOutcomeSchema = z.object({
  /** id */
  rule: z.string(),
  /** a sentence that goes on from the rule's name */
  says: z.string(),
  /** what the value is */
  figure: z.string(),
  value: z.number().nullable(),
  /** where the law holds; null: no bound */
  least: z.number().nullable(),
  most: z.number().nullable(),
  holds: z.boolean(),
});
export type LawOutcome = z.infer<typeof lawOutcomeSchema>;

/** A metric that compares activity, with its card. */
export const metricChoiceSchema = z.object({
  id: z.string(),
  label: z.string(),
  meaning: z.string(),
  source: z.string(),
  better: z.enum(['lower', 'higher', 'neither']),
  /** whether x against y is y against x */
  symmetric: z.boolean(),
  preprocessing: z.string(),
  limits: z.string(),
  /** what can be set, as data that a form is drawn from */
  settings: z.custom<TaskSettings>((v) => typeof v === 'object' && v !== null),
});
export type MetricChoice = z.infer<typeof metricChoiceSchema>;

/** A way to apply a metric; random: it draws, so that draws and seed matter. */
export const protocolChoiceSchema = choice.extend({
  random: z.boolean(),
  parts: z.array(z.object({ id: z.string(), label: z.string() })),
});
export type ProtocolChoice = z.infer<typeof protocolChoiceSchema>;

/** How far the numbers of a measure are: checkpoints and levels computed since it was asked for; 0 of 0: none missing. */
export const measureProgressSchema = z.object({
  /** the measure as canonical JSON */
  measure: z.string(),
  done: z.number().int(),
  of: z.number().int(),
  secondsLeft: z.number().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type MeasureProgress = z.infer<typeof measureProgressSchema>;

// ── Pages of recordings ──────────────────────────────────────────────────────────────────────────────────────────

/** Colours of conditions: by the values of a variable (null: each its own); average: one line per colour. */
const conditionChoiceSchema = z.object({ by: z.string().nullable(), average: z.boolean() });

const recordingFactsSchema = z.custom<RecordingFacts>((v) => typeof v === 'object' && v !== null && 'trials' in v);

/** What a page needs to know before it shows anything. */
const recordingAxesSchema = z.object({
  /** null: neurons have numbers alone */
  neuronNames: z.array(z.string()).nullable(),
  conditionLabels: z.array(z.string()),
  /** what tells conditions apart, and how many different values it has */
  variables: z.array(z.object({ name: z.string(), levels: z.number().int() })),
  /** taken where no colours are chosen */
  usual: conditionChoiceSchema,
  /** files of the folder that it was imported from; 0: it was a file */
  files: z.number().int(),
  /** on steps of its own; null: none was added */
  behaviour: z.object({ name: z.string(), signals: z.number().int(), steps: z.number().int() }).nullable(),
});

const recordingSchemas = {
  overview: z.object({ facts: recordingFactsSchema, axes: recordingAxesSchema, figures: z.array(figureSchema) }),
  components: z.object({
    participationRatio: z.number(),
    /** components that hold 90 % of the variance, of how many */
    ninety: z.number().int(),
    of: z.number().int(),
    shares: z.array(z.number()),
    figures: z.array(figureSchema),
  }),
  reliability: z.object({
    /** over neurons that have a number */
    median: z.number().nullable(),
    neurons: z.number().int(),
    /** why others have none, and how many */
    reasons: z.record(z.string(), z.number()),
    draws: z.number().int(),
    seed: z.number().int(),
    /** by neuron */
    values: z.array(z.number().nullable()),
    least: z.array(z.object({ title: z.string(), neuron: z.number().int(), value: z.number() })),
    figures: z.array(figureSchema),
  }),
};
const ofRecording = z.object({ dataset: datasetId, colours: conditionChoiceSchema.optional() });

type Call = { in: z.ZodType; out: z.ZodType };
const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): { in: I; out: O } => ({
  in: input,
  out: output,
});
const nothing = z.undefined();
const runs = z.object({ runs: z.array(runId) });

export const calls = {
  'app.info': call(
    nothing,
    z.object({
      version: z.string(),
      host: z.enum(['electron', 'browser', 'cli']),
      platform: z.string(),
      workspace: z.string(),
      cores: z.number(),
    }),
  ),
  /** rules, tasks, activations and figures there are, for forms and menus */
  'app.choices': call(
    nothing,
    z.object({
      rules: z.array(ruleChoiceSchema),
      tasks: z.array(
        choice.extend({
          /** false: it can also be trained alone, a plan's data being { recording: 'none' } */
          needsRecording: z.boolean(),
          /** what is taken for granted and not published; null: nothing */
          assumes: z.string().nullable(),
          defaults: z.unknown(),
          /** what can be set, as data that a form is drawn from; null: not described */
          settings: z.custom<TaskSettings>((v) => typeof v === 'object' && v !== null).nullable(),
        }),
      ),
      activations: z.array(choice),
      figures: z.array(figureChoiceSchema),
      views: z.array(viewChoiceSchema),
      embeddings: z.array(choice),
      metrics: z.array(metricChoiceSchema),
      protocols: z.array(protocolChoiceSchema),
      exportFormats: z.array(choice),
      datasetFormats: z.array(choice),
      presets: z.array(presetSchema),
      figurePresets: z.array(choice.extend({ figure: z.string(), view: figureViewSchema })),
    }),
  ),
  /** checks the laws of these rules, absent: of all, on small networks; a few seconds */
  'rule.check': call(z.object({ rules: z.array(z.string()).optional() }), z.array(lawOutcomeSchema)),
  'settings.get': call(nothing, settingsSchema),
  'settings.set': call(settingsSchema.partial(), settingsSchema),
  /** looked for once in the life of the host */
  'engine.probe': call(nothing, z.object({ engines: z.array(engineProbeSchema), automatic: automaticEngineSchema })),
  /** tests every engine there is; threads: absent = as set; who asks while a test is at work gets its result */
  'engine.test': call(z.object({ threads: threadCount.optional() }), selfTestSchema),
  'engine.cancelTest': call(nothing, nothing),

  'dataset.list': call(nothing, z.array(datasetSummarySchema)),
  /** behaviour: a file that adds some to the recording */
  'dataset.import': call(fileToReadSchema.extend({ behaviour: fileToReadSchema.optional() }), importReplySchema),
  /** a new dataset with the behaviour of another file; the former stays as it is, as do the runs trained on it */
  'dataset.addBehaviour': call(fileToReadSchema.extend({ dataset: datasetId }), importReplySchema),
  /** stops an import of this file that is going on; it then fails with `import.cancelled` */
  'dataset.cancelImport': call(z.object({ path: z.string() }), nothing),
  /** what these options would make of a file of spikes; units: places of those to be drawn */
  'dataset.previewRates': call(
    z.object({
      path: z.string().min(1),
      rates: ratesSchema,
      units: z.array(z.number().int().min(0)).max(12),
    }),
    ratesPreviewSchema,
  ),
  /** forgets the spikes of a file that was looked at */
  'dataset.closeSpikes': call(z.object({ path: z.string() }), nothing),
  /** imports the bundled simulated recording, or gives it when it is there already */
  'dataset.importSample': call(nothing, datasetSummarySchema),
  /** what became of each file of the folder that it was imported from; none where it was a file */
  'dataset.files': call(z.object({ dataset: datasetId }), z.array(fileReportSchema)),
  'dataset.rename': call(z.object({ dataset: datasetId, name: z.string().min(1).max(200) }), datasetSummarySchema),
  /** refused while runs were trained on it */
  'dataset.remove': call(z.object({ dataset: datasetId }), nothing),
  /** condition-averaged traces of the chosen neurons (from 0), at most 12 */
  'dataset.traces': call(
    ofRecording.extend({ neurons: z.array(z.number().int().min(0)).min(1).max(12) }),
    z.array(figureSchema),
  ),
  /** behaviour on steps of its own, a figure per signal; none where none was added */
  'dataset.behaviour': call(ofRecording, z.array(figureSchema)),
  /** facts of a recording and the activity of all its neurons together; computed once, on a worker thread, as are the next two */
  'dataset.overview': call(ofRecording, recordingSchemas.overview),
  /** principal components; count: of those over time */
  'dataset.components': call(
    ofRecording.extend({ count: z.number().int().min(1).max(6).default(3) }),
    recordingSchemas.components,
  ),
  /** split-half reliability; throws `recording.trials` where there are averages alone */
  'dataset.reliability': call(z.object({ dataset: datasetId }), recordingSchemas.reliability),
  /** what is to be known of a dataset beside its numbers; what is not given stays */
  'dataset.describe': call(datasetAboutSchema.partial().extend({ dataset: datasetId }), datasetSummarySchema),
  /** the dataset as files for other programs, its own first */
  'dataset.export': call(
    z.object({ dataset: datasetId, format: z.enum(datasetFormatIds) }),
    z.object({ files: z.array(z.object({ name: z.string(), bytes })) }),
  ),

  /** how many runs, which engine for which rules and why; throws what `run.start` would throw */
  'plan.check': call(planSchema, z.object({ runs: z.number(), engines: z.array(engineOfRulesSchema) })),
  'run.start': call(planSchema, z.array(runId)),
  'run.list': call(nothing, z.array(runSummarySchema)),
  'run.get': call(z.object({ run: runId }), runDetailSchema),
  /** from update `after` (exclusive) on */
  'run.updates': call(z.object({ run: runId, after: z.number().int().min(0).default(0) }), updateColumnsSchema),
  'run.pause': call(runs, nothing),
  'run.resume': call(runs, nothing),
  'run.cancel': call(runs, nothing),
  /** deletes runs with their checkpoints; refused for one that is running */
  'run.remove': call(runs, nothing),
  /** analyses checkpoints that have no results yet; runs that are done, or failed on the way, are analysed by themselves */
  'run.analyze': call(runs, nothing),

  /** opens trained networks of the published layout as runs: the folder of one, or one that holds such folders */
  'model.import': call(
    z.object({ path: z.string().min(1), dataset: datasetId.optional() }),
    z.array(importedModelSchema),
  ),
  /** one checkpoint as a file, or all of a run in a ZIP archive */
  'model.export': call(
    z.object({
      run: runId,
      update: z.union([z.number().int().min(0), z.enum(['last', 'all'])]),
      format: z.enum(exportFormatIds),
    }),
    z.object({ name: z.string(), bytes }),
  ),

  'figure.describe': call(figureViewSchema.extend({ figure: z.string(), runs: z.array(runId) }), figureSchema),
  /** all that the figure's numbers depend on, for the metadata of exported files */
  'figure.recipe': call(figureViewSchema.extend({ figure: z.string(), runs: z.array(runId) }), recipeSchema),
  /** figures of runs, how those were made and all hashes, as one HTML page */
  'report.write': call(
    z.object({ runs: z.array(runId), figures: z.array(z.string()), view: figureViewSchema.default({}) }),
    z.object({ html: z.string() }),
  ),
  /** trains what of a recipe's runs is not here, again from its seeds; all its runs, in its order */
  'recipe.train': call(z.object({ recipe: recipeSchema }), z.array(runId)),
  /** trains what of a plan's runs is not there yet; all of them */
  'figure.reproduce': call(z.object({ plan: planSchema }), z.array(runId)),
  /** what of a recipe is here: its dataset, by content, and its runs, by settings and networks; null: not here */
  'recipe.open': call(
    z.object({ recipe: recipeSchema }),
    z.object({
      dataset: datasetId.nullable(),
      runs: z.array(runId.nullable()),
      /** the figure of the runs that are here; null unless all are */
      figure: figureSchema.nullable(),
      /** whether every number is as it was; null unless all runs are here */
      identical: z.boolean().nullable(),
    }),
  ),
  /** groups of seeds and every pair of them, by the distance of each seed at one reading */
  'stats.compare': call(
    runs.extend({
      measure: measureSchema.optional(),
      reading: readingSchema.optional(),
      statistics: statisticsSchema.optional(),
    }),
    comparisonSchema,
  ),

  /** computes what the runs' checkpoints lack of a measure; throws where there is no such metric, setting or protocol */
  /**
   * Views of trained networks, see core/figures/views: of one run at a checkpoint (update absent: the last), or of several
   * and their recording. Computed on a worker thread, one view at a time.
   */
  'network.view': call(
    z.object({
      view: z.string(),
      runs: z.array(runId).min(1),
      update: z.number().int().min(0).optional(),
      options: viewOptionsSchema.prefault({}),
    }),
    z.array(figureSchema),
  ),
  /** ends the view at work, whose caller gets LabError `view.cancelled` */
  'network.cancelView': call(nothing, nothing),

  'measure.start': call(z.object({ runs: z.array(runId), measure: measureSchema }), measureProgressSchema),
  /** checkpoints of the runs that have all numbers of the measure */
  'measure.known': call(
    z.object({ runs: z.array(runId), measure: measureSchema }),
    z.object({ known: z.number().int(), of: z.number().int() }),
  ),
  /** numbers found so far are kept */
  'measure.cancel': call(z.object({ measure: measureSchema }), nothing),
} as const satisfies Record<string, Call>;

export const events = {
  'dataset.changed': z.object({ dataset: datasetId }),
  /** how much of a file or folder that is being imported was read, 0 to 1; files: of a folder */
  'dataset.importing': z.object({
    path: z.string(),
    share: z.number(),
    files: z.object({ done: z.number().int(), of: z.number().int() }).optional(),
  }),
  /** a file chosen in the host's own dialog: the page imports it, and asks what has to be asked */
  'dataset.chosen': z.object({ path: z.string() }),
  /** a folder, chosen likewise; files: in it and in the folders inside it, each as folder/file */
  'folder.chosen': z.object({ path: z.string(), files: z.array(z.string()) }),
  /** a folder of trained networks, chosen likewise */
  'model.chosen': z.object({ path: z.string() }),
  'run.changed': runSummarySchema,
  'run.removed': z.object({ run: runId }),
  /** updates made since the last such event */
  'run.updates': z.object({ run: runId, columns: updateColumnsSchema, secondsLeft: z.number().nullable() }),
  'measure.progress': measureProgressSchema,
  /** pairs compared of those that the view at work lacked; of 0: none is at work any more */
  'network.viewing': z.object({ done: z.number().int(), of: z.number().int() }),
  'settings.changed': settingsSchema,
  'engine.testing': testProgressSchema,
} as const satisfies Record<string, z.ZodType>;

export type Calls = typeof calls;
export type CallName = keyof Calls;
/** What a caller writes, before defaults are filled in. */
export type CallInput<K extends CallName> = z.input<Calls[K]['in']>;
export type CallOutput<K extends CallName> = z.output<Calls[K]['out']>;
export type EventName = keyof typeof events;
export type EventPayload<K extends EventName> = z.output<(typeof events)[K]>;
export type Handlers = {
  [K in CallName]: (input: z.output<Calls[K]['in']>) => CallOutput<K> | Promise<CallOutput<K>>;
};
export type Emit = <K extends EventName>(name: K, payload: EventPayload<K>) => void;
