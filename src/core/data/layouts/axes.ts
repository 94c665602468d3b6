/** Axes of an array by their names; several of the same name count as one, the last changing fastest. */
import { sizeOf } from '../../math/tensor.ts';
import type { AxisName } from './mapping.ts';

export const placesOf = (axes: readonly AxisName[], name: AxisName): number[] =>
  axes.flatMap((axis, place) => (axis === name ? [place] : []));

/** Of several axes, how many combinations; of none, 1. */
export function extentOf(shape: readonly number[], axes: readonly AxisName[], name: AxisName): number {
  return sizeOf(placesOf(axes, name).map((axis) => shape[axis]));
}

/** In elements, row-major. */
export const stridesOf = (shape: readonly number[]): number[] => shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));

/** Place along each axis, of a row-major position. */
export function placeIn(extents: readonly number[], position: number): number[] {
  const place: number[] = [];
  let rest = position;
  for (const n of extents.toReversed()) {
    place.unshift(rest % n);
    rest = Math.floor(rest / n);
  }
  return place;
}

/** One entry of the axes but for neuron and time, which are at 0. */
export type Trial = { condition: number; at: number[] };

/** The only "trial" of each condition, of arrays without trials. */
export function eachCondition(axes: readonly AxisName[], shape: readonly number[]): Trial[] {
  const own = placesOf(axes, 'condition');
  const extents = own.map((axis) => shape[axis]);
  return Array.from({ length: sizeOf(extents) }, (_, condition) => {
    const at = axes.map(() => 0);
    placeIn(extents, condition).forEach((place, i) => (at[own[i]] = place));
    return { condition, at };
  });
}

/** Where a trial begins, of an array with these strides. */
export const offsetOf = ({ at }: Trial, strides: readonly number[]): number =>
  at.reduce((sum, place, axis) => sum + place * strides[axis], 0);
