/** The reach with muscles, from two MATLAB files of the published sizes to distances. The numbers in them are simulated. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runPlan } from '../../src/app/runPlan.ts';
import type { DatasetId, RunSpec } from '../../src/app/plan.ts';
import { firstState, poseTask, trainingSetup } from '../../src/app/trainingSetup.ts';
import { NumpyRandom } from '../../src/core/math/random/numpyRandom.ts';
import { rules } from '../../src/core/rules/index.ts';
import { removeFolder } from '../support/folders.ts';
import { muscleDataset } from '../support/muscleDataset.ts';
import { muscleMat, neuralMat } from '../support/muscleRecording.ts';
import { describeNative, instructionSets, nativeEngine } from '../support/nativeEngine.ts';
import { openLab, smallPlan } from '../support/workspace.ts';

const lab = openLab();
const { handlers } = lab.service;
const [neural, emg] = ['neural.mat', 'emg.mat'].map((name) => path.join(lab.folder, name));
writeFileSync(neural, neuralMat());
writeFileSync(emg, muscleMat());

const data = { path: neural, behaviour: { path: emg } };
const task = { id: 'muscle-reach', settings: {} };

afterAll(async () => {
  await lab.close();
  removeFolder(lab.folder);
});

describe('the recording of 180 neurons, 7 muscles and 27 reaches', () => {
  it('is posed with 16 inputs, 7 outputs and a comparison over 186 steps', async () => {
    const reply = await handlers['dataset.import'](data);
    if (reply.kind !== 'dataset') throw new Error('not imported');
    const posed = poseTask({ task, conventions: 'published' }, await lab.ports.workspace.readDataset(reply.dataset.id));
    expect([posed.inputLabels.length, posed.outputLabels.length, posed.dtMs]).toEqual([16, 7, 10]);
    expect(posed.analysis).toMatchObject({ start: 3, stop: 189, batch: { trials: 27, steps: 189 } });
    expect(Math.max(...posed.analysis.batch.target.data)).toBe(1);
  });

  it('is learned: loss and error fall, and distances to the neurons come out', { timeout: 240_000 }, async () => {
    const base = smallPlan({ updates: 60, learningRate: 3e-3 });
    const plan = smallPlan({
      data,
      task,
      rules: ['bptt'],
      training: { ...base.training, trials: 27, testTrials: 0, checkpoints: { every: 30 } },
      model: { ...base.model, units: 40 },
    });
    const { runs, figures } = await runPlan(plan, lab.service, lab.ports);
    expect(runs.map((r) => [r.state, r.error])).toEqual([['done', null]]);
    const { main } = lab.ports.store.updates.read(runs[0].id, 0);
    const mean = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0) / values.length;
    expect(mean(main.slice(-10))).toBeLessThan(0.6 * mean(main.slice(0, 5)));
    const of = (id: string): (number | null)[] =>
      lab.ports.store.results.ofRun(runs[0].id).flatMap(({ result }) => (result.id === id ? [result.value] : []));
    const [errors, distances] = [of('normalizedError'), of('procrustes')];
    expect(errors).toHaveLength(3);
    expect(errors[2]).toBeLessThan(errors[0]!);
    for (const distance of distances) {
      expect(distance).toBeGreaterThan(0.01);
      expect(distance).toBeLessThan(1);
    }
    expect(distances[2]).not.toBe(distances[0]);
    expect(figures[0].figure.lines.length).toBeGreaterThan(0);
  });
});

describeNative('the native engine', () => {
  const { figures: _figures, rules: _rules, seeds: _seeds, data: _data, ...base } = smallPlan({ task });
  const model = { ...base.model, units: 40, activation: 'ReLU', dale: true } as const; // as ModProp asks for
  const posed = poseTask(base, muscleDataset({ neurons: 30, muscles: 7, conditions: 27 }));

  it.each(rules.all.filter(({ credit }) => credit !== null).map(({ id }) => id))('trains it by %s', (rule) => {
    const native = nativeEngine(instructionSets[0]);
    const spec: RunSpec = { ...base, model, dataset: 'd1' as DatasetId, rule, seed: 1 };
    const setup = trainingSetup(spec, posed);
    expect(native.refusal(setup)).toBeNull();
    const network = native.open(setup, firstState(spec, setup.shape, native));
    const random = NumpyRandom.seeded(1);
    const losses = Array.from({ length: 3 }, () => network.update(posed.draw(random, 27), null).main);
    network.close();
    expect(new Set(losses).size).toBe(3);
    for (const loss of losses) expect(loss).toBeGreaterThan(0);
  });
});
