/**
 * Initial recurrent weights of networks under Dale's law, as the published code sets them. N units, the first
 * ⌊0.8 N⌋ excite, the others inhibit; all matrices N × N, rows are targets.
 */
import { LabError } from '../errors.ts';
import { tensor, type Floats, type Tensor } from '../math/tensor.ts';
import { cellTypeMeans, effectiveWeights } from './effectiveWeights.ts';
import type { Wiring } from './wiring.ts';

export function excitatoryUnits(units: number): number {
  return Math.floor(0.8 * units);
}

/** Signs of Dale's law: 1 from excitatory units, −1 from inhibitory ones, 0 from a unit to itself. */
export function daleMask(units: number): Tensor<Float64Array> {
  const sign = signs(units);
  const data = Float64Array.from({ length: units * units }, (_, k) => (k % (units + 1) === 0 ? 0 : sign[k % units]));
  return tensor([units, units], data);
}

/** In place: weights from excitatory units divided by how many of them there are per inhibitory unit. */
export function balanceByNumber(units: number, Wrec: Floats): void {
  const excitatory = excitatoryUnits(units);
  const ratio = excitatory / (units - excitatory);
  for (let k = 0; k < Wrec.length; k++) if (k % units < excitatory) Wrec[k] /= ratio;
}

type CellTypes = NonNullable<Wiring['cellTypes']>;

/** Types of each sign; as many units as that are needed of each. */
const typesPerSign = 8;

/**
 * Units [start, end) of sixteen cell types, eight that excite and eight that inhibit. Where their number is no multiple of
 * eight, the last type of each sign takes what is left, as published; corrected, sizes differ by one unit at most. Null
 * where there are too few units.
 */
export function daleCellTypes(units: number, conventions: 'published' | 'corrected' = 'published'): CellTypes | null {
  const excitatory = excitatoryUnits(units);
  if (units - excitatory < typesPerSign) return null;
  const ranges = conventions === 'published' ? rangesWithLongEnd : evenRanges;
  return [...ranges(0, excitatory), ...ranges(excitatory, units)];
}

function rangesWithLongEnd(start: number, end: number): CellTypes {
  const size = Math.floor((end - start) / typesPerSign);
  return Array.from({ length: typesPerSign }, (_, i) => [
    start + i * size,
    i === typesPerSign - 1 ? end : start + (i + 1) * size,
  ]);
}

function evenRanges(start: number, end: number): CellTypes {
  const bound = (i: number): number => start + Math.round(((end - start) * i) / typesPerSign);
  return Array.from({ length: typesPerSign }, (_, i) => [bound(i), bound(i + 1)]);
}

/**
 * Blocks of cell types for rectified linear units under Dale's law, from weights already balanced by number:
 *
 *   Y    = Wrec where the block of two types is kept, else 0
 *   Brec = means of |Y| ∘ mask over the blocks                 feedback between units before the first update
 *   Wrec = |Y| ∘ sign of the projecting unit / Σ of |Y| over the row
 *
 * kept: for each target type and source type whether they are connected. Throws LabError `model.cellTypes` where a type is
 * left without any input.
 */
export function connectCellTypes(
  Wrec: Tensor,
  mask: Tensor,
  cellTypes: CellTypes,
  kept: readonly (readonly boolean[])[],
): { Wrec: Tensor<Float64Array>; Brec: Tensor<Float64Array> } {
  const units = Wrec.shape[0];
  const Y = new Float64Array(units * units);
  cellTypes.forEach(([firstRow, endRow], target) => {
    cellTypes.forEach(([firstColumn, endColumn], source) => {
      if (!kept[target][source]) return;
      for (let i = firstRow; i < endRow; i++) {
        for (let j = firstColumn; j < endColumn; j++) Y[i * units + j] = Math.abs(Wrec.data[i * units + j]);
      }
    });
  });
  const Brec = cellTypeMeans(effectiveWeights({ dale: true }, { mask }, Y), cellTypes);
  const sign = signs(units);
  for (let i = 0; i < units; i++) {
    const row = Y.subarray(i * units, (i + 1) * units);
    const total = row.reduce((sum, w) => sum + w, 0);
    if (total === 0) throw unconnected(i);
    row.forEach((w, j) => (row[j] = (sign[j] * w) / total));
  }
  return { Wrec: tensor(Wrec.shape, Y), Brec: tensor(Wrec.shape, Brec) };
}

function unconnected(unit: number): LabError {
  return new LabError(
    'model.cellTypes',
    `Connecting cell types: expected every unit to have an input, found none to unit ${unit}. Keep more blocks.`,
  );
}

function signs(units: number): number[] {
  const excitatory = excitatoryUnits(units);
  return Array.from({ length: units }, (_, j) => (j < excitatory ? 1 : -1));
}
