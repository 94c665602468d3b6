import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { TestProgress } from '../../../../src/app/contract.ts';
import type { Finding } from '../../../../src/platform/engines/candidates.ts';
import { nodeChild } from '../../../../src/platform/engines/child.ts';
import { selfTest } from '../../../../src/platform/engines/selfTest.ts';
import { addonThat, compilerMissing } from '../../../support/brokenAddon.ts';
import { removeFolder, temporaryFolder } from '../../../support/folders.ts';

const folder = temporaryFolder();
const before = process.env['LRLAB_ADDON'];
afterEach(() => {
  if (before === undefined) delete process.env['LRLAB_ADDON'];
  else process.env['LRLAB_ADDON'] = before;
});
afterAll(() => removeFolder(folder));

const found = (candidate: Finding['candidate'], reason: string | null = null): Finding => ({
  candidate,
  description: 'as found',
  reason,
  activations: null,
});

describe('the self-test', () => {
  it('tests what was found, and tells how far it is', async () => {
    const told: TestProgress[] = [];
    const findings = Promise.resolve([found('native-cpu', 'not here'), found('reference')]);
    const { tests, cancelled, threads } = await selfTest(nodeChild, findings, {
      threads: 2,
      tell: (progress) => told.push(progress),
    }).result;
    expect([cancelled, threads]).toEqual([false, 2]);
    expect(tests).toHaveLength(1);
    expect(tests[0]).toMatchObject({ engine: 'reference', error: null });
    expect(tests[0].numbers.every(({ difference, repeats }) => difference === 0 && repeats)).toBe(true);
    expect(tests[0].speed.map(({ rule }) => rule)).toEqual(['BPTT', 'e-prop']);
    expect(tests[0].speed.every(({ msPerUpdate }) => msPerUpdate > 0)).toBe(true);
    expect(told.length).toBeGreaterThan(2);
    expect(told.every(({ done, of }) => done < of)).toBe(true);
  }, 60_000);

  it.skipIf(compilerMissing !== null)('survives an engine that crashes', async () => {
    process.env['LRLAB_ADDON'] = addonThat('abort();', folder);
    const findings = Promise.resolve([found('native-cpu')]);
    const { tests } = await selfTest(nodeChild, findings, { threads: 1, tell: () => {} }).result;
    expect(tests).toEqual([
      {
        engine: 'native-cpu',
        label: 'Native (CPU)',
        description: 'as found',
        numbers: [],
        speed: [],
        error: 'The test ended with signal SIGABRT.',
      },
    ]);
  });

  it('gives up on an engine that is silent', async () => {
    const findings = Promise.resolve([found('reference')]);
    const options = { threads: 1, tell: () => {}, patienceMs: 1 };
    const { tests } = await selfTest(nodeChild, findings, options).result;
    expect(tests[0].error).toBe('The test gave no answer in 0.001 s.');
  });

  it('can be cancelled', async () => {
    const findings = Promise.resolve([found('reference')]);
    const test = selfTest(nodeChild, findings, { threads: 1, tell: () => test.cancel() });
    expect(await test.result).toMatchObject({ cancelled: true, tests: [] });
  });
});
