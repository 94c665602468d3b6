import { afterEach, describe, expect, it } from 'vitest';
import { addonPath, loadAddon } from '../../../../src/platform/engines/nativeAddon.ts';
import { slopedActivationIds } from '../../../../src/core/models/activations.ts';
import { describeNative } from '../../../support/nativeEngine.ts';

afterEach(() => {
  delete process.env['LRLAB_ADDON'];
});

describe('addonPath', () => {
  it('is the file that LRLAB_ADDON names', () => {
    process.env['LRLAB_ADDON'] = 'elsewhere.node';
    expect(addonPath()).toBe('elsewhere.node');
    expect(loadAddon()).toEqual({ reason: expect.stringContaining('no elsewhere.node') as string });
  });
});

describeNative('the addon', () => {
  it('is found from the sources', () => {
    expect(addonPath()).toMatch(/native.build.Release.lrlab\.node$/);
  });

  it('has every activation function that a model can have', () => {
    const loaded = loadAddon();
    if ('reason' in loaded) throw new Error(loaded.reason);
    expect([...loaded.addon.activations].sort()).toEqual(slopedActivationIds.toSorted());
  });
});
