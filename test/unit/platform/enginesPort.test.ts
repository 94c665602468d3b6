import { describe, expect, it } from 'vitest';
import type { RunSpec } from '../../../src/app/plan.ts';
import { publishedPreset } from '../../../src/app/presets.ts';
import { poseTask, trainingSetup } from '../../../src/app/trainingSetup.ts';
import type { CandidateId, Finding } from '../../../src/platform/engines/candidates.ts';
import type { StartChild } from '../../../src/platform/engines/child.ts';
import { enginesOf } from '../../../src/platform/enginesPort.ts';
import { reachDataset } from '../../support/reachDataset.ts';

/** A computer with both native engines, which know one activation function, and without TensorFlow.js. */
const answering: StartChild = (_file, [job], { message }) => {
  for (const candidate of (JSON.parse(job) as { candidates: CandidateId[] }).candidates) {
    const native = candidate.startsWith('native');
    const works = native || candidate === 'reference';
    const finding: Finding = {
      candidate,
      description: '',
      reason: works ? null : 'not there',
      activations: native ? ['retanh'] : null,
    };
    queueMicrotask(() => message(finding));
  }
  return { kill: () => {} };
};

const { rules: _, seeds: __, figures: ___, ...plan } = publishedPreset.plan;
const spec: RunSpec = { ...plan, dataset: 'd' as RunSpec['dataset'], rule: 'bptt', seed: 1 };
const setupOf = (activation: RunSpec['model']['activation']) =>
  trainingSetup({ ...spec, model: { ...spec.model, activation } }, poseTask(spec, reachDataset()));

describe('the size of a group', () => {
  const engines = enginesOf(answering);

  it('is that of the engine which the request ends with: many on a GPU, else one', async () => {
    const size = (engine: RunSpec['engine']['engine']) => engines.groupSize({ engine }, setupOf('retanh'));
    expect(await size('auto')).toBe(64);
    expect(await size('native-cuda')).toBe(64);
    expect(await size('native-cpu')).toBe(1);
    expect(await size('reference')).toBe(1);
    await expect(size('tensorflow')).rejects.toMatchObject({ code: 'engine.unavailable' });
  });

  it('falls to one where the GPU refuses the network', async () => {
    expect(await engines.groupSize({ engine: 'auto' }, setupOf('GELU'))).toBe(1);
    expect(await engines.preview({ engine: 'auto' }, setupOf('GELU'))).toMatchObject({ id: 'reference' });
  });
});
