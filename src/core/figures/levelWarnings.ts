/** Says in words which networks are past a level they should not be past, and what that means. */
import { distanceLevels } from './distanceReferences.ts';
import type { CurvePoint, DistanceShown, FigureInput, LevelShown, RunCurve } from './figureInput.ts';

/** One per level that a run is past: a ceiling at any update, a floor at the last one; and where floor and ceiling cross. */
export function levelWarnings(input: Pick<FigureInput, 'curves' | 'distance'>): string[] {
  const { distance, curves } = input;
  if (distance.better === 'neither') return [];
  const crossed = crossedLevels(distance).map(
    ([floor, ceiling]) =>
      `Warning: the floor “${floor.label}” (${short(floor.y)}) is nearer to the recording than the ceiling “${ceiling.label}” (${short(ceiling.y)}), so that this measure leaves no room between them here: take it for no evidence about conditions or learning, or choose another metric.`,
  );
  const past = distanceLevels(input).flatMap((level) => {
    const those = curves.flatMap((curve) => {
      const when = level.kind === 'ceiling' ? beyondCeiling(curve, level, distance) : atFloor(curve, level, distance);
      return when === null ? [] : [`${curve.ruleLabel}, seed ${curve.seed}, ${when}`];
    });
    if (those.length === 0) return [];
    const named = those.slice(0, mostNamed).join('; ');
    const others = those.length > mostNamed ? `; and ${those.length - mostNamed} more` : '';
    const runs = `${those.length} of ${curves.length} ${curves.length === 1 ? 'run' : 'runs'}`;
    const where =
      level.kind === 'ceiling' ? 'past the ceiling' : 'at the end no nearer to the recording than the floor';
    return [`Warning: ${runs} ${where} “${level.label}” (${short(level.y)}): ${named}${others}. ${level.past}`];
  });
  return [...past, ...crossed];
}

/** Floors that are nearer than a ceiling. */
function crossedLevels(distance: DistanceShown): [floor: LevelShown, ceiling: LevelShown][] {
  const nearer = nearerBy(distance);
  const [floors, ceilings] = (['floor', 'ceiling'] as const).map((kind) =>
    distance.levels.filter((level) => level.kind === kind),
  );
  return floors.flatMap((floor) =>
    ceilings.filter(({ y }) => nearer(floor.y, y)).map((ceiling): [LevelShown, LevelShown] => [floor, ceiling]),
  );
}

const mostNamed = 3;

/** When the run was nearer than the ceiling, or null. */
function beyondCeiling(curve: RunCurve, level: LevelShown, distance: DistanceShown): string | null {
  const nearer = nearerBy(distance);
  const beyond = measured(curve, distance).filter(({ y }) => nearer(y, level.y));
  if (beyond.length === 0) return null;
  const [first] = beyond;
  const best = beyond.reduce((a, b) => (nearer(b.y, a.y) ? b : a));
  const nearest = best.at === first.at ? '' : `, nearest at update ${best.at.update} (${short(best.y)})`;
  return `first at update ${first.at.update} (${short(first.y)})${nearest}`;
}

/** Where the run ends no nearer than the floor, or null. */
function atFloor(curve: RunCurve, level: LevelShown, distance: DistanceShown): string | null {
  const last = measured(curve, distance).at(-1);
  if (!last || last.at.update === 0 || nearerBy(distance)(last.y, level.y)) return null;
  return `${short(last.y)} at update ${last.at.update}`;
}

function measured({ points }: RunCurve, { id }: DistanceShown): { at: CurvePoint; y: number }[] {
  return points.flatMap((at) => {
    const y = at.values[id] ?? null;
    return y === null ? [] : [{ at, y }];
  });
}

function nearerBy({ better }: DistanceShown): (a: number, b: number) => boolean {
  return better === 'higher' ? (a, b) => a > b : (a, b) => a < b;
}

function short(value: number): string {
  return value.toFixed(3);
}
