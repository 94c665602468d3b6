/** What pointing at a chart says: rule, seed, update, value. */
import type { Figure } from '../core/figures/figure.ts';
import type { ChartPoint, LineDataset } from './lineChart.ts';

/** "e-prop · seed 3 · update 25 · Procrustes distance 0.4831" */
export function pointLabel(
  { groups, x: xAxis, y: yAxis }: Figure,
  { group, label }: Pick<LineDataset, 'group' | 'label'>,
  { x, y, origin, n }: ChartPoint,
): string {
  const groupLabel = groups.find((g) => g.id === group)?.label ?? label ?? '';
  const values = `${shortName(yAxis.label)} ${significant(y)}`;
  if (origin) return [groupLabel, `seed ${origin.seed}`, `update ${origin.update}`, values].join(' · ');
  const at = xAxis.places ? [] : [`${shortName(xAxis.label)} ${significant(x)}`];
  return [groupLabel, ...(n === null ? [] : [`mean of ${n} seeds`]), ...at, values].join(' · ');
}

/** An axis label without what stands in brackets. */
export function shortName(label: string): string {
  return label.replace(/\s*\(.*\)$/, '');
}

function significant(v: number): string {
  return String(Number(v.toPrecision(4))).replace('-', '−');
}
