/**
 * A 2D drawing context that writes SVG instead of pixels: the part of CanvasRenderingContext2D with which Chart.js draws
 * lines, bands, axes and text. Paths stay paths and text stays text, so figures can be edited.
 */
import type { DrawingContext } from '../drawingContext.ts';
import { composed, identityMap, mapped, scaleOf } from './affine.ts';
import type { Affine } from './affine.ts';
import { decimal, escaped, paintOf, parsedFont } from './text.ts';

/** Width of a text in pixels, in a canvas font. */
export type MeasureText = (text: string, font: string) => number;

/** From each canvas baseline down to the alphabetic one, in em; viewers do not agree on dominant-baseline. */
const baselineShift: Readonly<Record<string, number>> = { middle: 0.27, top: 0.8, hanging: 0.8, bottom: -0.2 };
const anchors: Readonly<Record<string, string>> = { center: 'middle', right: 'end', end: 'end' };

export class SvgContext implements DrawingContext {
  readonly canvas: { width: number; height: number; getContext: () => SvgContext };

  // set by whoever draws, as on a canvas
  fillStyle = '#000000';
  strokeStyle = '#000000';
  lineWidth = 1;
  lineCap = 'butt';
  lineJoin = 'miter';
  lineDashOffset = 0;
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign = 'start';
  textBaseline = 'alphabetic';

  readonly #measure: MeasureText;
  #map: Affine = identityMap;
  #dash: readonly number[] = [];
  /** ids of the clip paths in force, outermost first */
  #clips: readonly string[] = [];
  #saved: { set: object; map: Affine; dash: readonly number[]; clips: readonly string[] }[] = [];
  /** path data so far, in page coordinates */
  #path = '';
  /** path data of each clip path → its id */
  readonly #clipIds = new Map<string, string>();
  #body: string[] = [];
  /** clip groups that are open at the end of the body */
  #open: string[] = [];

  constructor(width: number, height: number, measure: MeasureText) {
    this.canvas = { width, height, getContext: () => this };
    this.#measure = measure;
  }

  toSvg({ width, height, title }: { width: string; height: string; title: string }): string {
    const clipPaths = [...this.#clipIds].map(([path, id]) => `<clipPath id="${id}"><path d="${path}"/></clipPath>`);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${this.canvas.width} ${this.canvas.height}" role="img">`,
      `<title>${escaped(title)}</title>`,
      `<defs>${clipPaths.join('')}</defs>`,
      ...this.#body,
      ...this.#open.map(() => '</g>'),
      '</svg>',
      '',
    ].join('\n');
  }

