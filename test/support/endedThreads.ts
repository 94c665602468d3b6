/** A process whose worker threads are ended while native code computes in them; says "alive" when it outlived them all. */
import { setTimeout as after } from 'node:timers/promises';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { bptt } from '../../src/core/rules/bptt.ts';
import { loadAddon } from '../../src/platform/engines/nativeAddon.ts';
import { nativeCpuEngine } from '../../src/platform/engines/nativeCpu.ts';
import { nativeLinearAlgebra } from '../../src/platform/engines/nativeLinear.ts';
import { openNetwork, plainForm, randomBatch, randomParameters } from './network.ts';

const times = 40;

if (isMainThread) {
  for (let i = 0; i < times; i++) {
    const worker = new Worker(new URL(import.meta.url));
    await new Promise((computes) => worker.once('message', computes));
    await after(i / 4);
    await worker.terminate();
  }
  console.log('alive');
} else {
  const loaded = loadAddon();
  if ('reason' in loaded) throw new Error(loaded.reason);
  const engine = nativeCpuEngine(loaded.addon, { threads: 1 });
  const linear = nativeLinearAlgebra(loaded.addon);
  const shape = { units: 64, inputs: 3, outputs: 2, activation: 'retanh', alpha: 0.1, ...plainForm } as const;
  const network = openNetwork(bptt, randomParameters(shape, 1), { engine });
  const batch = randomBatch(shape, 40, 40, 2);
  const matrix = { rows: 60, cols: 60, data: Float64Array.from({ length: 3600 }, (_, i) => Math.sin(i * i)) };
  parentPort!.postMessage('computes');
  for (;;) {
    network.update(batch, null);
    linear.singularValues(matrix);
  }
}
