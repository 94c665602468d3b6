/**
 * A text that travels with an exported figure: in SVG, in the element `metadata`; in PNG, in a chunk iTXt. Programs that
 * draw the file ignore it; many editors keep it.
 *
 * Source: SVG 2, 5.9 (metadata); PNG specification, third edition, 11.3.3.4 (iTXt).
 */
import { LabError } from '../core/errors.ts';
import { chunk, chunksOf, nameOf, withChunks } from './pngChunks.ts';

const keyword = 'learning-rule-lab';
const open = `<metadata id="${keyword}">`;
const close = '</metadata>';

/** json: its strings may hold any character; those that mean something in XML are written as JSON escapes. */
export function withSvgMetadata(svg: string, json: string): string {
  const text = json.replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
  const at = svg.indexOf('</title>') + '</title>'.length;
  return `${svg.slice(0, at)}${open}${text}${close}${svg.slice(at)}`;
}

/** The text must not be in `png` yet. */
export function withPngMetadata(png: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const data = new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`); // not compressed, no language, no translation
  return withChunks(png, [chunk('iTXt', data)]);
}

/** The text in a figure exported as SVG or PNG, or in a JSON file of its own. Throws LabError `figure.metadata` without one. */
export function metadataOf(bytes: Uint8Array, name: string): string {
  const text = textIn(bytes);
  if (text !== null) return text;
  throw new LabError(
    'figure.metadata',
    `Opening "${name}": expected a figure exported by Learning Rule Lab (SVG or PNG with its recipe) or a recipe (JSON), found none in it. Editors may drop the recipe when they save.`,
  );
}

function textIn(bytes: Uint8Array): string | null {
  if (bytes[0] === 0x89) {
    for (const part of chunksOf(bytes)) {
      if (nameOf(part) !== 'iTXt') continue;
      const text = new TextDecoder().decode(part.subarray(8, -4));
      if (text.startsWith(`${keyword}\0`)) return text.slice(keyword.length + 5);
    }
    return null;
  }
  const text = new TextDecoder().decode(bytes);
  if (/^\s*\{/.test(text)) return text;
  const from = text.indexOf(open);
  const to = text.indexOf(close, from);
  return from < 0 || to < 0 ? null : unescaped(text.slice(from + open.length, to));
}

function unescaped(text: string): string {
  const named: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };
  return text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => named[entity]);
}
