import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../src/app/contract.ts';
import { decodeResumePoint, encodeResumePoint } from '../../src/core/checkpoints/checkpoint.ts';
import type { AlignmentRow } from '../../src/app/ports.ts';
import { writeAtomically } from '../../src/platform/files/atomic.ts';
import { checkpointFile } from '../../src/platform/files/runFiles.ts';
import { openStore } from '../../src/platform/store/sqliteStore.ts';
import { projectFolder, removeFolder, temporaryFolder } from '../support/folders.ts';

const updates = 600;
const cli = path.join(projectFolder, 'src/cli/index.ts');
const settings = `--preset quick --rules e-prop --updates ${updates} --trials 20 --units 32 --checkpoint-every 20 --test-trials 0 --alignment-every 10`;

/** Runs lrlab to its end. */
function lrlab(home: string, line: string): { code: number | null; out: string; err: string } {
  const r = spawnSync(process.execPath, [cli, '--home', home, ...line.split(' ')], { encoding: 'utf8' });
  return { code: r.status, out: r.stdout, err: r.stderr };
}

const runsOf = (home: string): RunSummary[] => JSON.parse(lrlab(home, 'runs --json').out) as RunSummary[];

/** Starts training and kills the process with SIGKILL once a checkpoint is there. */
async function trainAndKill(home: string): Promise<RunSummary> {
  const child = spawn(process.execPath, [cli, '--home', home, 'train', ...settings.split(' '), '--seeds', '7']);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let run: RunSummary | undefined;
  while (!run || !existsSync(checkpointFile(path.join(home, 'runs', run.id), 40))) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (child.exitCode !== null) throw new Error('training ended before it could be killed');
    run ??= existsSync(path.join(home, 'lab.sqlite')) ? runsOf(home)[0] : undefined;
  }
  child.kill('SIGKILL');
  await ended;
  return runsOf(home)[0];
}

/** Every comparison of gradients that is stored of the run. */
function alignmentsOf(home: string, run: RunSummary): AlignmentRow[] {
  const store = openStore(path.join(home, 'lab.sqlite'));
  const rows = store.alignments.read(run.id);
  store.close();
  return rows;
}

const finalHash = (home: string, run: RunSummary): string =>
  createHash('sha256')
    .update(readFileSync(checkpointFile(path.join(home, 'runs', run.id), updates)))
    .digest('hex');

describe('a process killed in the middle of training', () => {
  const homes = Array.from({ length: 3 }, temporaryFolder) as [string, string, string];
  let straight: string;
  let compared: AlignmentRow[];
  beforeAll(() => {
    const { code, err } = lrlab(homes[0], `train ${settings} --seeds 7`);
    expect(code, err).toBe(0);
    const [run] = runsOf(homes[0]);
    straight = finalHash(homes[0], run);
    compared = alignmentsOf(homes[0], run);
  }, 60_000);
  afterAll(() => homes.forEach(removeFolder));

  it('goes on from its last checkpoint to the same weights and comparisons of gradients, bit for bit', async () => {
    const home = homes[1];
    const killed = await trainAndKill(home);
    expect(killed.update).toBeLessThan(updates);
    const { code, err } = lrlab(home, `runs resume ${killed.id}`);
    expect(code, err).toBe(0);
    const run = runsOf(home)[0];
    expect(run.state).toBe('done');
    expect(run.checkpoints).toBe(updates / 20 + 1);
    expect(finalHash(home, run)).toBe(straight);
    expect(compared.length).toBe((updates / 10) * 7);
    expect(alignmentsOf(home, run)).toEqual(compared);
  });

  it('ends with other weights when a single number of what was stored is changed (the comparison can fail)', async () => {
    const home = homes[2];
    const killed = await trainAndKill(home);
    const file = path.join(home, 'runs', killed.id, 'resume.safetensors');
    const point = decodeResumePoint(readFileSync(file));
    point.state.moments.first.Wrec.data[0] += 1e-3;
    writeAtomically(file, encodeResumePoint(point));
    expect(lrlab(home, `runs resume ${killed.id}`).code).toBe(0);
    expect(finalHash(home, runsOf(home)[0])).not.toBe(straight);
  });
});
