import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { CandidateId, Finding } from '../../../../src/platform/engines/candidates.ts';
import { nodeChild } from '../../../../src/platform/engines/child.ts';
import { probe } from '../../../../src/platform/engines/probe.ts';
import { addonThat, compilerMissing } from '../../../support/brokenAddon.ts';
import { removeFolder, temporaryFolder } from '../../../support/folders.ts';
import { describeNative } from '../../../support/nativeEngine.ts';

const folder = temporaryFolder();
const before = process.env['LRLAB_ADDON'];
afterEach(() => {
  if (before === undefined) delete process.env['LRLAB_ADDON'];
  else process.env['LRLAB_ADDON'] = before;
});
afterAll(() => removeFolder(folder));

const reasonOf = (findings: readonly Finding[], id: CandidateId): string | null | undefined =>
  findings.find(({ candidate }) => candidate === id)?.reason;

function childThat(code: string): string {
  const file = path.join(folder, `${Buffer.from(code).toString('hex').slice(0, 40)}.mjs`);
  writeFileSync(file, code);
  return file;
}

describe('the probe', () => {
  it('finds every candidate, with what it is or why it is not there', async () => {
    process.env['LRLAB_ADDON'] = path.join(folder, 'missing.node');
    const findings = await probe(nodeChild);
    expect(findings.map(({ candidate }) => candidate)).toEqual([
      'native-cuda',
      'native-cpu',
      'tfjs-node-gpu',
      'tfjs-node',
      'wasm',
      'cpu',
      'reference',
    ]);
    expect(reasonOf(findings, 'native-cpu')).toContain('native addon not built');
    expect(findings.find(({ candidate }) => candidate === 'wasm')).toMatchObject({
      reason: null,
      description: expect.stringContaining('backend wasm') as string,
    });
    expect(reasonOf(findings, 'reference')).toBeNull();
  });

  it('says of a file that is no addon that it does not load', async () => {
    process.env['LRLAB_ADDON'] = import.meta.filename;
    const findings = await probe(nodeChild, { candidates: ['native-cpu', 'reference'] });
    expect(reasonOf(findings, 'native-cpu')).toContain('native addon does not load');
    expect(reasonOf(findings, 'reference')).toBeNull();
  });

  describe.skipIf(compilerMissing !== null)(`with addons that go wrong${skipped(compilerMissing)}`, () => {
    it('survives one that aborts, and goes on with the others', async () => {
      process.env['LRLAB_ADDON'] = addonThat('abort();', folder);
      const findings = await probe(nodeChild, { candidates: ['native-cuda', 'native-cpu', 'cpu', 'reference'] });
      expect(reasonOf(findings, 'native-cuda')).toBe('the probe ended with signal SIGABRT');
      expect(reasonOf(findings, 'native-cpu')).toBe('the probe ended with signal SIGABRT');
      expect(reasonOf(findings, 'cpu')).toBeNull();
      expect(reasonOf(findings, 'reference')).toBeNull();
    });

    it('tells the last words of one that ends the process', async () => {
      process.env['LRLAB_ADDON'] = addonThat('write(2, "no device\\n", 10); _exit(7);', folder);
      const findings = await probe(nodeChild, { candidates: ['native-cpu'] });
      expect(reasonOf(findings, 'native-cpu')).toBe('the probe ended with exit code 7: no device');
    });

    it('gives up on one that hangs', async () => {
      process.env['LRLAB_ADDON'] = addonThat('for (;;) pause();', folder);
      const findings = await probe(nodeChild, { candidates: ['native-cpu', 'reference'], patienceMs: 3000 });
      expect(reasonOf(findings, 'native-cpu')).toBe('the probe gave no answer in 3 s');
      expect(reasonOf(findings, 'reference')).toBeNull();
    }, 20_000);
  });

  it.each([
    ['no finding', 'process.send({ candidate: "reference", reason: 5 }); setInterval(() => {}, 1000);'],
    ['a finding about something else', finding('cpu')],
  ])('does not take for an answer: %s', async (_, code) => {
    const findings = await probe(nodeChild, { candidates: ['reference'], file: childThat(code) });
    expect(findings).toEqual([
      expect.objectContaining({ candidate: 'reference', reason: 'the probe answered nonsense' }),
    ]);
  });

  it('says when the child ends before it has told all', async () => {
    const findings = await probe(nodeChild, { candidates: ['cpu', 'reference'], file: childThat(finding('cpu')) });
    expect(findings.map(({ reason }) => reason)).toEqual([null, 'the probe ended with exit code 0']);
  });
});

describeNative('the probe with the addon built', () => {
  it('finds it, with its activation functions and without the threads', async () => {
    const [found] = await probe(nodeChild, { candidates: ['native-cpu'] });
    expect(found.reason).toBeNull();
    expect(found.description).toMatch(/^C\+\+, float32, \w+$/);
    expect(found.activations).toContain('retanh');
  });
});

function finding(candidate: CandidateId): string {
  return `process.send(${JSON.stringify({ candidate, description: 'x', reason: null, activations: null })});`;
}

function skipped(reason: string | null): string {
  return reason === null ? '' : ` (skipped: ${reason})`;
}
