/** Rows of the run table: what the filter leaves, in the order asked for. */
import type { RunState, RunSummary } from '../../app/contract.ts';

export type ColumnId =
  | 'state'
  | 'rule'
  | 'seed'
  | 'dataset'
  | 'progress'
  | 'left'
  | 'loss'
  | 'testError'
  | 'distance'
  | 'engine'
  | 'created';

export type Order = { readonly column: ColumnId; readonly descending: boolean };

export const newestFirst: Order = { column: 'created', descending: true };

type Key = string | number | null;

const stateOrder: readonly RunState[] = [
  'running',
  'pausing',
  'queued',
  'paused',
  'interrupted',
  'failed',
  'cancelled',
  'done',
];

const keys: Record<ColumnId, (run: RunSummary) => Key> = {
  state: (run) => stateOrder.indexOf(run.state),
  rule: (run) => run.ruleLabel,
  seed: (run) => run.spec.seed,
  dataset: (run) => run.datasetName,
  progress: (run) => run.update / run.spec.training.updates,
  left: (run) => run.secondsLeft,
  loss: (run) => run.mainLoss,
  testError: (run) => run.testError,
  distance: (run) => run.distance,
  engine: (run) => run.engine?.id ?? null,
  created: (run) => run.createdAt,
};

/** Equal rows: newest first, then by seed, then by rule. Rows without a value come last either way. */
export function sorted(runs: readonly RunSummary[], { column, descending }: Order): RunSummary[] {
  const key = keys[column];
  const sign = descending ? -1 : 1;
  return runs.toSorted((a, b) => {
    const [p, q] = [key(a), key(b)];
    if (p === null || q === null) return Number(p === null) - Number(q === null) || tie(a, b);
    return sign * compared(p, q) || tie(a, b);
  });
}

function tie(a: RunSummary, b: RunSummary): number {
  return b.createdAt - a.createdAt || a.spec.seed - b.spec.seed || a.ruleLabel.localeCompare(b.ruleLabel);
}

function compared(p: string | number, q: string | number): number {
  return typeof p === 'string' ? p.localeCompare(String(q)) : p - Number(q);
}

/**
 * Every word of the text has to occur: "e-prop done", "seed 3". A number stands for itself (3 is not 13), and an id is
 * found by its first four or more characters, since a random id may hold any shorter word.
 */
export function filtered(runs: readonly RunSummary[], text: string): RunSummary[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter((run) => {
    const [searched, id] = [searchText(run), run.id.toLowerCase()];
    return words.every((word) => occurs(word, searched) || (word.length >= 4 && id.startsWith(word)));
  });
}

function occurs(word: string, searched: string): boolean {
  return /^\d+$/.test(word) ? searched.match(/\d+/g)?.includes(word) === true : searched.includes(word);
}

function searchText({ state, origin, ruleLabel, datasetName, spec, engine, error }: RunSummary): string {
  return [
    state,
    origin ? 'imported' : '',
    ruleLabel,
    spec.rule,
    `seed ${spec.seed}`,
    datasetName,
    `${spec.model.units} units`,
    engine?.id ?? '',
    error?.code ?? '',
  ]
    .join(' ')
    .toLowerCase();
}

/** A column's first click: numbers of interest and dates from the top, text from A. */
export function nextOrder(now: Order, column: ColumnId): Order {
  if (now.column === column) return { column, descending: !now.descending };
  return { column, descending: column === 'created' || column === 'progress' };
}

export type RunAction = 'pause' | 'resume' | 'cancel' | 'remove' | 'analyze';

const allowed: Record<RunAction, readonly RunState[]> = {
  pause: ['queued', 'running'],
  resume: ['paused', 'interrupted', 'cancelled', 'failed'],
  cancel: ['queued', 'running', 'pausing', 'paused', 'interrupted'],
  remove: ['queued', 'paused', 'interrupted', 'cancelled', 'failed', 'done'],
  analyze: ['paused', 'interrupted', 'cancelled', 'failed', 'done'],
};

/** Results come by themselves, until an analysis fails. */
export function beingAnalysed({ state, analysisError, analyzed, checkpoints }: RunSummary): boolean {
  return (state === 'done' || state === 'failed') && analysisError === null && analyzed < checkpoints;
}

/** The runs that the action can do something to. Imported ones are not trained here. */
export function actionable(runs: readonly RunSummary[], action: RunAction): RunSummary[] {
  return runs.filter(
    (run) =>
      allowed[action].includes(run.state) &&
      (action !== 'analyze' || run.analyzed < run.checkpoints) &&
      (action !== 'resume' || run.origin === null),
  );
}
