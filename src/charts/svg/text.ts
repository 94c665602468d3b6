/** Numbers, text, colours and fonts in the form that every SVG viewer reads. */

/** At most two decimals: a hundredth of a pixel. */
export function decimal(v: number): string {
  const rounded = Math.round(v * 100) / 100;
  return Object.is(rounded, -0) ? '0' : String(rounded);
}

export function escaped(s: string): string {
  return s.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

export type Paint = { readonly color: string; readonly opacity: number };

/** A CSS colour with its opacity apart, since SVG 1.1 viewers know neither #rrggbbaa nor rgba(). */
export function paintOf(css: string): Paint {
  const hexadecimal = /^#([\da-f]{6})([\da-f]{2})?$/i.exec(css);
  if (hexadecimal) {
    const [, color, alpha] = hexadecimal;
    return { color: `#${color}`, opacity: alpha ? parseInt(alpha, 16) / 255 : 1 };
  }
  const functional = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+))?\s*\)$/i.exec(css);
  if (functional) {
    const [, r, g, b, alpha] = functional;
    return { color: `rgb(${r},${g},${b})`, opacity: alpha === undefined ? 1 : Number(alpha) };
  }
  return { color: css === 'transparent' ? 'none' : css, opacity: 1 };
}

export type Font = { readonly style: string; readonly weight: string; readonly size: number; readonly family: string };

/** A canvas font such as `italic bold 12px Inter, "DejaVu Sans"`. */
export function parsedFont(css: string): Font {
  const match = /^(italic|oblique|normal)?\s*(\d{3}|bold|normal)?\s*([\d.]+)px(?:\/\S+)?\s+(.+)$/.exec(css.trim());
  const [, style = 'normal', weight = 'normal', size = '10', family = 'sans-serif'] = match ?? [];
  return { style, weight, size: Number(size), family };
}
