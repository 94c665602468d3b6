/**
 * Colours of groups by their place. Up to seven: Okabe & Ito's set, told apart by people with any common colour
 * blindness, lighter on dark ground. More: along viridis, which keeps their order visible. Directions: round a circle.
 *
 * Source: Okabe & Ito 2008, "Color Universal Design"; viridis by Smith & van der Walt 2015 (matplotlib).
 */
import type { Figure } from '../core/figures/figure.ts';
import { cyclicColor } from './cyclicColor.ts';

export type Ground = 'light' | 'dark';

const few: Record<Ground, readonly string[]> = {
  light: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#4d4d4d'],
  dark: ['#4aa8e0', '#f0803c', '#2bc295', '#e29cc4', '#9ad3f5', '#f5bf4a', '#bdbdbd'],
};

/** Evenly spaced along viridis, without the end that vanishes on the ground. */
const ramp: Record<Ground, readonly string[]> = {
  light: ['#440154', '#46337e', '#365c8d', '#277f8e', '#1fa187', '#4ac16d', '#a0da39'],
  dark: ['#5a50a5', '#4076b0', '#2d96a5', '#1fa187', '#4ac16d', '#a0da39', '#fde725'],
};

/** Group id → #rrggbb. */
export function groupColors(
  { groups, palette }: Pick<Figure, 'groups' | 'palette'>,
  ground: Ground,
): ReadonlyMap<string, string> {
  const places = Math.max(0, ...groups.map((g) => g.color + 1));
  const colorOf = (place: number): string =>
    palette === 'cyclic' ? cyclicColor(place / places, ground) : placeColor(place, places, ground);
  return new Map(groups.map(({ id, color }) => [id, colorOf(color)]));
}

/** The colour of one place of so many. */
export function placeColor(place: number, places: number, ground: Ground): string {
  if (places <= few[ground].length) return few[ground][place];
  const stops = ramp[ground];
  const at = (place / (places - 1)) * (stops.length - 1);
  const before = Math.min(Math.floor(at), stops.length - 2);
  return mixed(stops[before], stops[before + 1], at - before);
}

/** color: #rrggbb; opacity from 0 to 1. */
export function withOpacity(color: string, opacity: number): string {
  return color + hex(opacity * 255);
}

function mixed(a: string, b: string, share: number): string {
  const channel = (color: string, i: number) => parseInt(color.slice(1 + 2 * i, 3 + 2 * i), 16);
  return `#${[0, 1, 2].map((i) => hex((1 - share) * channel(a, i) + share * channel(b, i))).join('')}`;
}

function hex(value: number): string {
  return Math.round(value).toString(16).padStart(2, '0');
}
