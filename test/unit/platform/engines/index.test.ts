import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { TrainingSetup } from '../../../../src/core/engines/engine.ts';
import { bptt } from '../../../../src/core/rules/bptt.ts';
import type { Finding } from '../../../../src/platform/engines/candidates.ts';
import { chooseEngine } from '../../../../src/platform/engines/index.ts';
import { describeNative } from '../../../support/nativeEngine.ts';
import { adam, plainLoss, smallShape } from '../../../support/network.ts';

const setup: TrainingSetup = { shape: smallShape, rule: bptt, ...plainLoss, optimizer: adam };
const before = process.env['LRLAB_ADDON'];
const missing = path.join(import.meta.dirname, 'missing.node');

afterEach(() => {
  if (before === undefined) delete process.env['LRLAB_ADDON'];
  else process.env['LRLAB_ADDON'] = before;
});

describe('chooseEngine', () => {
  it('tries the candidates itself where no findings are given', async () => {
    process.env['LRLAB_ADDON'] = missing;
    const { engine, reason } = await chooseEngine({ engine: 'auto' }, setup);
    expect(engine.id).toBe('reference');
    expect(reason).toContain('"native-cpu" (native addon not built');
  });

  it('throws when the engine asked for is not there', async () => {
    process.env['LRLAB_ADDON'] = missing;
    await expect(chooseEngine({ engine: 'native-cpu' }, setup)).rejects.toMatchObject({
      code: 'engine.unavailable',
      message: expect.stringContaining('native addon not built') as string,
    });
  });

  it('takes the engine asked for', async () => {
    const { engine, reason } = await chooseEngine({ engine: 'reference' }, setup);
    expect([engine.id, reason]).toEqual(['reference', 'Training on "reference": asked for.']);
  });

  it('throws when an engine that was found has gone since', async () => {
    process.env['LRLAB_ADDON'] = missing;
    const found: Finding = { candidate: 'native-cpu', description: 'C++', reason: null, activations: ['tanh'] };
    await expect(chooseEngine({ engine: 'auto' }, setup, [found])).rejects.toMatchObject({
      code: 'engine.unavailable',
      message: expect.stringContaining('it was there when the program started, and now is not') as string,
    });
  });
});

describeNative('chooseEngine with the addon built', () => {
  it('takes the native engine when left to choose, with the threads given', async () => {
    const { engine } = await chooseEngine({ engine: 'auto', threads: 3 }, setup);
    expect(engine.id).toBe('native-cpu');
    expect(engine.description).toContain('3 threads');
  });
});
