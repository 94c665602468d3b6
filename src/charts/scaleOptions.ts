/** An axis of a figure as options of a Chart.js scale. */
import { Ticks } from 'chart.js';
import type { Scale, ScaleOptionsByType, Tick } from 'chart.js';
import type { Axis } from '../core/figures/figure.ts';
import { logarithmicLabel, logarithmicTicks } from './logarithmicTicks.ts';
import { wrapped } from './places.ts';
import { fontFamily } from './style.ts';
import type { Style } from './style.ts';

/** Lowest and highest value that has to be seen. */
export type Extent = { readonly low: number; readonly high: number };

type Options = DeepPartial<ScaleOptionsByType<'linear' | 'logarithmic'>>;
type DeepPartial<T> = T extends (...args: never[]) => unknown ? T : { [K in keyof T]?: DeepPartial<T[K]> };

/**
 * extent: of marks that Chart.js does not know (bands, reference lines), or null. longest: characters in a line of the
 * axis's label; absent: it stays in one.
 */
export function scaleOptions(axis: Axis, style: Style, fontSize: number, extent: Extent | null, longest?: number) {
  const log = axis.scale === 'log';
  const text = longest === undefined ? axis.label : wrapped(axis.label, longest);
  const font = { family: fontFamily, size: fontSize };
  return {
    type: log ? ('logarithmic' as const) : ('linear' as const),
    ...(axis.min === null ? {} : { min: axis.min }),
    ...(axis.max === null ? {} : { max: axis.max }),
    ...(extent ? { suggestedMin: extent.low, suggestedMax: extent.high } : {}),
    title: { display: axis.label !== '', text, font, color: style.ink, padding: fontSize / 3 },
    border: { display: style.axis !== null, color: style.axis ?? style.ink, width: 0.8 },
    grid: {
      display: true,
      drawOnChartArea: style.grid !== null,
      color: style.grid ?? style.ink,
      lineWidth: 0.8,
      drawTicks: style.axis !== null,
      tickLength: fontSize / 3,
      tickColor: style.axis ?? style.ink,
    },
    ticks: {
      font,
      color: style.ink,
      format: { useGrouping: 'min2' as const },
      maxRotation: 0,
      maxTicksLimit: 7,
      ...(axis.whole ? { precision: 0 } : {}),
      includeBounds: false, // an end that is no round number would break the even spacing
      autoSkip: !log,
      padding: fontSize / 3,
      callback: log ? (value) => logarithmicLabel(Number(value)) : linearLabel,
      ...(axis.places ? namedTicks(axis.places) : {}),
    },
    ...(log ? { afterBuildTicks: labelledTicks } : {}),
    ...(axis.places ? { afterBuildTicks: onePerPlace } : {}),
  } satisfies Options;
}

/** The more names, the narrower their lines; turned where they still do not fit. */
function namedTicks(places: readonly string[]) {
  const width = Math.max(10, Math.floor(84 / places.length));
  return {
    autoSkip: false,
    maxRotation: 60,
    callback: (value: number | string) => wrapped(places[Number(value)] ?? '', width),
  };
}

function onePerPlace(scale: Scale): void {
  scale.ticks = Array.from({ length: Math.round(scale.max - scale.min) }, (_, value) => ({ value }));
}

/** With a true minus sign. */
function linearLabel(this: Scale, value: number | string, index: number, ticks: Tick[]): string {
  return Ticks.formatters.numeric.call(this, Number(value), index, ticks).replace('-', '−');
}

function labelledTicks(scale: Scale): void {
  scale.ticks = logarithmicTicks(scale.min, scale.max).map((value) => ({ value }));
}
