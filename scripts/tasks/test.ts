/** All tests. The last line is the sum: N passed, N failed, N skipped. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildMain, buildRenderer } from '../lib/builds.ts';
import { buildCuda } from '../lib/buildCuda.mjs';
import { chromiumPath } from '../lib/chromium.ts';
import { projectFolder, runScript, runTool } from '../lib/run.ts';

type Counts = { passed: number; failed: number; skipped: number };

const reports = path.join(projectFolder, '.vite', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const steps: Counts[] = [check('check', () => runScript('scripts/tasks/check.ts'))];
steps.push(check('build', () => buildRenderer() || buildMain()));
steps.push(await gpuEngine());
steps.push(unitTests(), endToEndTests());

const sum = steps.reduce((a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
}));
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed > 0 ? 1 : 0;

/** A step that passes or fails as a whole. */
function check(name: string, run: () => number): Counts {
  const failed = run() !== 0;
  console.error(`[test] ${name}: ${failed ? 'FAILED' : 'passed'}`);
  return { passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: 0 };
}

/** That the engine for GPUs compiles; whether there is a GPU does not matter. */
async function gpuEngine(): Promise<Counts> {
  try {
    const { skipped } = await buildCuda({ root: projectFolder });
    console.error(`[test] engine for the GPU: ${skipped === undefined ? 'compiles' : `skipped, ${skipped}`}`);
    return skipped === undefined ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 };
  } catch (error) {
    console.error(`[test] engine for the GPU: FAILED ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function unitTests(): Counts {
  const file = path.join(reports, 'vitest.json');
  const code = runTool('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile=${file}`]);
  return counted(
    file,
    code,
    (r: { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number }) => ({
      passed: r.numPassedTests,
      failed: r.numFailedTests,
      skipped: r.numPendingTests + r.numTodoTests,
    }),
  );
}

function endToEndTests(): Counts {
  const chromium = chromiumPath();
  if (chromium === null) {
    console.error('[test] end-to-end tests skipped: no Chromium found. Install one, or name it in CHROMIUM.');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const file = path.join(reports, 'playwright.json');
  const code = runTool('playwright/cli.js', ['test'], { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  return counted(
    file,
    code,
    ({ stats }: { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }),
  );
}

/** A runner that failed without a failed test counts as one failure. */
function counted<Report>(file: string, code: number, read: (report: Report) => Counts): Counts {
  const counts = existsSync(file)
    ? read(JSON.parse(readFileSync(file, 'utf8')) as Report)
    : { passed: 0, failed: 0, skipped: 0 };
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
