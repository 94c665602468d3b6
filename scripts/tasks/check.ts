/** What can be said without running anything: lockfile, types, lint, format, layers. */
import { runScript, runTool } from '../lib/run.ts';

const tsc = (project: string): number => runTool('typescript/bin/tsc', ['-p', project]);

const checks: readonly (readonly [name: string, run: () => number])[] = [
  ['lockfile', () => runScript('scripts/check-lock.ts')],
  ['layers', () => runScript('scripts/check-layers.ts')],
  ['format', () => runTool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'])],
  ['types', () => tsc('tsconfig.json') || tsc('src/core/tsconfig.json') || tsc('test/e2e/tsconfig.json')],
  [
    'types of the pages',
    () => runTool('svelte-check/bin/svelte-check', ['--tsconfig', 'src/renderer/tsconfig.json', '--output', 'human']),
  ],
  ['quick lint', () => runTool('oxlint/bin/oxlint', ['--quiet', 'src', 'test', 'scripts'])],
  ['lint', () => runTool('eslint/bin/eslint.js', ['--max-warnings', '0', 'src', 'test', 'scripts'])],
];

const failed = checks.filter(([name, run]) => {
  console.error(`[check] ${name}`);
  return run() !== 0;
});
if (failed.length > 0) console.error(`[check] failed: ${failed.map(([name]) => name).join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
