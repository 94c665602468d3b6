/** Results of runs → Figure. */
import { LabError } from '../core/errors.ts';
import { alignedParts, alignmentPoint } from '../core/figures/alignedParts.ts';
import type { Figure } from '../core/figures/figure.ts';
import { distanceBars } from '../core/figures/distanceBars.ts';
import type { CurvePoint, FigureInput } from '../core/figures/figureInput.ts';
import { figures } from '../core/figures/index.ts';
import type { SeedComparison } from '../core/figures/seedComparison.ts';
import { performanceMetrics } from '../core/metrics/performance.ts';
import type { Performance } from '../core/metrics/performance.ts';
import { participationRatio } from '../core/metrics/participationRatio.ts';
import { usualStatistics } from '../core/statistics/compareGroups.ts';
import { usualReading } from '../core/statistics/readAt.ts';
import { tasks } from '../core/tasks/index.ts';
import { measuredDistance, ownDistance } from './distanceShown.ts';
import type { ResultsOf, ShownFor } from './distanceShown.ts';
import type { FigureView } from './figureView.ts';
import type { Ports, RunRow } from './ports.ts';
import { groupsOf } from './runGroups.ts';

type Needs = Pick<Ports, 'store' | 'machine'>;

export function describeFigure(
  id: string,
  runs: readonly RunRow[],
  { logY = false, band = 'sd', part = alignedParts[0], measure, reading, statistics = usualStatistics }: FigureView,
  ports: Needs,
): Figure {
  const definition = figures.get(id);
  const groups = groupsOf(runs);
  const recording = recordingOf(runs, ports);
  const wants = definition.needs;
  const results: ResultsOf = new Map(
    wants === 'results' ? runs.map((run) => [run.id, ports.store.results.ofRun(run.id)]) : [],
  );
  const shown = measure ? measuredDistance(measure, runs, ports) : ownDistance(runs, results, ports);
  const named = runs.map((run, i) => ({
    run: run.id,
    rule: groups[i].id,
    ruleLabel: groups[i].label,
    color: groups[i].color,
    seed: run.spec.seed,
  }));
  const input: FigureInput = {
    curves:
      wants === 'losses'
        ? []
        : runs.map((run, i) => ({
            ...named[i],
            points: wants === 'results' ? resultPoints(run, results, shown) : alignmentPoints(run, ports),
          })),
    losses:
      wants === 'losses'
        ? named.map((name) => {
            const { update, main, gradientNorm } = ports.store.updates.read(name.run, 0);
            return { ...name, updates: update, loss: main, gradientNorm };
          })
        : [],
    ...recording,
    distance: shown.distance,
    performance: performanceIn(runs),
    logY,
    part,
    reading: reading ?? { ...usualReading, at: definition.reads ?? usualReading.at },
    statistics,
    band,
  };
  return definition.describe(input);
}

/** The comparison of seeds alone. Throws LabError `stats.unrecorded`. */
export function compareRuns(runs: readonly RunRow[], view: Omit<FigureView, 'logY'>, ports: Needs): SeedComparison {
  const { comparison } = describeFigure(distanceBars.id, runs, { ...view, logY: false }, ports);
  if (comparison) return comparison;
  throw new LabError(
    'stats.unrecorded',
    `Comparing ${runs.length} runs: they were trained on a task alone, so there is no distance to a recording to compare. Choose runs of a recording.`,
  );
}

function resultPoints(run: RunRow, results: ResultsOf, shown: ShownFor): CurvePoint[] {
  const byUpdate = Map.groupBy(results.get(run.id)!, (r) => r.update);
  const measured = shown.values(run);
  return [...byUpdate].map(([update, found]) => ({
    update,
    values: { ...Object.fromEntries(found.map(({ result }) => [result.id, result.value])), ...measured.get(update) },
  }));
}

function alignmentPoints(run: RunRow, { store }: Needs): CurvePoint[] {
  const byUpdate = Map.groupBy(store.alignments.read(run.id), (a) => a.update);
  return [...byUpdate].map(([update, alignments]) => alignmentPoint(update, alignments));
}

/** Runs of both conventions are compared by what both have: the corrected measure. */
function performanceIn(runs: readonly RunRow[]): Performance {
  const losses = new Set(runs.map(({ spec }) => tasks.get(spec.task.id).loss(spec.task.settings)));
  if (losses.size > 1) {
    throw new LabError(
      'figure.tasks',
      `Describing a figure: the ${runs.length} runs are of tasks with different losses, whose errors have no scale in common. Choose runs of one task.`,
    );
  }
  const published = runs.every(({ spec }) => spec.conventions === 'published');
  return performanceMetrics([...losses][0] ?? 'mean-squared-error', published ? 'published' : 'corrected');
}

/** Runs of several recordings in one figure would need one baseline each; a figure is of one recording. */
function recordingOf(runs: readonly RunRow[], { store }: Needs): Pick<FigureInput, 'recorded' | 'recording'> {
  const ids = new Set(runs.map((run) => run.spec.dataset));
  if (ids.size > 1) {
    throw new LabError(
      'figure.datasets',
      `Describing a figure: the ${runs.length} runs belong to ${ids.size} recordings. Choose runs of one recording.`,
    );
  }
  const row = runs[0] && store.datasets.get(runs[0].spec.dataset);
  if (!row) return { recorded: true, recording: {} };
  return { recorded: row.neurons > 0, recording: { [participationRatio.id]: row.participationRatio } };
}
