/** How the files that plans name are read and kept, with the options of the command line. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Plan } from '../../src/app/plan.ts';
import { addPlanOptions, kindOfData, planFrom } from '../../src/cli/planOptions.ts';
import { removeFolder } from '../support/folders.ts';
import { muscleMat, neuralMat } from '../support/muscleRecording.ts';
import { centreOut, nwbFile } from '../support/spikeFiles.ts';
import { openLab, samplePath } from '../support/workspace.ts';
import type { TestLab } from '../support/workspace.ts';

describe('the data of a plan', () => {
  let lab: TestLab;
  let filesRead: () => string[];
  beforeEach(() => {
    lab = openLab();
    const read = vi.spyOn(lab.ports.readers, 'read');
    filesRead = () => read.mock.calls.map(([job]) => path.basename(job.path));
  });
  afterEach(async () => {
    await lab.close();
    removeFolder(lab.folder);
  });

  const planOf = async (...args: string[]): Promise<Plan> => {
    const options = addPlanOptions(new Command()).parse(args, { from: 'user' }).opts();
    return planFrom(options, lab.ports, await kindOfData(options, lab.service, lab.ports));
  };
  const stored = () => lab.ports.store.datasets.list().map(({ name }) => name);

  it('is read once: for the preset and for the run', async () => {
    const plan = await planOf('--data', samplePath);
    expect(stored()).toEqual([]);
    const { sweep } = await lab.service.prepare(plan);
    expect(filesRead()).toEqual(['simulated-reach.npz']);
    expect(lab.ports.store.datasets.list()).toMatchObject([{ id: sweep.dataset, name: 'Simulated reach' }]);
    expect((await lab.ports.workspace.readDataset(sweep.dataset)).name).toBe('Simulated reach');
  });

  it('is read once with the rates of its spikes, and with the behaviour of a second file', async () => {
    const [spikes, neural, emg] = ['monkey.nwb', 'neural.mat', 'emg.mat'].map((name) => path.join(lab.folder, name));
    writeFileSync(spikes, await nwbFile(centreOut({ units: 8 })));
    writeFileSync(neural, neuralMat());
    writeFileSync(emg, muscleMat());
    await lab.service.prepare(
      await planOf('--data', spikes, '--rates', 'suggested', '--task-setting', 'outputs=["position"]'),
    );
    expect(filesRead()).toEqual(['monkey.nwb']);
    const muscles = await planOf('--data', neural, '--behaviour', emg);
    expect(muscles.task.id).toBe('muscle-reach');
    await lab.service.prepare(muscles);
    expect(filesRead()).toEqual(['monkey.nwb', 'neural.mat', 'emg.mat']);
  });

  it('is read again where the plan is made of another file, or prepared again', async () => {
    const plan = await planOf('--data', samplePath);
    const neural = path.join(lab.folder, 'neural.mat');
    writeFileSync(neural, neuralMat(27, 9));
    await expect(lab.service.prepare({ ...plan, data: { path: neural } })).rejects.toThrow();
    await lab.service.prepare(plan);
    await lab.service.prepare(plan);
    expect(filesRead()).toEqual(['simulated-reach.npz', 'neural.mat', 'simulated-reach.npz', 'simulated-reach.npz']);
    expect(stored()).toEqual(['Simulated reach']);
  });

  it('is not kept where an option is refused, or the plan does not fit it', async () => {
    await expect(planOf('--data', samplePath, '--units', '-1')).rejects.toMatchObject({ code: 'plan.invalid' });
    await expect(planOf('--data', samplePath, '--weight-decay', '1')).rejects.toMatchObject({
      code: 'plan.weightDecay',
    });
    const plan = await planOf('--data', samplePath);
    await expect(lab.service.prepare({ ...plan, figures: ['likeness'] })).rejects.toMatchObject({
      code: 'figure.unknown',
    });
    const engine = await planOf('--data', samplePath, '--engine', 'native-cpu', '--rules', 'node-perturbation');
    await expect(lab.service.prepare(engine)).rejects.toMatchObject({ code: 'engine.refused' });
    expect(stored()).toEqual([]);
  });
});
