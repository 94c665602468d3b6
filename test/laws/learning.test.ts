/** A small network learns every task that can be trained alone, within some hundred updates of BPTT. */
import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/core/engines/reference.ts';
import { NumpyRandom } from '../../src/core/math/random/numpyRandom.ts';
import type { Tensor } from '../../src/core/math/tensor.ts';
import type { Batch, Task } from '../../src/core/tasks/task.ts';
import { loadAddon } from '../../src/platform/engines/nativeAddon.ts';
import { nativeCpuEngine } from '../../src/platform/engines/nativeCpu.ts';
import { smallNetwork } from '../support/smallNetwork.ts';

const addon = loadAddon();
const engine =
  'addon' in addon
    ? nativeCpuEngine(addon.addon, { instructionSet: addon.addon.instructionSets[0], threads: 1 })
    : referenceEngine;

/** Short trials of each task, for a quick answer. [settings, share of the variance, or of the choices, to be reached] */
const cases: [id: string, settings: Record<string, unknown>, reached: number][] = [
  ['delayed-response', { dtMs: 40, places: 4 }, 0.9],
  ['delayed-response', { dtMs: 40, places: 2, report: 'place' }, 0.95],
  ['two-intervals', { dtMs: 40, firstHz: [14, 22, 30] }, 0.9],
  ['sine-on-cue', { dtMs: 40, frequenciesHz: [1, 2, 3], sineMs: 600 }, 0.9],
];

describe.each(cases)('%s with %j', (id, settings, reached) => {
  it(`reaches ${reached} on trials that it was not trained on`, { timeout: 120_000 }, () => {
    const { task, network } = smallNetwork(engine, id, settings);
    const random = NumpyRandom.seeded(1);
    const test = task.draw(NumpyRandom.seeded(2), 100);
    const before = scoreOf(task, test, network.readout(test.input));
    for (let update = 0; update < 300; update++) network.update(task.draw(random, 40), null);
    const after = scoreOf(task, test, network.readout(test.input));
    network.close();
    expect(before).toBeLessThan(reached - 0.2);
    expect(after).toBeGreaterThan(reached);
  });
});

/** Squared error: share of the target's variance that is explained. Choice: share of right ones where one is asked for. */
function scoreOf({ loss, outputLabels }: Task, { target, mask }: Batch, readout: Tensor): number {
  return loss === 'cross-entropy'
    ? rightChoices(target, mask, readout, outputLabels.length)
    : explained(target, mask, readout);
}

function explained(target: Tensor, mask: Tensor, readout: Tensor): number {
  let [error, power] = [0, 0];
  target.data.forEach((wanted: number, i: number) => {
    error += mask.data[i] * (readout.data[i] - wanted) ** 2;
    power += mask.data[i] * wanted ** 2; // of mean 0 in these tasks
  });
  return 1 - error / power;
}

/** Steps at which "wait" is right do not count: they are the easy ones. */
function rightChoices(target: Tensor, mask: Tensor, readout: Tensor, outputs: number): number {
  let [right, all] = [0, 0];
  target.data.forEach((wanted: number, i: number) => {
    if (mask.data[i] === 0 || wanted === 0) return;
    const values = readout.data.subarray(i * outputs, (i + 1) * outputs);
    all += 1;
    if (values.indexOf(Math.max(...values)) === wanted) right += 1;
  });
  return right / all;
}
