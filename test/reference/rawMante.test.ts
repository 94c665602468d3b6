/** Raw units of the context-dependent decision as the published reader averages them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mat } from '../../src/core/data/formats/mat.ts';
import { importUnits, unitFiles } from '../../src/core/data/importDataset.ts';
import type { UnitOptions } from '../../src/core/data/rawMante/options.ts';
import { contextDecision } from '../../src/core/tasks/contextDecision.ts';
import { manteRecording } from '../support/manteReference.ts';
import { describeReference, hasReference, referenceJson, referenceList, referencePath } from '../support/reference.ts';
import { referenceArrays } from '../support/reachReference.ts';

const folder = ['data', 'mante13_raw_synthetic'] as const;
const expected = hasReference ? referenceJson(...folder, 'expected.json') : { order_of_files: [], per_unit: {} };

function imported(options: UnitOptions, names: string[] = expected.order_of_files) {
  const files = unitFiles(names).map((file) => {
    const bytes = new Uint8Array(readFileSync(referencePath(...folder, file)));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { file, sha256, read: () => mat.read(bytes, file) };
  });
  return importUnits(files, { path: '/raw', sha256: '', bytes: 0 }, options);
}

describeReference('raw units of Mante 2013', () => {
  const arrays = hasReference ? referenceArrays(...folder, 'expected_condition_averages.npz') : {};

  it.each([15, 50])('averaged by the published rules are the published averages, every bit (%i ms)', (dtMs) => {
    const { activity, conditions, files } = imported({ dtMs, selection: 'published' }, expected.order_of_files.toReversed()); // prettier-ignore
    const facts = expected[`dt${dtMs}`];
    expect(activity.shape).toEqual(facts.shape_neurons_steps_conditions);
    expect(activity.data).toEqual(arrays[`neural_dt${dtMs}`].data);
    expect(conditions).toEqual(manteRecording().conditions);
    expect(files!.map(({ file }) => file)).toEqual(expected.order_of_files);
    expect(files!.filter(({ kept }) => kept).map(({ file }) => file)).toEqual(expected.files_kept_in_order);
    expect(files!.at(-1)!.why).toMatch(/^70 of \d+ conditions without an incorrect trial; 72 are needed$/);
    for (const { file, kept, why } of files!) {
      if (kept) expect(why).toMatch(new RegExp(`^${expected.per_unit[file].n_correct_trials} trials averaged, [^;]*; 72 of`)); // prettier-ignore
    }
  });

  it('lies in the task where the published averages do', () => {
    const raw = imported({ dtMs: 15, selection: 'published' });
    expect(raw.timeMs).toEqual(manteRecording().timeMs);
    const { start, stop } = contextDecision.pose(raw, {}, 'published').analysis;
    const { recording_start_index, recording_stop_index } = expected.recording_window;
    expect([start, stop]).toEqual([recording_start_index, recording_stop_index]);
  });

  it('has the rates of the published averages in the corrected mode too, where trials contradict nothing', () => {
    const raw = imported({ dtMs: 15, selection: 'published' });
    const corrected = imported({ dtMs: 15, selection: 'corrected' });
    expect(corrected.activity.shape).toEqual(raw.activity.shape);
    corrected.activity.data.forEach((v, i) => expect(v).toBeCloseTo(1000 * raw.activity.data[i], 9)); // spikes per second
    expect([corrected.timeMs[0], corrected.timeMs[1]]).toEqual([107, 122]); // the middle of each bin
    expect(corrected.files!.at(-1)).toMatchObject({ kept: false, why: expect.stringMatching(/^no correct trial in 2 of 72/) as string }); // prettier-ignore
    expect(() => contextDecision.pose(corrected, {})).not.toThrow();
  });

  it('takes the other files of the folder for what they are', () => {
    const names = unitFiles(referenceList(...folder));
    const { activity, files } = imported({ dtMs: 15, selection: 'published' }, names);
    expect(activity.shape[0]).toBe(5);
    expect(files!.find(({ file }) => file.startsWith('extra'))).toMatchObject({ kept: false, why: expect.stringMatching(/^4 of 5 conditions/) as string }); // prettier-ignore
  });
});
