/** What fixes the connections besides the learned numbers. N units. */
import { copyOf, inPrecision, type Precision, type Tensor } from '../math/tensor.ts';

export type Wiring = {
  /** N × N factors of Wrec: 0 no connection, else 1, or with Dale's law −1 from inhibitory units; null: all 1 */
  readonly mask: Tensor | null;
  /** outputs × N: weights through which errors enter the units before the next update, where the rule has its own; else null */
  readonly Bout: Tensor | null;
  /**
   * N × N: weights through which errors pass between units before the next update, where the rule has random ones or
   * takes the means of the effective weights over blocks of cell types; else null
   */
  readonly Brec: Tensor | null;
  /** units [start, end) of each cell type; null without cell types */
  readonly cellTypes: readonly (readonly [start: number, end: number])[] | null;
};

export const plainWiring: Wiring = { mask: null, Bout: null, Brec: null, cellTypes: null };

/** A copy that shares no array with the original, in the given precision. */
export function copyWiring({ mask, Bout, Brec, cellTypes }: Wiring, precision: Precision): Wiring {
  const copy = (t: Tensor | null): Tensor | null => t && copyOf(inPrecision(t, precision));
  return { mask: copy(mask), Bout: copy(Bout), Brec: copy(Brec), cellTypes };
}
