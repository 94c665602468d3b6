/** The live chart: training loss of several runs, one thin line each, coloured by rule. */
import type { RunSummary } from '../../app/contract.ts';
import type { Figure } from '../../core/figures/figure.ts';
import { updatesAxis } from '../../core/figures/versusUpdates.ts';
import { extremes } from './lossSeries.ts';
import type { LossSeries } from './lossSeries.ts';

/** points on the whole chart, so that drawing stays within a frame */
const mostPoints = 6000;

type Entry = { readonly run: RunSummary; readonly series: LossSeries };

/** groups: of the rules, by id */
export function lossFigure(entries: readonly Entry[], groups: Figure['groups'], logY: boolean): Figure {
  const most = Math.max(100, Math.floor(mostPoints / Math.max(1, entries.length)));
  const thinned = entries.map(({ series }) => extremes(series.update, series.loss, most));
  const stride = Math.max(1, ...thinned.map((t) => t.stride));
  const growing = entries.some(({ run }) => run.state === 'running' || run.state === 'pausing');
  return {
    id: 'liveLoss',
    title: 'Training loss',
    // while lines grow, the axis grows in round steps rather than with each update
    x: updatesAxis(growing ? [] : thinned.map((t) => t.x.at(-1) ?? 0)),
    y: { label: 'Training loss', scale: logY ? 'log' : 'linear', min: logY ? null : 0, max: null },
    groups,
    palette: 'distinct',
    lines: entries.map(({ run }, i) => ({
      label: `${run.ruleLabel}, seed ${run.spec.seed}`,
      group: run.spec.rule,
      role: 'member',
      x: thinned[i].x,
      y: thinned[i].y,
      origins: thinned[i].x.map((update) => ({ run: run.id, seed: run.spec.seed, update })),
      n: [],
    })),
    bands: [],
    references: [],
    notes: stride === 1 ? [] : [`Of every ${stride} updates the lowest and the highest loss are drawn.`],
  };
}
