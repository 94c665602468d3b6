/**
 * How values cross a host border as text: written by devalue, so that NaN, undefined and typed arrays arrive alike. Long
 * lists of numbers, and of where points come from, go as bytes: figures of long curves are read ten times as fast so.
 */
import { parse, stringify } from 'devalue';
import type { PointOrigin } from '../core/figures/figure.ts';

/** shorter ones stay text that people can read */
const long = 64;

type Origins = { run: string; seed: number; update: Float64Array };

export function write(value: unknown): string {
  return stringify(value, { Numbers: packNumbers, Origins: packOrigins });
}

export function read(text: string): unknown {
  return parse(text, { Numbers: unpackNumbers, Origins: unpackOrigins });
}

function packNumbers(value: unknown): Float64Array | false {
  if (!Array.isArray(value) || value.length < long) return false;
  return value.every((n) => typeof n === 'number') && Float64Array.from(value);
}

const unpackNumbers = (numbers: unknown): number[] => Array.from(bytesOf(numbers));

/** Of points of one run. */
function packOrigins(value: unknown): Origins | false {
  if (!Array.isArray(value) || value.length < long) return false;
  const { run, seed } = (value[0] ?? {}) as Partial<PointOrigin>;
  if (typeof run !== 'string' || typeof seed !== 'number') return false;
  const alike = (value as Record<string, unknown>[]).every(
    (o) => o?.['run'] === run && o['seed'] === seed && typeof o['update'] === 'number' && Object.keys(o).length === 3,
  );
  return alike && { run, seed, update: Float64Array.from(value as PointOrigin[], ({ update }) => update) };
}

const unpackOrigins = ({ run, seed, update }: Origins): PointOrigin[] =>
  Array.from(bytesOf(update), (at) => ({ run, seed, update: at }));

/** Whoever sends a length instead of numbers must not have room made for it. */
function bytesOf(value: unknown): Float64Array {
  if (value instanceof Float64Array) return value;
  throw new TypeError('expected numbers as bytes');
}
