/**
 * Several comparisons at once: p-values made larger so that chance has no more chances than one comparison gives it.
 *
 *   Holm:               p₍ᵢ₎ · (m − i + 1), never below the one before       keeps the chance of any false finding at α
 *   Benjamini-Hochberg: p₍ᵢ₎ · m / i, never above the one after              keeps the share of false findings at α
 *
 * Source: Holm 1979, Scand. J. Stat. 6:65; Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57:289.
 */
export const correctionIds = ['holm', 'bh'] as const;
export type CorrectionId = (typeof correctionIds)[number];

export const correctionLabels: Readonly<Record<CorrectionId, string>> = {
  holm: 'Holm',
  bh: 'Benjamini-Hochberg',
};

/** Nulls stay: what could not be tested counts as no comparison. */
export function corrected(ps: readonly (number | null)[], id: CorrectionId): (number | null)[] {
  const tested = ps.flatMap((p, i) => (p === null ? [] : [{ p, i }])).sort((a, b) => a.p - b.p);
  const out: (number | null)[] = ps.map(() => null);
  const m = tested.length;
  if (id === 'holm') {
    let largest = 0;
    tested.forEach(({ p, i }, rank) => {
      largest = Math.max(largest, Math.min(1, p * (m - rank)));
      out[i] = largest;
    });
  } else {
    let least = 1;
    for (let rank = m - 1; rank >= 0; rank--) {
      const { p, i } = tested[rank];
      least = Math.min(least, (p * m) / (rank + 1));
      out[i] = least;
    }
  }
  return out;
}
