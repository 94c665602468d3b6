/** The addon's linear algebra where it is there and the probe found that it works, else the portable one. */
import { portableLinearAlgebra } from '../../core/math/linear/linearAlgebra.ts';
import type { LinearAlgebra } from '../../core/math/linear/linearAlgebra.ts';
import { requireEqualInner } from '../../core/math/linear/matrix.ts';
import { requireFiniteEntries } from '../../core/math/linear/singularValues.ts';
import type { Finding } from './candidates.ts';
import { loadAddon } from './nativeAddon.ts';
import type { NativeAddon } from './nativeAddon.ts';

export function linearAlgebra(findings: readonly Finding[]): LinearAlgebra {
  const works = findings.some(({ candidate, reason }) => candidate === 'native-cpu' && reason === null);
  const loaded = works ? loadAddon() : null;
  return loaded && 'addon' in loaded ? nativeLinearAlgebra(loaded.addon) : portableLinearAlgebra;
}

export function nativeLinearAlgebra(addon: Pick<NativeAddon, keyof LinearAlgebra>): LinearAlgebra {
  return {
    singularValues(a) {
      requireFiniteEntries(a);
      return addon.singularValues(a.rows, a.cols, a.data);
    },
    transposeTimes(a, b) {
      requireEqualInner(a.rows, b.rows, 'Aᵀ B');
      return { rows: a.cols, cols: b.cols, data: addon.transposeTimes(a.rows, a.cols, b.cols, a.data, b.data) };
    },
  };
}
