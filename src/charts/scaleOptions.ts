/** An axis of a figure as options of a Chart.js scale. */
import { Ticks } from 'chart.js';
import type { Scale, ScaleOptionsByType, Tick } from 'chart.js';
import type { Axis } from '../core/figures/figure.ts';
import { fontFamily } from './style.ts';
import type { Style } from './style.ts';

/** Lowest and highest value that has to be seen. */
export type Extent = { readonly low: number; readonly high: number };

type Options = DeepPartial<ScaleOptionsByType<'linear' | 'logarithmic'>>;
type DeepPartial<T> = T extends (...args: never[]) => unknown ? T : { [K in keyof T]?: DeepPartial<T[K]> };

/** extent: of marks that Chart.js does not know (bands, reference lines), or null. */
export function scaleOptions(axis: Axis, style: Style, fontSize: number, extent: Extent | null) {
  const log = axis.scale === 'log';
  const font = { family: fontFamily, size: fontSize };
  return {
    type: log ? ('logarithmic' as const) : ('linear' as const),
    ...(axis.min === null ? {} : { min: axis.min }),
    ...(axis.max === null ? {} : { max: axis.max }),
    ...(extent ? { suggestedMin: extent.low, suggestedMax: extent.high } : {}),
    title: { display: true, text: axis.label, font, color: style.ink, padding: fontSize / 3 },
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
      autoSkip: !log,
      padding: fontSize / 3,
      callback: log ? logarithmicLabel : linearLabel,
    },
    ...(log ? { afterBuildTicks: keepLabelledTicks } : {}),
  } satisfies Options;
}

/** With a true minus sign. */
function linearLabel(this: Scale, value: number | string, index: number, ticks: Tick[]): string {
  return Ticks.formatters.numeric.call(this, Number(value), index, ticks).replace('-', '−');
}

/** Powers of ten; 2 and 5 between them only where few powers are in sight. */
function keepLabelledTicks(scale: Scale): void {
  const fewPowers = Math.log10(scale.max / scale.min) < 2;
  scale.ticks = scale.ticks.filter(({ value }) => {
    const { leading } = scientific(value);
    return leading === 1 || (fewPowers && (leading === 2 || leading === 5));
  });
}

/** Plain from 0.001 to 10000, beyond that as a power. */
function logarithmicLabel(value: number | string): string {
  const { leading, exponent } = scientific(Number(value));
  if (exponent >= -3 && exponent <= 4) return String(Number(Number(value).toPrecision(1)));
  return `${leading === 1 ? '' : `${leading}·`}10${superscript(exponent)}`;
}

/** value = leading · 10^exponent, 1 ≤ leading < 10. */
function scientific(value: number): { leading: number; exponent: number } {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  return { leading: Number((value / 10 ** exponent).toFixed(6)), exponent };
}

function superscript(exponent: number): string {
  return String(exponent).replace(/./g, (c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)]));
}
