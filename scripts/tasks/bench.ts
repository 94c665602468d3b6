/** Measures speed as ratios and writes docs/benchmarks. */
import { runScript } from '../lib/run.ts';

process.exitCode = runScript('bench/index.ts', process.argv.slice(2));
