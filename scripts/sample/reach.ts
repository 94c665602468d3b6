/**
 * Eight simulated reaches of an arm with two segments, from one centre to targets around it.
 *
 *   s(τ)  = 10τ³ − 15τ⁴ + 6τ⁵, τ = t / duration in [0, 1]      share of the way: least jerk, at rest before and after
 *   hand  = centre + reach · s · (cos θ, sin θ)
 *   elbow = π − arccos((l₁² + l₂² − r²) / 2 l₁ l₂), r = |hand|
 *   shoulder = atan2(y, x) − atan2(l₂ sin elbow, l₁ + l₂ cos elbow)
 *
 * Sources: Flash & Hogan 1985, J. Neurosci. 5:1688 (least jerk); the arm follows by plane geometry.
 */

/** Steps of the recording: −800 … 400 ms from movement onset. */
export const timeMs = Array.from({ length: 121 }, (_, k) => -800 + 10 * k);
export const directions = Array.from({ length: 8 }, (_, c) => (c * Math.PI) / 4);

/** Not all directions are equally fast. */
export const durationsMs = directions.map((direction) => 350 + 10 * Math.round(3 * Math.cos(2 * direction)));

const arm = { upper: 0.15, lower: 0.2, centre: [0.02, 0.22] as const, reach: 0.06 }; // metres

/** All conditions × steps; positions relative to the centre, angles to rest, each of the three kinds at most 1 in size. */
export function simulateReaches(): Record<string, number[]> {
  const moments = directions.flatMap((direction, c) => timeMs.map((t) => momentOf(direction, t / durationsMs[c])));
  const rest = jointAngles(...arm.centre);
  const angles = moments.map(({ way: [x, y] }) => jointAngles(arm.centre[0] + x, arm.centre[1] + y));
  const [xhandposition, yhandposition] = scaled(
    moments.map((m) => m.way[0]),
    moments.map((m) => m.way[1]),
  );
  const [xhandspeed, yhandspeed] = scaled(
    moments.map((m, k) => m.speed[0] / durationOf(k)),
    moments.map((m, k) => m.speed[1] / durationOf(k)),
  );
  const [shoulderangle, elbowangle] = scaled(
    angles.map((a) => a.shoulder - rest.shoulder),
    angles.map((a) => a.elbow - rest.elbow),
  );
  return { xhandposition, yhandposition, xhandspeed, yhandspeed, shoulderangle, elbowangle };
}

const durationOf = (moment: number): number => durationsMs[Math.floor(moment / timeMs.length)];

function momentOf(direction: number, share: number): { way: [number, number]; speed: [number, number] } {
  const tau = Math.min(1, Math.max(0, share));
  const way = arm.reach * tau ** 3 * (10 - 15 * tau + 6 * tau ** 2);
  const speed = arm.reach * 30 * tau ** 2 * (1 - tau) ** 2;
  const [cosine, sine] = [Math.cos(direction), Math.sin(direction)];
  return { way: [way * cosine, way * sine], speed: [speed * cosine, speed * sine] };
}

function jointAngles(x: number, y: number): { shoulder: number; elbow: number } {
  const { upper, lower } = arm;
  const elbow = Math.PI - Math.acos((upper ** 2 + lower ** 2 - x ** 2 - y ** 2) / (2 * upper * lower));
  const shoulder = Math.atan2(y, x) - Math.atan2(lower * Math.sin(elbow), upper + lower * Math.cos(elbow));
  return { shoulder, elbow };
}

function scaled(...signals: number[][]): number[][] {
  const largest = Math.max(...signals.flat().map(Math.abs));
  return signals.map((signal) => signal.map((v) => v / largest));
}
