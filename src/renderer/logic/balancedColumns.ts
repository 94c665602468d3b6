/** Things side by side. */

/**
 * Columns for so many things of equal width, at least `least` pixels each: as few rows as there is room for, and as few
 * columns as these rows need, so that none is left half empty. width: of the place, in pixels.
 */
export function balancedColumns(count: number, width: number, least: number): number {
  const most = Math.max(1, Math.floor(width / least));
  const rows = Math.ceil(count / most);
  return Math.max(1, Math.ceil(count / Math.max(1, rows)));
}
