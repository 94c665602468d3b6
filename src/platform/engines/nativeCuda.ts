/** The native engine on an NVIDIA GPU: a library of its own, loaded where there is a driver. */
import { existsSync } from 'node:fs';
import type { Engine } from '../../core/engines/engine.ts';
import { nearest, type NativeAddon, type NativePrecision } from './nativeAddon.ts';
import { NativeEnsemble, NativeNetwork, type NativeChoice } from './nativeNetworks.ts';
import { nativeRefusal } from './nativeRefusal.ts';

/** Networks side by side that keep a large GPU busy; see docs/benchmarks. */
export const networksPerBatch = 64;

const built = `native/build/cuda/lrlab_cuda.${process.platform === 'win32' ? 'dll' : 'so'}`;

/**
 * LRLAB_CUDA_LIBRARY where set, else in the nearest folder above this file that has it. In the packaged app the system's
 * loader needs the file beside the archive, not the one that Electron shows inside.
 */
function libraryPath(): string | null {
  return process.env['LRLAB_CUDA_LIBRARY'] ?? nearest(built)?.replace(/\bapp\.asar\b/, 'app.asar.unpacked') ?? null;
}

/** precision: tf32 = products of 10-bit mantissas on tensor cores; faster, less exact */
export function findCuda(
  addon: NativeAddon,
  precision: NativePrecision = 'float32',
): { engine: Engine } | { reason: string } {
  const file = libraryPath();
  if (file === null || !existsSync(file)) {
    return {
      reason: `GPU library not built: no ${file ?? built}; "npm start" builds it where there is nvcc and a driver`,
    };
  }
  try {
    addon.loadCuda(file);
    return { engine: nativeCudaEngine(addon, addon.device('cuda'), precision) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

function nativeCudaEngine(
  addon: NativeAddon,
  device: { name: string; description: string },
  precision: NativePrecision,
): Engine {
  const choice: NativeChoice = { addon, engine: 'cuda', precision, threads: 1, instructionSet: null };
  return {
    id: 'native-cuda',
    label: 'Native (NVIDIA GPU)',
    precision: 'float32',
    description: `CUDA, ${precision}, ${device.name}, ${device.description}`,
    refusal: (setup) => nativeRefusal({ ...addon, creditForms: addon.creditForms?.cuda }, setup),
    open: (setup, state) => new NativeNetwork(choice, setup, state),
    openMany: (setup, states) => new NativeEnsemble(choice, setup, states),
    ensembleSize: networksPerBatch,
  };
}
