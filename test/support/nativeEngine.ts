/** The compiled addon, for suites that need it; where it is not built they say so and skip. */
import { describe } from 'vitest';
import type { Engine } from '../../src/core/engines/engine.ts';
import { loadAddon, type NativeAddon } from '../../src/platform/engines/nativeAddon.ts';
import { nativeCpuEngine } from '../../src/platform/engines/nativeCpu.ts';

const loaded = loadAddon();
const addon: NativeAddon | null = 'addon' in loaded ? loaded.addon : null;

export const instructionSets: readonly string[] = addon?.instructionSets ?? [];

export function describeNative(name: string, body: () => void): void {
  if ('reason' in loaded) describe.skip(`${name} (skipped: ${loaded.reason})`, body);
  else describe(name, body);
}

export function nativeAddon(): NativeAddon {
  if (!addon) throw new Error('the addon is not built');
  return addon;
}

export function nativeEngine(instructionSet: string, threads = 1): Engine {
  return nativeCpuEngine(nativeAddon(), { instructionSet, threads });
}
