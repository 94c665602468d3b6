/** A recording whose behaviour lies in a second file: imported together, added later, kept in the workspace. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { summaryOf } from '../../src/app/importDataset.ts';
import type { DatasetSummary, ImportReply } from '../../src/app/contract.ts';
import type { DatasetRow } from '../../src/app/ports.ts';
import { removeFolder } from '../support/folders.ts';
import { cubeMat, muscleMat, neuralMat } from '../support/muscleRecording.ts';
import { openLab, samplePath } from '../support/workspace.ts';

const lab = openLab();
const { handlers } = lab.service;
const written = (name: string, bytes: Uint8Array): string => {
  const file = path.join(lab.folder, name);
  writeFileSync(file, bytes);
  return file;
};
const neural = written('neural.mat', neuralMat(27, 12));
const emg = written('emg.mat', muscleMat());
const fewer = written('fewer.mat', muscleMat(26));
const unknown = written(
  'force.mat',
  cubeMat('force', [2, 50, 8], (r, t, c) => r + t + c),
);

function imported(reply: ImportReply): DatasetSummary {
  if (reply.kind !== 'dataset') throw new Error('not imported');
  return reply.dataset;
}
const list = () => handlers['dataset.list'](undefined);

afterAll(async () => {
  await lab.close();
  removeFolder(lab.folder);
});

describe('two files of one recording', () => {
  it('make one dataset, with both origins', async () => {
    const dataset = imported(await handlers['dataset.import']({ path: neural, behaviour: { path: emg } }));
    expect(dataset).toMatchObject({
      name: 'Sussillo 2015 reach + EMG',
      neurons: 12,
      steps: 186,
      fromMs: -1450,
      toMs: 400,
      conditions: 27,
      kinematics: [],
      behaviour: { name: 'EMG', steps: 66, fromMs: -250, toMs: 400, source: { path: emg, format: 'mat' } },
      source: { path: neural },
    });
    expect(dataset.behaviour!.labels).toHaveLength(7);
    expect(await list()).toEqual([dataset]);
    const stored = await lab.ports.workspace.readDataset(dataset.id);
    expect(stored.behaviour!.values.shape).toEqual([7, 66, 27]);
  });

  it('make the same dataset one after the other, and leave the recording alone as it is', async () => {
    const [together] = await list();
    const alone = imported(await handlers['dataset.import']({ path: neural }));
    expect(alone).toMatchObject({ name: 'Sussillo 2015 reach', behaviour: null });
    const after = imported(await handlers['dataset.addBehaviour']({ dataset: alone.id, path: emg }));
    expect(after.id).toBe(together.id);
    expect((await list()).map((d) => d.id).sort()).toEqual([alone.id, together.id].sort());
  });

  it('are refused where their conditions differ, and nothing is kept', async () => {
    const before = await list();
    await expect(handlers['dataset.import']({ path: neural, behaviour: { path: fewer } })).rejects.toMatchObject({
      code: 'data.conditions',
      message: expect.stringMatching(/fewer\.mat.*27.*same conditions in the same order/) as string,
    });
    expect(await list()).toEqual(before);
  });

  it('are asked about, the second as such, and taken with the answer', async () => {
    const reach = imported(await handlers['dataset.import']({ path: samplePath }));
    const reply = await handlers['dataset.addBehaviour']({ dataset: reach.id, path: unknown });
    expect(reply).toMatchObject({ kind: 'question', question: { of: 'behaviour', path: unknown } });
    if (reply.kind !== 'question') return;
    const mapping = { ...reply.question.suggestion!, name: 'force' };
    const added = imported(await handlers['dataset.addBehaviour']({ dataset: reach.id, path: unknown, mapping }));
    expect(added.name).toBe(`${reach.name} + force`);
    expect(new Set(added.kinematics)).toEqual(new Set(reach.kinematics));
    expect(added.behaviour).toMatchObject({ labels: ['force 1', 'force 2'], toMs: reach.toMs });
    expect(added.participationRatio).toBe(reach.participationRatio);
  });
});

it('a dataset stored before there was behaviour has none', () => {
  const [row] = lab.ports.store.datasets.list();
  const { behaviour: _, ...old } = row;
  expect(summaryOf(old as DatasetRow).behaviour).toBeNull();
});
