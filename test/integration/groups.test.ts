import { spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan, RunId } from '../../src/app/plan.ts';
import type { RunRow } from '../../src/app/ports.ts';
import { decodeResumePoint, encodeResumePoint } from '../../src/core/checkpoints/checkpoint.ts';
import type { EngineId } from '../../src/core/engines/engine.ts';
import { checkpointFile } from '../../src/platform/files/runFiles.ts';
import { projectFolder, removeFolder } from '../support/folders.ts';
import { groupPlan, openGroupLab } from '../support/groupLab.ts';
import type { GroupLab } from '../support/groupLab.ts';
import { instructionSets } from '../support/nativeEngine.ts';
import { until } from '../support/until.ts';

/** Updates that take a worker long enough to be interfered with. */
const engines: [EngineId, number][] = [['reference', 40]];
if (instructionSets.length > 0) engines.push(['native-cpu', 4000]);

describe.each(engines)('a group of runs in one worker, on "%s"', (engine, updates) => {
  let lab: GroupLab;
  let loneLab: GroupLab;
  beforeEach(() => {
    lab = openGroupLab(3);
    loneLab = openGroupLab(1);
  });
  afterEach(async () => {
    for (const each of [lab, loneLab]) {
      await each.close();
      removeFolder(each.folder);
    }
  });

  const start = async (plan: Plan, { service }: GroupLab = lab): Promise<RunId[]> =>
    service.handlers['run.start'](plan);
  const row = (id: RunId, { ports }: GroupLab = lab): RunRow => ports.store.runs.get(id)!;
  const resumeFile = (id: RunId): string => path.join(lab.ports.workspace.runFolder(id), 'resume.safetensors');
  const stored = (id: RunId, { ports }: GroupLab = lab) => ({
    checkpoints: ports.store.checkpoints.list(id),
    files: ports.store.checkpoints
      .list(id)
      .map(({ update }) => readFileSync(checkpointFile(ports.workspace.runFolder(id), update))),
    curve: ports.store.updates.read(id, 0),
  });
  /** What runs of these seeds store when each has a worker of its own. */
  const lone = async (seeds: number[], made = updates) => {
    const ids = await start(groupPlan(engine, { updates: made, seeds }), loneLab);
    await loneLab.service.queue.settled(ids);
    expect(loneLab.groups.every((group) => group.length === 1)).toBe(true);
    return ids.map((id) => stored(id, loneLab));
  };

  it('finishes a sweep of two rules and three seeds, a rule at a time, with all results', async () => {
    lab.ports.store.settings.set({ ...lab.ports.store.settings.get(), parallelRuns: 1 });
    const ids = await start(groupPlan(engine, { rules: ['bptt', 'e-prop'] }));
    await lab.service.queue.settled(ids);
    expect(lab.groups).toEqual([
      [ids[0], ids[2], ids[4]],
      [ids[1], ids[3], ids[5]],
    ]);
    for (const id of ids) {
      const run = await lab.service.handlers['run.get']({ run: id });
      expect(run).toMatchObject({ state: 'done', update: 20, analyzed: 5, checkpoints: 5, engine: { id: engine } });
      expect(run.checkpointRows.every(({ results }) => results['procrustes']! > 0)).toBe(true);
    }
  });

  it('takes as many runs as are worth it, and those alone that are alike', async () => {
    const alike = await start(groupPlan(engine, { seeds: [1, 2, 3, 4] }));
    const other = await start(groupPlan(engine, { seeds: [5, 6], rules: ['bptt'] }));
    await lab.service.queue.settled([...alike, ...other]);
    expect(lab.groups.map((group) => group.length).sort()).toEqual([1, 2, 3]);
    expect(lab.groups.find((group) => group.length === 2)).toEqual(other);
    expect([...alike, ...other].every((id) => row(id).state === 'done')).toBe(true);
  });

  it('stores of each run, bit for bit, what the run stores alone', async () => {
    const ids = await start(groupPlan(engine));
    await lab.service.queue.settled(ids);
    expect(lab.groups).toEqual([ids]);
    expect(ids.map((id) => stored(id))).toEqual(await lone([1, 2, 3], 20));
  });

  it('pauses one and cancels another in flight; the third is not disturbed, and those two resume to the same end', async () => {
    const ids = (await start(groupPlan(engine, { updates }))) as [RunId, RunId, RunId];
    const [paused, cancelled, third] = ids;
    await until(() => row(paused).update > 2);
    lab.service.queue.pause([paused]);
    await until(() => row(paused).state === 'paused' && row(cancelled).update > row(paused).update);
    lab.service.queue.cancel([cancelled]);
    await until(() => row(cancelled).state === 'cancelled');
    expect(row(third).state).toBe('running');
    expect(row(paused).update).toBeLessThan(row(cancelled).update);
    lab.service.queue.resume([cancelled, paused]);
    await lab.service.queue.settled(ids);
    expect(lab.groups).toEqual([ids, [paused, cancelled]]);
    expect(ids.map((id) => row(id).state)).toEqual(['done', 'done', 'done']);
    expect(ids.map((id) => stored(id))).toEqual(await lone([1, 2, 3]));
  });

  it('fails one that diverges and one that cannot be resumed, each with its reason; the third goes on undisturbed', async () => {
    const ids = (await start(groupPlan(engine, { updates }))) as [RunId, RunId, RunId];
    await until(() => ids.every((id) => row(id).update > 2));
    lab.service.queue.pause(ids);
    await until(() => ids.every((id) => row(id).state === 'paused'));
    const [wild, damaged, third] = ids;
    const point = decodeResumePoint(readFileSync(resumeFile(wild)));
    point.state.parameters.Wout.data.fill(engine === 'reference' ? 1e200 : 3e38); // its square is not finite
    writeFileSync(resumeFile(wild), encodeResumePoint(point));
    writeFileSync(resumeFile(damaged), readFileSync(resumeFile(damaged)).subarray(0, 100));
    lab.service.queue.resume(ids);
    await lab.service.queue.settled(ids);
    expect(lab.groups).toEqual([ids, ids]);
    expect(row(wild)).toMatchObject({ state: 'failed', error: { code: 'training.diverged' } });
    expect(row(wild).error!.message).toContain(`update ${point.state.update + 1}`);
    expect(row(damaged)).toMatchObject({
      state: 'failed',
      error: { code: expect.stringMatching(/^\w+\.\w+$/) as string },
    });
    expect(row(third).state).toBe('done');
    expect([stored(third)]).toEqual(await lone([3]));
  });

  it('fails all runs of a worker that fails, each with the reason, and goes on with the next', async () => {
    const { engines: port, store, workspace } = lab.ports;
    const groupSize = port.groupSize.bind(port);
    const data = await lab.service.handlers['dataset.importSample'](undefined);
    const file = workspace.datasetFile(data.id);
    port.groupSize = () => {
      renameSync(file, `${file}.away`);
      return Promise.resolve(3);
    };
    const lost = await start(groupPlan(engine));
    await lab.service.queue.settled(lost);
    for (const id of lost)
      expect(row(id)).toMatchObject({ state: 'failed', owner: null, error: { message: /ENOENT/ } });
    renameSync(`${file}.away`, file);
    port.groupSize = groupSize;
    lab.service.queue.resume([lost[0]]);
    await lab.service.queue.settled(lost);
    expect(lost.map((id) => store.runs.get(id)!.state)).toEqual(['done', 'failed', 'failed']);
  });

  it('pauses all when the program closes, so that they go on together at its next start', async () => {
    const ids = await start(groupPlan(engine, { updates }));
    await until(() => ids.every((id) => row(id).update > 2));
    await lab.close();
    lab = openGroupLab(3, lab.folder);
    expect(ids.map((id) => row(id).state)).toEqual(['paused', 'paused', 'paused']);
    lab.service.queue.resume(ids);
    await lab.service.queue.settled(ids);
    expect(lab.groups).toEqual([ids]);
    expect(ids.map((id) => stored(id))).toEqual(await lone([1, 2, 3]));
  });

  it('goes on to the same weights, bit for bit, after its process was killed', async () => {
    await lab.close();
    const home = lab.folder;
    const script = path.join(projectFolder, 'test/support/groupProcess.ts');
    const child = spawn(process.execPath, [script, home, engine, String(updates)], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const ids = (): RunId[] => lab.ports.store.runs.list().map(({ id }) => id);
    try {
      await until(() => existsSync(path.join(home, 'lab.sqlite')));
      lab = openGroupLab(3, home);
      await until(() => ids().length === 3 && ids().every((id) => lab.ports.store.checkpoints.count(id) >= 2));
    } finally {
      child.kill('SIGKILL');
    }
    await ended;
    lab.service.queue.recover();
    expect(ids().map((id) => row(id).state)).toEqual(['interrupted', 'interrupted', 'interrupted']);
    expect(ids().every((id) => row(id).update < updates)).toBe(true);
    lab.service.queue.resume(ids());
    await lab.service.queue.settled(ids());
    expect(lab.groups).toEqual([ids()]);
    const curves = (runs: ReturnType<typeof stored>[]) => runs.map(({ curve }) => [...curve.main]);
    const expected = await lone([1, 2, 3]);
    expect(ids().map((id) => stored(id).files)).toEqual(expected.map(({ files }) => files));
    expect(curves(ids().map((id) => stored(id)))).toEqual(curves(expected));
  });

  it('does not put together runs that different engines have trained so far', async () => {
    const ids = await start(groupPlan(engine, { updates }));
    await until(() => ids.every((id) => row(id).update > 2));
    lab.service.queue.pause(ids);
    await until(() => ids.every((id) => row(id).state === 'paused'));
    lab.ports.store.runs.change(ids[1], { engine: { ...row(ids[1]).engine!, id: 'native-cuda' } });
    lab.service.queue.resume(ids);
    await lab.service.queue.settled(ids);
    expect(lab.groups.slice(1).sort((a, b) => b.length - a.length)).toEqual([[ids[0], ids[2]], [ids[1]]]);
  });
});
