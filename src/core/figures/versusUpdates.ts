/** A result along training: one line per seed, the mean over seeds where they share updates. */
import type { Axis, Figure } from './figure.ts';
import type { RunCurve } from './figureInput.ts';
import { meanAtEqualX } from './overSeeds.ts';
import type { Spread } from './seedBand.ts';
import { seedLines } from './seedLines.ts';

/** Up to the last update, or as far as the marks reach where there is none. */
export function updatesAxis(updates: readonly number[]): Axis {
  const last = updates.reduce((a, b) => Math.max(a, b), 0);
  return { label: 'Weight update', scale: 'linear', whole: true, min: 0, max: last > 0 ? last : null };
}

/** id: the result on the y axis; points: what they are, if not checkpoints. */
export function versusUpdates(
  curves: readonly RunCurve[],
  id: string,
  spread: Spread,
  { points, ...rest }: Pick<Figure, 'id' | 'title' | 'y' | 'references' | 'whyEmpty'> & { points?: string },
): Figure {
  const marks = seedLines(
    curves,
    ({ update, values }) => {
      const y = values[id] ?? null;
      return y === null ? null : { x: update, y };
    },
    meanAtEqualX,
    spread,
    points,
  );
  return { ...rest, x: updatesAxis(marks.lines.map((line) => line.x.at(-1) ?? 0)), ...marks };
}