  save(): void {
    this.#saved.push({ set: { ...this }, map: this.#map, dash: this.#dash, clips: this.#clips });
  }
  restore(): void {
    const saved = this.#saved.pop();
    if (!saved) return;
    Object.assign(this, saved.set);
    ({ map: this.#map, dash: this.#dash, clips: this.#clips } = saved);
  }

  translate(x: number, y: number): void {
    this.#transform([1, 0, 0, 1, x, y]);
  }
  rotate(angle: number): void {
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    this.#transform([c, s, -s, c, 0, 0]);
  }
  scale(x: number, y: number): void {
    this.#transform([x, 0, 0, y, 0, 0]);
  }
  setTransform(...map: [number, number, number, number, number, number]): void {
    this.#map = map;
  }
  resetTransform(): void {
    this.#map = identityMap;
  }
  #transform(inner: Affine): void {
    this.#map = composed(this.#map, inner);
  }

  setLineDash(dash: Iterable<number>): void {
    this.#dash = [...dash];
  }
  getLineDash(): number[] {
    return [...this.#dash];
  }

  beginPath(): void {
    this.#path = '';
  }
  moveTo(x: number, y: number): void {
    this.#path += `M${this.#at(x, y)}`;
  }
  lineTo(x: number, y: number): void {
    this.#path += `${this.#path ? 'L' : 'M'}${this.#at(x, y)}`;
  }
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.#path += `C${this.#at(x1, y1)} ${this.#at(x2, y2)} ${this.#at(x, y)}`;
  }
  closePath(): void {
    if (this.#path) this.#path += 'Z';
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.moveTo(x, y);
    this.lineTo(x + width, y);
    this.lineTo(x + width, y + height);
    this.lineTo(x, y + height);
    this.closePath();
  }

  /** Quarter turns or less as Bézier curves, whose handles reach 4/3 tan(sweep/4) of the radius along the tangent. */
  arc(x: number, y: number, radius: number, from: number, to: number, counterclockwise = false): void {
    const sweep = sweepOf(from, to, counterclockwise);
    const pieces = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2) - 1e-9));
    const piece = sweep / pieces;
    const handle = radius * (4 / 3) * Math.tan(piece / 4);
    this.lineTo(x + radius * Math.cos(from), y + radius * Math.sin(from));
    for (let i = 0; i < pieces; i++) {
      const [start, end] = [from + i * piece, from + (i + 1) * piece];
      const [x0, y0] = [x + radius * Math.cos(start), y + radius * Math.sin(start)];
      const [x1, y1] = [x + radius * Math.cos(end), y + radius * Math.sin(end)];
      this.bezierCurveTo(
        x0 - handle * Math.sin(start),
        y0 + handle * Math.cos(start),
        x1 + handle * Math.sin(end),
        y1 - handle * Math.cos(end),
        x1,
        y1,
      );
    }
  }
  #at(x: number, y: number): string {
    return mapped(this.#map, x, y).map(decimal).join(' ');
  }

  clip(): void {
    let id = this.#clipIds.get(this.#path);
    if (!id) {
      id = `clip${this.#clipIds.size + 1}`;
      this.#clipIds.set(this.#path, id);
    }
    this.#clips = [...this.#clips, id];
  }

  fill(): void {
    if (this.#path) this.#write(`<path d="${this.#path}"${this.#paint('fill', this.fillStyle)}/>`);
  }
  stroke(): void {
    if (this.#path) this.#write(`<path d="${this.#path}" fill="none"${this.#strokeAttributes()}/>`);
  }
  fillRect(x: number, y: number, width: number, height: number): void {
    const path = this.#path;
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
    this.#path = path;
  }
  /** Chart.js wipes the whole canvas before it draws; nothing else is wiped. */
  clearRect(): void {
    this.#body = [];
    this.#open = [];
  }

  measureText(text: string): { width: number } {
    return { width: this.#measure(String(text), this.font) };
  }
  fillText(text: string, x: number, y: number): void {
    const font = parsedFont(this.font);
    const [a, b, c, d] = this.#map.map((v) => Math.round(v * 1e4) / 1e4);
    const anchor = anchors[this.textAlign];
    this.#write(
      `<text transform="matrix(${a} ${b} ${c} ${d} ${this.#at(x, y)})"` +
        ` y="${decimal((baselineShift[this.textBaseline] ?? 0) * font.size)}"` +
        ` font-family="${escaped(font.family)}" font-size="${decimal(font.size)}"` +
        (font.weight === 'normal' ? '' : ` font-weight="${font.weight}"`) +
        (font.style === 'normal' ? '' : ` font-style="${font.style}"`) +
        (anchor ? ` text-anchor="${anchor}"` : '') +
        `${this.#paint('fill', this.fillStyle)}>${escaped(String(text))}</text>`,
    );
  }

  #strokeAttributes(): string {
    const scale = scaleOf(this.#map);
    const { lineCap, lineJoin } = this;
    return (
      `${this.#paint('stroke', this.strokeStyle)} stroke-width="${decimal(this.lineWidth * scale)}"` +
      (lineCap === 'butt' ? '' : ` stroke-linecap="${lineCap}"`) +
      (lineJoin === 'miter' ? '' : ` stroke-linejoin="${lineJoin}"`) +
      (this.#dash.length === 0 ? '' : ` stroke-dasharray="${this.#dash.map((v) => decimal(v * scale)).join(' ')}"`) +
      (this.lineDashOffset ? ` stroke-dashoffset="${decimal(this.lineDashOffset * scale)}"` : '')
    );
  }
  #paint(attribute: 'fill' | 'stroke', css: string): string {
    const { color, opacity } = paintOf(css);
    const whole = opacity * this.globalAlpha;
    return ` ${attribute}="${escaped(color)}"${whole < 1 ? ` ${attribute}-opacity="${Math.round(whole * 1000) / 1000}"` : ''}`;
  }

  /** Appends an element inside the clip groups in force, closing and opening groups as needed. */
  #write(element: string): void {
    const clips = this.#clips;
    const differs = this.#open.findIndex((id, i) => id !== clips[i]);
    const shared = differs < 0 ? Math.min(this.#open.length, clips.length) : differs;
    this.#body.push(...this.#open.slice(shared).map(() => '</g>'));
    this.#body.push(...clips.slice(shared).map((id) => `<g clip-path="url(#${id})">`));
    this.#open = [...clips];
    this.#body.push(element);
  }
}

/** Signed angle from one direction to the other, at most one whole turn, as canvas arcs define it. */
function sweepOf(from: number, to: number, counterclockwise: boolean): number {
  const whole = 2 * Math.PI;
  const turn = counterclockwise ? from - to : to - from;
  const sweep = turn >= whole ? whole : ((turn % whole) + whole) % whole;
  return counterclockwise ? -sweep : sweep;
}
