/**
 * A name for an analysis by its content: two analyses with the same text give the same numbers. The text is canonical
 * JSON (keys sorted, no spaces), to be hashed by whoever caches results.
 */
import { LabError } from '../errors.ts';
import type { ModelSettings } from '../models/parameters.ts';
import type { ComparisonMetric, Metric } from '../metrics/metric.ts';

/** Raised whenever the same inputs would give other numbers than before. */
const definitionVersion = 2;

/** A way of measuring; draws and seed: null where nothing is drawn at random. */
export type Drawn = { readonly id: string; readonly draws: number | null; readonly seed: number | null };

export type AnalysisInputs = {
  /** sha256 of everything in the recording that numbers depend on */
  readonly dataset: string;
  /** the task's id and settings */
  readonly task: { readonly id: string; readonly settings: unknown };
  /** what else than its parameters fixes the network's equation */
  readonly model: Pick<ModelSettings, 'activation' | 'activationSlope' | 'tauMs' | 'leak' | 'dale' | 'density'>;
  readonly conventions: 'published' | 'corrected';
  /** sha256 of the checkpoint */
  readonly parameters: string;
  /** who computed the activity */
  readonly engine: string;
  readonly metric: Metric;
  /** how the metric is applied, where that is not simply to everything */
  readonly protocol?: Drawn;
  /** how the test set was drawn, or null */
  readonly testSet: { readonly seed: number; readonly trials: number } | null;
};

export function analysisKey({ metric, ...inputs }: AnalysisInputs): string {
  const settings = metric.kind === 'comparison' ? metric.defaults : null;
  return canonicalJson({ ...inputs, metric: { id: metric.id, settings }, definitionVersion });
}

export type LevelInputs = {
  readonly level: Drawn;
  /** sha256 of everything in the recording that numbers depend on */
  readonly dataset: string;
  readonly metric: ComparisonMetric;
  readonly protocol?: Drawn;
};

/** The same for a level of a recording. */
export function levelKey({ metric, ...inputs }: LevelInputs): string {
  return canonicalJson({ ...inputs, metric: { id: metric.id, settings: metric.defaults }, definitionVersion });
}

/** JSON of plain data with the keys of every object in order, so that equal data give equal text. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, v]) => `${JSON.stringify(key)}:${canonicalJson(v)}`).join(',')}}`;
  }
  throw new LabError(
    'analysis.key',
    `Naming an analysis by its content: expected plain data, found a ${typeof value}.`,
  );
}
