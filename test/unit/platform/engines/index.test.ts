import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { TrainingSetup } from '../../../../src/core/engines/engine.ts';
import { bptt } from '../../../../src/core/rules/bptt.ts';
import { chooseEngine, probeEngines } from '../../../../src/platform/engines/index.ts';
import { describeNative } from '../../../support/nativeEngine.ts';
import { adam, smallShape } from '../../../support/network.ts';

const setup: TrainingSetup = { shape: smallShape, rule: bptt, optimizer: adam };
const unknown = { ...setup, shape: { ...smallShape, activation: 'sine' as TrainingSetup['shape']['activation'] } };

afterEach(() => {
  delete process.env['LRLAB_ADDON'];
});

describe('probeEngines', () => {
  it('lists every engine, with what it is or why it is not there', async () => {
    process.env['LRLAB_ADDON'] = path.join(import.meta.dirname, 'missing.node');
    const probes = await probeEngines();
    expect(probes.map((p) => p.id)).toEqual(['native-cpu', 'tensorflow', 'reference']);
    expect(probes[0]).toMatchObject({ available: false, description: '' });
    expect(probes[0].reason).toContain('native addon not built');
    for (const { available, description } of probes.slice(1))
      expect([available, description !== '']).toEqual([true, true]);
  });
});

describe('chooseEngine', () => {
  it('falls back in order when left to choose, and says what it passed over and why', async () => {
    process.env['LRLAB_ADDON'] = path.join(import.meta.dirname, 'missing.node');
    const { engine, reason } = await chooseEngine({ engine: 'auto' }, setup);
    expect(engine.id).toBe('tensorflow');
    expect(reason).toContain('Training on "tensorflow", not on "native-cpu" (native addon not built');
  });

  it('throws when the engine asked for is not there', async () => {
    process.env['LRLAB_ADDON'] = path.join(import.meta.dirname, 'missing.node');
    await expect(chooseEngine({ engine: 'native-cpu' }, setup)).rejects.toMatchObject({
      code: 'engine.unavailable',
      message: expect.stringContaining('native addon not built') as string,
    });
  });

  it('throws when a file that is no addon lies in its place', async () => {
    process.env['LRLAB_ADDON'] = import.meta.filename;
    await expect(chooseEngine({ engine: 'native-cpu' }, setup)).rejects.toMatchObject({
      code: 'engine.unavailable',
      message: expect.stringContaining('does not load') as string,
    });
  });

  it('throws when the backend asked for is not installed or not known', async () => {
    const asked = (backend: string) => chooseEngine({ engine: 'tensorflow', backend }, setup);
    await expect(asked('abacus')).rejects.toMatchObject({
      code: 'engine.unavailable',
      message: expect.stringContaining('no backend "abacus"; known are tfjs-node-gpu') as string,
    });
  });

  it('throws when the engine asked for cannot do the setup', async () => {
    await expect(chooseEngine({ engine: 'tensorflow', backend: 'cpu' }, unknown)).rejects.toMatchObject({
      code: 'engine.refused',
      message: expect.stringContaining('no activation function "sine"') as string,
    });
  });

  it('takes the engine asked for', async () => {
    const { engine, reason } = await chooseEngine({ engine: 'reference' }, setup);
    expect([engine.id, reason]).toEqual(['reference', 'Training on "reference": asked for.']);
  });
});

describeNative('chooseEngine with the addon built', () => {
  it('takes the native engine when left to choose, with the threads given', async () => {
    const { engine } = await chooseEngine({ engine: 'auto', threads: 3 }, setup);
    expect(engine.id).toBe('native-cpu');
    expect(engine.description).toContain('3 threads');
  });

  it('passes over engines that refuse the setup', async () => {
    const { engine, reason } = await chooseEngine({ engine: 'auto' }, unknown);
    expect(engine.id).toBe('reference');
    expect(reason).toContain('"native-cpu" (it has no activation function "sine")');
  });
});
