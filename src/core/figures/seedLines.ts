/** The marks that figures of runs share: a thin line per seed, the mean over seeds with its band, and their notes. */
import type { Curve } from '../statistics/crossing.ts';
import type { Band, Figure, Line } from './figure.ts';
import type { CurvePoint, RunCurve } from './figureInput.ts';
import type { MeanCurve } from './overSeeds.ts';
import { bandEnds, bandLabel, bandNotes } from './seedBand.ts';
import type { Spread } from './seedBand.ts';

/** A point's x and y, or null where the figure has no place for it. */
export type Place = (point: CurvePoint) => { readonly x: number; readonly y: number } | null;

type Marks = Pick<Figure, 'groups' | 'palette' | 'lines' | 'bands' | 'notes'>;

export function seedLines(
  curves: readonly RunCurve[],
  place: Place,
  average: (curves: readonly Curve[]) => MeanCurve,
  spread: Spread,
  what = 'Checkpoints',
): Marks {
  const groups = [...Map.groupBy(curves, (c) => c.rule)];
  const parts = groups.map(([rule, members]) => marksOfGroup(rule, members, place, average, spread));
  const points = curves.reduce((sum, c) => sum + c.points.length, 0);
  const shown = parts.flatMap((p) => p.lines).reduce((sum, l) => sum + l.origins.length, 0);
  const fewest = Math.min(...parts.flatMap((p) => p.lines.flatMap(({ role, n }) => (role === 'mean' ? n : []))));
  return {
    groups: groups.map(([id, [first]]) => ({ id, label: first.ruleLabel, color: first.color })),
    palette: 'distinct',
    lines: parts.flatMap((p) => p.lines),
    bands: parts.flatMap((p) => p.bands),
    notes: [
      ...parts.map((p) => p.note),
      ...bandNotes(spread, fewest),
      ...(shown < points ? [`${what} without a value, left out: ${points - shown} of ${points}.`] : []),
    ],
  };
}

function marksOfGroup(
  rule: string,
  members: readonly RunCurve[],
  place: Place,
  average: (curves: readonly Curve[]) => MeanCurve,
  spread: Spread,
): { lines: Line[]; bands: Band[]; note: string } {
  const label = members[0].ruleLabel;
  const lines = members.map((curve) => memberLine(curve, place)).filter((line) => line.x.length > 0);
  const { x, mean, values } = average(lines);
  const n = values.map((seeds) => seeds.length);
  if (x.length === 0) return { lines, bands: [], note: `${label}: n = ${lines.length}, no mean.` };
  const meanLine: Line = { label: `${label}, mean`, group: rule, role: 'mean', x, y: mean, origins: [], n };
  const ends = values.map((seeds) => bandEnds(seeds, spread));
  const band: Band = {
    group: rule,
    label: `${label}, ${bandLabel(spread)}`,
    x,
    low: ends.map(({ low }) => low),
    high: ends.map(({ high }) => high),
  };
  const [fewest, most] = [Math.min(...n), Math.max(...n)];
  const count = fewest === most ? `n = ${most}` : `n = ${fewest} to ${most}, by how many have a value there`;
  return { lines: [...lines, meanLine], bands: [band], note: `${label}: ${bandLabel(spread)} over seeds, ${count}.` };
}

function memberLine({ run, rule, ruleLabel, seed, points }: RunCurve, place: Place): Line {
  const placed = points.flatMap((point) => {
    const at = place(point);
    return at ? [{ ...at, origin: { run, seed, update: point.update } }] : [];
  });
  return {
    label: `${ruleLabel}, seed ${seed}`,
    group: rule,
    role: 'member',
    x: placed.map((p) => p.x),
    y: placed.map((p) => p.y),
    origins: placed.map((p) => p.origin),
    n: [],
  };
}

/** Mean value of the runs before their first update, or null. */
export function untrained(curves: readonly RunCurve[], id: string): number | null {
  const values = curves
    .map((c) => c.points.find((p) => p.update === 0)?.values[id])
    .filter((v): v is number => typeof v === 'number');
  return values.length === 0 ? null : values.reduce((sum, v) => sum + v, 0) / values.length;
}
