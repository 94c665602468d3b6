/** One entry per group; in the app a click hides the group with its members, mean and band. */
import type { Chart, ChartOptions, LegendItem } from 'chart.js';
import type { Figure } from '../core/figures/figure.ts';
import type { LineDataset } from './lineChart.ts';
import { fontFamily } from './style.ts';
import type { Style } from './style.ts';

/** More entries than this would crowd out the plot. */
const mostEntries = 12;

type Options = NonNullable<NonNullable<ChartOptions<'line'>['plugins']>['legend']>;

export function legendOptions(
  { groups }: Figure,
  colors: ReadonlyMap<string, string>,
  style: Style,
  fontSize: number,
): Options {
  return {
    display: groups.length > 1 && groups.length <= mostEntries,
    align: 'start',
    labels: {
      usePointStyle: true,
      pointStyleWidth: 2 * fontSize,
      boxHeight: fontSize / 2,
      padding: fontSize * 0.8,
      font: { family: fontFamily, size: fontSize },
      color: style.ink,
      generateLabels: (chart: Chart): LegendItem[] =>
        groups.map(({ id, label }, index) => ({
          text: label,
          index,
          pointStyle: 'line',
          strokeStyle: colors.get(id) ?? style.ink,
          lineWidth: style.meanWidth,
          fontColor: style.ink,
          hidden: !isGroupVisible(chart, id),
        })),
    },
    onClick: (_event: unknown, item: LegendItem, { chart }: { chart: Chart }) => {
      const { id } = groups[item.index!];
      const show = !isGroupVisible(chart, id);
      datasetsOf(chart, id).forEach((i) => chart.setDatasetVisibility(i, show));
      chart.update();
    },
  };
}

export function isGroupVisible(chart: Chart, group: string): boolean {
  return datasetsOf(chart, group).some((i) => chart.isDatasetVisible(i));
}

function datasetsOf(chart: Chart, group: string): number[] {
  const datasets = chart.data.datasets as unknown as LineDataset[];
  return datasets.flatMap((d, i) => (d.group === group ? [i] : []));
}
