/**
 * `npm run fuzz [-- name …]`: damages files for longer than the tests do, from seeds that no run had before. FUZZ_SEEDS="[5,6]"
 * repeats runs.
 */
import { randomInt } from 'node:crypto';
import { runTool } from '../lib/run.ts';

const names = process.argv.slice(2).map((name) => name.replace(/[^\w ]/g, '.'));
const seeds = process.env['FUZZ_SEEDS'] ?? JSON.stringify(Array.from({ length: 8 }, () => randomInt(5, 2 ** 31)));

console.error(`[fuzz] FUZZ_SEEDS="${seeds}"`);
process.exitCode = runTool(
  'vitest/vitest.mjs',
  ['run', 'test/fuzz', ...(names.length > 0 ? ['-t', `damaged files: (${names.join('|')})( |$)`] : [])],
  { FUZZ_SEEDS: seeds },
);
