/** The time of a recording as figures show it. */
import type { Dataset } from '../../data/dataset.ts';
import type { Axis } from '../figure.ts';

export function timeOf({ timeMs, alignment }: Pick<Dataset, 'timeMs' | 'alignment'>): { x: number[]; axis: Axis } {
  const x = Array.from(timeMs);
  return { x, axis: { label: `Time from ${alignment} (ms)`, scale: 'linear', min: x[0], max: x.at(-1)! } };
}
