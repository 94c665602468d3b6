/**
 * Reads files in a process of its own for bench/readers.ts: each line on stdin names a file, each answer is {ms, corner}: time
 * by the clock, and the first number of the last row. With an argument: reads that file once and prints {peak}, by how many
 * times the array's bytes the process grew at most (VmHWM, Linux).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isArray } from '../../src/core/data/formats/openValue.ts';
import type { FileArray } from '../../src/core/data/formats/format.ts';
import { formatOf } from '../../src/core/data/formats/index.ts';
import { openFileSource } from '../../src/platform/files/fileSource.ts';
import { formatsFor } from '../../src/platform/formats/index.ts';

async function read(file: string): Promise<{ ms: number; array: FileArray }> {
  const start = performance.now();
  const source = openFileSource(file);
  const value = formatOf(source, file, await formatsFor(source))
    .open(source, file)
    .read();
  source.close();
  const array = value instanceof Map ? value.get('rates') : value;
  if (!isArray(array)) throw new Error(`no array in ${file}`);
  return { ms: performance.now() - start, array };
}

/** KiB */
const resident = (what: 'VmHWM' | 'VmRSS'): number =>
  Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))![1]);

const [single] = process.argv.slice(2);
if (single !== undefined) {
  writeFileSync('/proc/self/clear_refs', '5'); // the peak counts from here
  const before = resident('VmRSS');
  const { array } = await read(single);
  console.log(JSON.stringify({ peak: ((resident('VmHWM') - before) * 1024) / array.data.byteLength }));
} else {
  for await (const file of createInterface({ input: process.stdin })) {
    const { ms, array } = await read(file);
    const [rows, columns] = array.shape;
    console.log(JSON.stringify({ ms, corner: array.data[(rows - 1) * columns] }));
  }
}
