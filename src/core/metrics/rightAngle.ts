/** The angle of a cosine as a share of a right angle: 0 the same direction, 1 at right angles, 2 the opposite direction. */
export function shareOfRightAngle(cosine: number): number {
  return Math.acos(Math.max(-1, Math.min(1, cosine))) / (Math.PI / 2); // rounding can carry a cosine just beyond 1
}
