/** A figure as an SVG of a given size on paper: real lines and real text. */
import type { Figure } from '../core/figures/figure.ts';
import { drawFigure, layoutSize } from './drawFigure.ts';
import type { PrintSize } from './drawFigure.ts';
import type { StyleName } from './style.ts';
import { SvgContext } from './svg/svgContext.ts';
import type { MeasureText } from './svg/svgContext.ts';

export type SvgOptions = PrintSize & { readonly style: StyleName; readonly measureText: MeasureText };

export function drawSvg(figure: Figure, options: SvgOptions): string {
  const { width, height } = layoutSize(options);
  const context = new SvgContext(width, height, options.measureText);
  const { style, fontSizePt, widthMm, heightMm } = options;
  return drawFigure(figure, context.canvas, { style, fontSizePt, bitmap: null, withoutPath2D: true }, () =>
    context.toSvg({ width: `${widthMm}mm`, height: `${heightMm}mm`, title: figure.title }),
  );
}

/** Text measured by any canvas's 2D context. */
export function measureWith(context: { font: string; measureText(text: string): { width: number } }): MeasureText {
  return (text, font) => {
    context.font = font;
    return context.measureText(text).width;
  };
}
