/** In the app, marks of more points than a frame has time for are drawn over several, in the same order. */
import type { Chart, Plugin } from 'chart.js';
import { contextOf } from './drawingContext.ts';

/** Calls it when there is time again; returns what calls it off. */
export type Later = (draw: () => void) => () => void;

/** points that one frame has time for, with room for a slow machine */
const mostPoints = 3000;
/** of a line, per pixel that the plot is wide: no more are drawn, see `drawPath` */
const mostPerPixel = 4;

type Turn = { points: number; readonly waiting: (() => void)[]; callOff: () => void };
const turns = new WeakMap<Chart, Turn>();
const newTurn = (): Turn => ({ points: 0, waiting: [], callOff: () => undefined });

/** Draws marks of so many points now, or in a later slice. Once one waits, all after it do. */
export function inTurn(chart: Chart, points: number, draw: () => void): void {
  const turn = turns.get(chart);
  if (!turn) return draw();
  const drawn = Math.min(points, mostPerPixel * chart.width);
  if (turn.waiting.length > 0 || (turn.points > 0 && turn.points + drawn > mostPoints)) {
    turn.waiting.push(() => inTurn(chart, points, draw));
  } else {
    turn.points += drawn;
    draw();
  }
}

export function inSlices(later: Later): Plugin<'line'> {
  const stop = (chart: Chart): void => turns.get(chart)?.callOff();
  const plan = (chart: Chart): void => {
    const turn = turns.get(chart)!;
    if (turn.waiting.length > 0) turn.callOff = later(() => goOn(chart, turn.waiting));
  };
  const goOn = (chart: Chart, waiting: Turn['waiting']): void => {
    turns.set(chart, newTurn());
    insidePlot(chart, () => {
      for (const draw of waiting) draw();
    });
    plan(chart);
  };
  return {
    id: 'inSlices',
    beforeDatasetsDraw(chart) {
      stop(chart);
      turns.set(chart, newTurn());
    },
    afterDatasetsDraw: plan,
    beforeDestroy: stop,
  };
}

/** margin: px beyond the axes, for lines that run along them */
export function insidePlot(chart: Chart, draw: () => void, margin = 1): void {
  const ctx = contextOf(chart);
  const { left, top, width, height } = chart.chartArea;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left - margin, top - margin, width + 2 * margin, height + 2 * margin);
  ctx.clip();
  draw();
  ctx.restore();
}
