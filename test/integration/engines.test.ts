/** Broken addons, seen from the command line: they cost an engine, and nothing else. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CallOutput, RunSummary, SelfTest } from '../../src/app/contract.ts';
import { addonThat, compilerMissing } from '../support/brokenAddon.ts';
import { projectFolder, removeFolder, temporaryFolder } from '../support/folders.ts';
import { samplePath } from '../support/workspace.ts';

const home = temporaryFolder();
afterAll(() => removeFolder(home));

function lrlab(addon: string, ...args: string[]): { code: number | null; out: string; err: string } {
  const cli = path.join(projectFolder, 'src/cli/index.ts');
  const r = spawnSync(process.execPath, [cli, '--home', home, ...args], {
    encoding: 'utf8',
    env: { ...process.env, LRLAB_ADDON: addon },
  });
  return { code: r.status, out: r.stdout, err: r.stderr };
}

const without = compilerMissing === null ? '' : ` (skipped: ${compilerMissing})`;
describe.skipIf(compilerMissing !== null)(`with an addon that aborts when it is loaded${without}`, () => {
  const addon = compilerMissing === null ? addonThat('abort();', home) : '';

  it('lists the engines, says what happened, and takes the next', () => {
    const { code, out } = lrlab(addon, 'engines', '--json');
    expect(code).toBe(0);
    const { engines, automatic } = JSON.parse(out) as CallOutput<'engine.probe'>;
    expect(engines.find(({ id }) => id === 'native-cpu')).toMatchObject({
      available: false,
      reason: 'the probe ended with signal SIGABRT',
    });
    expect(automatic.id).toBe('reference');
    expect(automatic.cost).toContain('which this computer lacks');
    expect(lrlab(addon, 'engines').out).toContain(automatic.cost);
  }, 60_000);

  it('trains and compares on another engine, with the reason in the run', () => {
    const small = ['--units', '8', '--updates', '2', '--trials', '4', '--test-trials', '4', '--seeds', '1'];
    const args = ['train', '--data', samplePath, '--preset', 'quick', ...small, '--rules', 'bptt', '--json'];
    const { code, out, err } = lrlab(addon, ...args);
    expect(code, err).toBe(0);
    const [run] = (JSON.parse(out) as { runs: RunSummary[] }).runs;
    expect(run).toMatchObject({ state: 'done', error: null, engine: { id: 'reference' } });
    expect(run.engine?.reason).toContain('the probe ended with signal SIGABRT');
    expect(run.distance).toBeGreaterThan(0);
  }, 60_000);

  it('refuses to train on the engine that was asked for', () => {
    const { code, err } = lrlab(addon, 'train', '--data', samplePath, '--preset', 'quick', '--engine', 'native-cpu');
    expect(code).toBe(1);
    expect(err).toContain('engine.unavailable');
    expect(err).toContain('signal SIGABRT');
  }, 60_000);
});

describe('lrlab engines --test', () => {
  it('compares and measures the engines there are', () => {
    const { code, out, err } = lrlab(path.join(home, 'none.node'), 'engines', '--test', '--threads', '1', '--json');
    expect(code, err).toBe(0);
    const { test } = JSON.parse(out) as { test: SelfTest };
    expect(test).toMatchObject({ threads: 1, cancelled: false });
    expect(test.tests.map(({ engine, error }) => [engine, error])).toEqual([
      ['tensorflow', null],
      ['reference', null],
    ]);
    for (const { numbers } of test.tests) {
      expect(numbers.every(({ refusal, agrees, repeats }) => refusal !== null || (agrees && repeats))).toBe(true);
    }
  }, 180_000);

  it('wants a number of threads', () => {
    expect(lrlab('', 'engines', '--test', '--threads', 'many')).toMatchObject({
      code: 1,
      err: expect.stringContaining('engines.threads') as string,
    });
  });
});
