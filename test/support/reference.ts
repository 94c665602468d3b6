/**
 * Golden numbers of the published pipeline. They lie outside the project (`SHARED_DIR`, default `../shared`);
 * where the folder is absent, suites made with `describeReference` say so and skip.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'vitest';
import type { Tensor } from '../../src/core/math/tensor.ts';

const root = path.resolve(import.meta.dirname, '../..');
export const sharedDir = path.resolve(root, process.env['SHARED_DIR'] ?? '../shared');
export const referenceDir = path.join(sharedDir, 'reference');
export const hasReference = existsSync(path.join(referenceDir, 'fixtures'));

/** A suite that needs the reference folder. */
export function describeReference(name: string, body: () => void): void {
  if (hasReference) describe(name, body);
  else describe.skip(`${name} (skipped: no reference data at ${referenceDir}; set SHARED_DIR)`, body);
}

export function referencePath(...parts: string[]): string {
  return path.join(referenceDir, ...parts);
}

/** Names in a reference folder, sorted; empty where the folder is absent, so that suites can be built and skipped. */
export function referenceList(...parts: string[]): string[] {
  const dir = referencePath(...parts);
  return existsSync(dir) ? readdirSync(dir).sort() : [];
}

export function referenceJson<T = any>(...parts: string[]): T {
  return JSON.parse(readFileSync(referencePath(...parts), 'utf8')) as T;
}

/** `{shape, dtype, data}` of a fixture; non-finite numbers are written as strings there. */
export type JsonArray = { shape: number[]; dtype: string; data: (number | string)[] };

export function fromJson(a: JsonArray): Tensor<Float64Array> {
  return { shape: a.shape, data: Float64Array.from(a.data, Number) };
}

/** Largest absolute difference; Infinity where lengths differ, NaN counts as equal to NaN only. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    if (Object.is(a[i], b[i])) continue;
    const d = Math.abs(a[i] - b[i]);
    if (!(d <= largest)) largest = Number.isNaN(d) ? Infinity : d;
  }
  return largest;
}
