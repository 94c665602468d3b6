import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeNpy } from '../../../scripts/sample/npz.ts';
import { simulatedReach } from '../../../scripts/sample/simulatedReach.ts';
import { datasetResults } from '../../../src/core/analysis/datasetResults.ts';
import type { Dataset } from '../../../src/core/data/dataset.ts';
import { npy } from '../../../src/core/data/formats/npy.ts';
import { importDataset } from '../../../src/core/data/importDataset.ts';
import { NumpyRandom } from '../../../src/core/math/random/numpyRandom.ts';
import { reach } from '../../../src/core/tasks/reach.ts';
import { reachOutputs } from '../../../src/core/tasks/reachSettings.ts';
import { projectFolder } from '../../support/folders.ts';

const file = path.join(projectFolder, 'resources/sample/simulated-reach.npz');

function sample(): Dataset {
  const bytes = readFileSync(file);
  const reply = importDataset(bytes, { path: file, sha256: '', bytes: bytes.length });
  if (reply.kind !== 'dataset') throw new Error('The sample is not recognised.');
  return reply.dataset;
}

describe('the bundled sample', () => {
  it('is what the script makes, byte for byte, in 300 kB at most', () => {
    const bytes = simulatedReach();
    expect(Buffer.compare(bytes, readFileSync(file))).toBe(0);
    expect(bytes.length).toBeLessThan(300_000);
  });

  it('says that it is simulated, and has 60 neurons, 121 steps and 8 directions', () => {
    const { name, simulated, activity, timeMs, conditions, kinematics, facts } = sample();
    expect({ name, simulated, shape: activity.shape }).toEqual({
      name: 'Simulated reach',
      simulated: true,
      shape: [60, 121, 8],
    });
    expect([timeMs[0], timeMs.at(-1)]).toEqual([-800, 400]);
    expect(conditions.map((c) => c.values['directionDeg'])).toEqual([0, 45, 90, 135, 180, 225, 270, 315]);
    expect(Object.values(kinematics).map((k) => k.shape)).toEqual(Array(6).fill([8, 121]));
    expect(Object.values(facts).map((k) => k.shape)).toEqual([[8], [8]]);
  });

  it('has rates of 0 to 80 spikes per second', () => {
    const { data } = sample().activity;
    expect(Math.min(...data)).toBe(0);
    expect(Math.max(...data)).toBeGreaterThan(40);
    expect(Math.max(...data)).toBeLessThanOrEqual(80);
  });

  it('has about the dimensionality and the baseline of the recording that it stands in for', () => {
    const [dimensions, baseline] = datasetResults(sample()).map((result) => result.value);
    expect(dimensions).toBeGreaterThan(2.5);
    expect(dimensions).toBeLessThan(3.5);
    expect(baseline).toBeGreaterThan(0.4);
    expect(baseline).toBeLessThan(0.5);
  });

  it('rests up to movement onset, then moves in the direction of the condition', () => {
    const { kinematics, timeMs } = sample();
    const onset = timeMs.indexOf(0);
    for (const { shape, data } of Object.values(kinematics)) {
      const steps = shape[1];
      expect(data.every((v: number, i: number) => i % steps > onset || v === 0)).toBe(true);
      expect(Math.max(...data.map(Math.abs))).toBeGreaterThan(0.8);
      expect(Math.max(...data.map(Math.abs))).toBeLessThanOrEqual(1);
    }
    for (let c = 0; c < 8; c++) {
      const end = c * timeMs.length + timeMs.length - 1;
      const [x, y] = [kinematics['handX'].data[end], kinematics['handY'].data[end]];
      expect(x).toBeCloseTo(Math.cos((c * Math.PI) / 4), 4);
      expect(y).toBeCloseTo(Math.sin((c * Math.PI) / 4), 4);
    }
  });

  it('poses the reach task with every output', () => {
    const task = reach.pose(sample(), { ...reach.defaults, outputs: reachOutputs });
    expect(task.outputLabels).toHaveLength(8 + 6);
    const { target } = task.draw(NumpyRandom.seeded(1), 8);
    expect(target.shape).toEqual([8, 300, 14]);
    expect(target.data.every(Number.isFinite)).toBe(true);
  });
});

describe('encodeNpy', () => {
  it.each([[[]], [[1]], [[2, 3]], [[4, 1, 3]]])('writes what the reader reads, for the shape %j', (shape) => {
    const data = Float32Array.from({ length: shape.reduce((n, m) => n * m, 1) }, (_, i) => 0.1 * i - 1);
    expect(npy.read(encodeNpy({ shape, data }), 'a.npy')).toEqual({ kind: 'array', dtype: 'float32', shape, data });
  });
  it('refuses data that does not fill the shape', () => {
    expect(() => encodeNpy({ shape: [2], data: new Float32Array(3) })).toThrow('2 needs 2 values');
  });
});
