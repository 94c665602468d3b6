/** A figure as data: what is drawn and on which scales. How it is drawn is the business of `src/charts`. */
import type { SeedComparison } from './seedComparison.ts';

export type Axis = {
  readonly label: string;
  readonly scale: 'linear' | 'log';
  /** counts things, so that only whole numbers are marked */
  readonly whole?: true;
  /** names of the places 0, 1, … at which marks stand side by side; absent: x is a quantity */
  readonly places?: readonly string[];
  /** shown range; null = from the data */
  readonly min: number | null;
  readonly max: number | null;
};

/** Where a point comes from, for hovering and for the table. */
export type PointOrigin = { readonly run: string; readonly seed: number; readonly update: number };

export type Line = {
  readonly label: string;
  /** lines of one group share a colour and one entry in the legend, for example a rule's id */
  readonly group: string;
  /** `member`: one seed, thin; `mean`: over seeds, thick */
  readonly role: 'member' | 'mean';
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** one per point, or empty */
  readonly origins: readonly PointOrigin[];
  /** of a mean: how many seeds each point averages; else empty */
  readonly n: readonly number[];
  /** how: dots alone, or dots along a faint line; absent: a line */
  readonly drawn?: 'dots' | 'path';
  /** diameter of each dot, relative to the usual one; absent: all as usual */
  readonly sizes?: readonly number[];
  readonly dashed?: true;
};

/** Spread around a mean line; of a single point, an error bar. */
export type Band = {
  readonly group: string;
  readonly label: string;
  readonly x: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
};

/** What shares a colour and one entry in the legend. */
export type Group = {
  readonly id: string;
  readonly label: string;
  /** place in the palette, from 0; a group keeps it where others are not shown */
  readonly color: number;
};

/** A horizontal level to compare with, drawn dashed, for example a baseline. */
export type Reference = { readonly label: string; readonly y: number };

export type Figure = {
  readonly id: string;
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  /** one step of x is drawn as long as one of y, so that circles are round; absent: each axis fills its side */
  readonly aspect?: 'equal';
  /** in legend order */
  readonly groups: readonly Group[];
  /** cyclic: the groups' places go round a circle, like directions */
  readonly palette: 'distinct' | 'cyclic';
  readonly lines: readonly Line[];
  readonly bands: readonly Band[];
  readonly references: readonly Reference[];
  /** label of the line along which x equals y, drawn dashed; absent: there is none */
  readonly diagonal?: string;
  /** of figures that show one number per seed: every reading, and the statistics */
  readonly comparison?: SeedComparison;
  /** drawn in place of the marks where there can be none, in a few words */
  readonly whyEmpty?: string;
  /** what a reader has to know: n, what the band is, what is missing and why */
  readonly notes: readonly string[];
};
