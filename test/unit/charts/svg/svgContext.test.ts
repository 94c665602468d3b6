import { describe, expect, it } from 'vitest';
import { SvgContext } from '../../../../src/charts/svg/svgContext.ts';

const context = () => new SvgContext(100, 50, (text) => 5 * text.length);
const svgOf = (c: SvgContext) => c.toSvg({ width: '85mm', height: '42.5mm', title: 'A < B' });

describe('SvgContext', () => {
  it('writes size, view box and an escaped title', () => {
    const svg = svgOf(context());
    expect(svg).toContain('width="85mm" height="42.5mm" viewBox="0 0 100 50"');
    expect(svg).toContain('<title>A &#60; B</title>');
  });

  it('writes a stroked path with its colour, opacity apart, width and dashes', () => {
    const c = context();
    c.strokeStyle = '#0072b280';
    c.lineWidth = 2;
    c.setLineDash([4, 3]);
    c.beginPath();
    c.moveTo(1, 2);
    c.lineTo(3.456, 4);
    c.stroke();
    expect(svgOf(c)).toContain(
      '<path d="M1 2L3.46 4" fill="none" stroke="#0072b2" stroke-opacity="0.502" stroke-width="2" stroke-dasharray="4 3"/>',
    );
  });

  it('carries translation, rotation and scale into the coordinates', () => {
    const c = context();
    c.translate(10, 20);
    c.rotate(Math.PI / 2);
    c.scale(2, 2);
    c.fillRect(0, 0, 1, 3);
    expect(svgOf(c)).toContain('d="M10 20L10 22L4 22L4 20Z"');
  });

  it('brings back with restore what save kept', () => {
    const c = context();
    c.fillStyle = '#111111';
    c.save();
    c.fillStyle = '#222222';
    c.translate(5, 5);
    c.restore();
    c.fillRect(0, 0, 1, 1);
    expect(svgOf(c)).toContain('<path d="M0 0L1 0L1 1L0 1Z" fill="#111111"/>');
  });

  it('draws a circle as four curves that come back to their start', () => {
    const c = context();
    c.beginPath();
    c.arc(0, 0, 10, 0, 2 * Math.PI);
    c.fill();
    const path = /d="([^"]+)"/.exec(svgOf(c))![1];
    expect(path.match(/C/g)).toHaveLength(4);
    expect(path.startsWith('M10 0C10 5.52 5.52 10 0 10')).toBe(true);
    expect(path.endsWith('10 0')).toBe(true);
  });

  it('opens and closes clip groups, and defines the same clip once', () => {
    const c = context();
    for (let i = 0; i < 2; i++) {
      c.save();
      c.beginPath();
      c.rect(0, 0, 10, 10);
      c.clip();
      c.fillRect(0, 0, 20, 20);
      c.restore();
      c.fillRect(1, 1, 1, 1);
    }
    const svg = svgOf(c);
    expect(svg.match(/<clipPath/g)).toHaveLength(1);
    expect(svg.match(/<g /g)).toHaveLength(2);
    expect(svg.match(/<\/g>/g)).toHaveLength(2);
  });

  it('writes text as text, with font, anchor and a baseline that every viewer honours', () => {
    const c = context();
    c.font = 'bold 12px Inter, "DejaVu Sans"';
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.fillText('R & D', 7, 8);
    expect(svgOf(c)).toContain(
      '<text transform="matrix(1 0 0 1 7 8)" y="3.24" font-family="Inter, &#34;DejaVu Sans&#34;" font-size="12" font-weight="bold" text-anchor="middle" fill="#000000">R &#38; D</text>',
    );
  });

  it('measures text by what it was given', () => {
    expect(context().measureText('four')).toEqual({ width: 20 });
  });
});
