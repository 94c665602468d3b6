/**
 * TensorFlow.js and its backends, the fastest first. Each is tried for real: is its module there, does it load, does it
 * multiply two matrices rightly? Modules are loaded only when asked for, as CommonJS, so that all share one tfjs-core.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as TfCore from '@tensorflow/tfjs-core';

export type Tf = typeof TfCore;

export type BackendId = 'tfjs-node-gpu' | 'tfjs-node' | 'wasm' | 'cpu';

export const backendIds: readonly BackendId[] = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'];

/** A backend that works. */
export type Backend = {
  readonly id: BackendId;
  readonly label: string;
  readonly tf: Tf;
  readonly activate: () => void;
};

export type BackendProbe = Backend | { readonly id: BackendId; readonly reason: string };

const require = createRequire(import.meta.url);

/** `label`, the module to load, the name under which TensorFlow.js registers it, and what to do around loading. */
const definitions: Record<BackendId, { label: string; module: string; name: string; load: () => Tf }> = {
  'tfjs-node-gpu': {
    label: 'TensorFlow with CUDA',
    module: '@tensorflow/tfjs-node-gpu',
    name: 'tensorflow',
    load() {
      restoreIsNullOrUndefined();
      const tf = require('@tensorflow/tfjs-node-gpu') as Tf;
      const backend = tf.backend() as { isUsingGpuDevice?: boolean };
      if (!backend.isUsingGpuDevice) throw new Error('it loads but finds no GPU it can use (CUDA 11.2, cuDNN 8.1)');
      return tf;
    },
  },
  'tfjs-node': {
    label: 'TensorFlow, CPU',
    module: '@tensorflow/tfjs-node',
    name: 'tensorflow',
    load() {
      restoreIsNullOrUndefined();
      return require('@tensorflow/tfjs-node') as Tf;
    },
  },
  wasm: {
    label: 'WebAssembly',
    module: '@tensorflow/tfjs-backend-wasm',
    name: 'wasm',
    load() {
      const wasm = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths: (folder: string) => void };
      wasm.setWasmPaths(`${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
      return require('@tensorflow/tfjs-core') as Tf;
    },
  },
  cpu: {
    label: 'JavaScript',
    module: '@tensorflow/tfjs-backend-cpu',
    name: 'cpu',
    load() {
      require('@tensorflow/tfjs-backend-cpu');
      const tf = require('@tensorflow/tfjs-core') as Tf;
      tf.enableProdMode(); // else the first use prints a recommendation of tfjs-node
      return tf;
    },
  },
};

/** TensorFlow.js starts one backend at a time, so attempts wait for each other. */
let attempts: Promise<unknown> = Promise.resolve();

export function probeBackend(id: BackendId): Promise<BackendProbe> {
  const attempt = attempts.then(() => tryBackend(id));
  attempts = attempt;
  return attempt;
}

async function tryBackend(id: BackendId): Promise<BackendProbe> {
  const { label, module, name, load } = definitions[id];
  try {
    require.resolve(module);
  } catch {
    return { id, reason: `${module} is not installed` };
  }
  const forgetHandlers = rememberProcessHandlers();
  try {
    const tf = load();
    if (!(await tf.setBackend(name))) return { id, reason: `${module} does not start` };
    await tf.ready();
    const found = await tf.tidy(() => tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6], [2, 1]))).data();
    if (found[0] !== 17 || found[1] !== 39) return { id, reason: `${module} multiplies matrices wrongly` };
    return { id, label, tf, activate: () => void tf.setBackend(name) };
  } catch (error) {
    return { id, reason: `${module}: ${error instanceof Error ? error.message : String(error)}` };
  } finally {
    forgetHandlers();
  }
}

/** The first backend that works, and why those before it were not taken. */
export async function bestBackend(): Promise<{ backend: Backend | null; reasons: string[] }> {
  const reasons: string[] = [];
  for (const id of backendIds) {
    const probe = await probeBackend(id);
    if ('tf' in probe) return { backend: probe, reasons };
    reasons.push(`${id}: ${probe.reason}`);
  }
  return { backend: null, reasons };
}

/** WebAssembly's loader takes over errors of the whole process; the function returned gives them back. */
function rememberProcessHandlers(): () => void {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = new Set(events.flatMap((event) => process.rawListeners(event)));
  return () => {
    for (const event of events) {
      for (const listener of process.rawListeners(event)) {
        if (!before.has(listener)) process.removeListener(event, listener as () => void);
      }
    }
  };
}

/** tfjs-node calls this function, which Node 23 removed. */
function restoreIsNullOrUndefined(): void {
  const util = require('node:util') as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
