/** The way of a line in pixels, without the points that no pixel would show. */

export type ToPixel = (value: number) => number;
export type Path = { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void };

/** The part of a Chart.js scale that is needed. */
export type PlainScale = {
  readonly type: string;
  readonly min: number;
  readonly max: number;
  getPixelForValue(v: number): number;
};

/** As the scale's own, but quick enough for many points. */
export function toPixel(scale: PlainScale): ToPixel {
  const [low, high] = [scale.getPixelForValue(scale.min), scale.getPixelForValue(scale.max)];
  const along = scale.type === 'logarithmic' ? Math.log10 : Number;
  const start = along(scale.min);
  const slope = (high - low) / (along(scale.max) - start);
  return scale.type === 'logarithmic'
    ? (value) => (value > 0 ? low + slope * (Math.log10(value) - start) : NaN)
    : (value) => low + slope * (value - start);
}

/**
 * Of points that follow each other within one column of pixels the first, the lowest, the highest and the last: the
 * picture is the same. A value that has no place interrupts the line. column: its width; 0: all points. Returns how many
 * points were drawn.
 */
export function drawPath(
  path: Path,
  { x, y }: { readonly x: readonly number[]; readonly y: readonly number[] },
  [toX, toY]: readonly [ToPixel, ToPixel],
  column: number,
): number {
  let drawn = 0;
  let open = false;
  const go = (px: number, py: number): void => {
    if (open) path.lineTo(px, py);
    else path.moveTo(px, py);
    open = true;
    drawn++;
  };
  let at = NaN;
  /** x and y of those of the column, in their order but for the last */
  let [lowX, low, highX, high, lastX, last] = [0, 0, 0, 0, 0, 0];
  let [lowFirst, inColumn] = [true, 0];
  const leave = (): void => {
    if (inColumn > 2) {
      if (lowFirst) {
        go(lowX, low);
        go(highX, high);
      } else {
        go(highX, high);
        go(lowX, low);
      }
    }
    if (inColumn > 1) go(lastX, last);
    inColumn = 0;
  };
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [toX(x[i]), toY(y[i])];
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      leave();
      [open, at] = [false, NaN];
      continue;
    }
    const here = column > 0 ? Math.floor(px / column) : i;
    if (here !== at) {
      leave();
      go(px, py);
      at = here;
      [lowX, low, highX, high] = [px, py, px, py];
      lowFirst = true;
    } else if (py < low) {
      [lowX, low, lowFirst] = [px, py, false];
    } else if (py > high) {
      [highX, high, lowFirst] = [px, py, true];
    }
    [lastX, last] = [px, py];
    inColumn++;
  }
  leave();
  return drawn;
}
