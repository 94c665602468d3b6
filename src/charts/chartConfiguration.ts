/**
 * A figure as a Chart.js configuration. Pure: the same figure gives the same configuration; call it again rather than
 * change a chart's options. The app's canvas, PNG and SVG all draw this one.
 */
import type { Figure, Line } from '../core/figures/figure.ts';
import { bandsAndReferences, extentOfMarks } from './bandsAndReferences.ts';
import { equalAspect } from './equalAspect.ts';
import { legendOptions } from './legend.ts';
import type { LineChart, LineDataset } from './lineChart.ts';
import { groupColors, withOpacity } from './palette.ts';
import { seedOffsets } from './places.ts';
import { scaleOptions } from './scaleOptions.ts';
import { inSlices } from './slices.ts';
import type { Later } from './slices.ts';
import { styles } from './style.ts';
import type { Style, StyleName } from './style.ts';

export type ChartOptions = {
  /** CSS pixels */
  readonly fontSize: number;
  /** true in the app: fits its container, and a legend that hides groups */
  readonly interactive: boolean;
  /** in the app: how long lines are drawn over several frames */
  readonly later?: Later;
};

export function chartConfiguration(figure: Figure, styleName: StyleName, options: ChartOptions): LineChart {
  const style = styles[styleName];
  const { fontSize, interactive, later } = options;
  const colors = groupColors(figure, style.ground);
  return {
    type: 'figureLine' as 'line',
    data: { datasets: datasetsOf(figure, colors, style, options) },
    plugins: [
      ...(later ? [inSlices(later)] : []),
      bandsAndReferences(figure, colors, style, fontSize),
      ...(figure.aspect ? [equalAspect] : []),
    ],
    options: {
      animation: false,
      responsive: interactive,
      maintainAspectRatio: false,
      locale: 'en-US',
      events: interactive ? ['click'] : [],
      layout: { padding: { top: 4, right: fontSize, bottom: 0, left: 0 } },
      scales: {
        x: scaleOptions(figure.x, style, fontSize, null),
        y: scaleOptions(figure.y, style, fontSize, extentOfMarks(figure), longestUpright),
      },
      plugins: {
        legend: legendOptions(figure, colors, style, fontSize),
      },
    },
  };
}

/** characters of a label that runs up the axis: more do not fit where figures stand side by side */
const longestUpright = 32;
const dashes = [5, 3];
const dotRadius = 2.4;
/** more dots than this lie over each other, so that one has to see through them */
const mostOpaque = 20;

/** A line of one point would not be seen without a dot. */
function pointRadius({ drawn, sizes }: Line): number | number[] {
  if (drawn === undefined) return 0;
  return sizes ? sizes.map((size) => size * dotRadius) : dotRadius;
}

/** Chart.js draws the first dataset on top: means, in legend order, then members. */
function drawingOrder({ lines }: Figure): Line[] {
  return [...lines.filter((l) => l.role === 'mean'), ...lines.filter((l) => l.role === 'member')];
}

function datasetsOf(
  figure: Figure,
  colors: ReadonlyMap<string, string>,
  style: Style,
  options: ChartOptions,
): LineDataset[] {
  const offset = seedOffsets(figure);
  return drawingOrder(figure).map((line) => {
    const dataset = lineDataset(line, figure, colors, style);
    if (dataset.line || line.drawn !== undefined) return dataset;
    const data = dataset.data.map((p) => (p.origin ? { ...p, x: p.x + offset(p.origin.seed) } : p));
    const dot = line.role === 'member' ? seedDot(dataset, options) : meanDot(figure, style, options);
    return { ...dataset, data, ...dot };
  });
}

/** A line of one point would not be seen. */
function seedDot({ borderColor }: LineDataset, { fontSize }: ChartOptions): Partial<LineDataset> {
  return { pointRadius: 0.25 * fontSize, pointBorderWidth: 0, pointBackgroundColor: borderColor as string };
}

/** A dash where groups stand side by side, else a diamond. */
function meanDot({ x }: Figure, style: Style, { fontSize }: ChartOptions): Partial<LineDataset> {
  return {
    pointStyle: x.places ? 'line' : 'rectRot',
    pointRadius: (x.places ? 0.9 : 0.4) * fontSize,
    pointBorderWidth: style.meanWidth,
  };
}

/** Without dots, which a line of one point cannot do without. */
function isPlain({ x, drawn }: Line): boolean {
  return x.length > 1 && drawn === undefined;
}

function lineDataset(line: Line, figure: Figure, colors: ReadonlyMap<string, string>, style: Style): LineDataset {
  const color = colors.get(line.group) ?? style.ink;
  const alone = !figure.lines.some((other) => other.group === line.group && other.role === 'mean');
  const faint = line.role === 'member' && !alone;
  const shade = faint ? withOpacity(color, 0.5) : color;
  return {
    group: line.group,
    label: line.label,
    line: isPlain(line) ? line : null,
    data: isPlain(line)
      ? []
      : line.x.map((x, i) => ({ x, y: line.y[i], origin: line.origins[i] ?? null, n: line.n[i] ?? null })),
    borderColor: line.drawn === 'path' ? withOpacity(color, 0.5) : shade,
    backgroundColor: color,
    showLine: line.drawn !== 'dots',
    borderDash: line.dashed ? dashes : [],
    borderWidth: faint ? style.memberWidth : alone ? (style.memberWidth + style.meanWidth) / 2 : style.meanWidth,
    borderJoinStyle: 'round',
    borderCapStyle: 'round',
    pointRadius: pointRadius(line),
    pointBorderWidth: 0,
    pointBackgroundColor: line.drawn === 'dots' && line.x.length > mostOpaque ? withOpacity(color, 0.7) : color,
    tension: 0,
  };
}
