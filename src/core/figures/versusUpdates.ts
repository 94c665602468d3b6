/** A result along training: one line per seed, the mean over seeds where they share updates. */
import type { Axis, Figure, Reference } from './figure.ts';
import type { RunCurve } from './figureInput.ts';
import { meanAtEqualX } from './overSeeds.ts';
import { seedLines } from './seedLines.ts';

/** Up to the last update, or as far as the marks reach where there is none. */
export function updatesAxis(updates: readonly number[]): Axis {
  const last = updates.reduce((a, b) => Math.max(a, b), 0);
  return { label: 'Weight update', scale: 'linear', whole: true, min: 0, max: last > 0 ? last : null };
}

/** id: the result on the y axis. */
export function versusUpdates(
  curves: readonly RunCurve[],
  id: string,
  rest: { id: string; title: string; y: Axis; references: readonly Reference[] },
): Figure {
  const marks = seedLines(
    curves,
    ({ update, values }) => {
      const y = values[id] ?? null;
      return y === null ? null : { x: update, y };
    },
    meanAtEqualX,
  );
  return { ...rest, x: updatesAxis(marks.lines.map((line) => line.x.at(-1) ?? 0)), ...marks };
}
