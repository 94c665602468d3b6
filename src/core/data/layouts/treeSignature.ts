/**
 * How a file is built, whatever its size: its format, keys, types and numbers of axes. Files of one recording after the other
 * have the same, so that what was said of one may be offered for the next.
 */
import type { FileValue } from '../formats/format.ts';
import { isArray } from './reaching.ts';

export function treeSignature(format: string, value: FileValue): string {
  return `${format} ${built(value)}`;
}

function built(value: FileValue): string {
  if (isArray(value)) return `${value.dtype}:${value.shape.length}`;
  if (value instanceof Map) return `{${[...value].map(([key, v]) => `${JSON.stringify(key)}:${built(v)}`).join()}}`;
  if (Array.isArray(value)) return `[${[...new Set(value.map(built))].sort().join('|')}]`;
  return value === null ? 'null' : typeof value;
}
