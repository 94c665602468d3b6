import { describe, expect, it } from 'vitest';
import { encodeNpz } from '../../../../scripts/sample/npz.ts';
import type { FloatArray } from '../../../../scripts/sample/npz.ts';
import { importDataset } from '../../../../src/core/data/importDataset.ts';
import type { Mapping } from '../../../../src/core/data/layouts/mapping.ts';
import { codeOf, messageOf } from '../../../support/files.ts';

const signals = ['xhandposition', 'yhandposition', 'xhandspeed', 'yhandspeed', 'shoulderangle', 'elbowangle'];
const zeros = (...shape: number[]): FloatArray => ({
  shape,
  data: new Float32Array(shape.reduce((n, m) => n * m, 1)),
});

/** A reaching recording of 2 neurons under the keys of the published one, with changes. */
function reachFile(changes: Record<string, FloatArray> = {}): Uint8Array {
  const kinematics = Object.fromEntries(signals.map((key) => [key, zeros(8, 121)]));
  return encodeNpz({ firing_rate: zeros(2, 121, 8), ...kinematics, ...changes });
}

const importing = (bytes: Uint8Array, mapping?: Mapping) =>
  importDataset(bytes, { path: '/some/where/x.npz', sha256: 'abc', bytes: bytes.length }, mapping);

const mapping: Mapping = {
  array: 'firing_rate',
  axes: ['neuron', 'time', 'condition'],
  dtMs: 10,
  startMs: 0,
  alignment: 'go',
  name: 'Mine',
};

describe('importDataset', () => {
  it('recognises a reaching recording by its keys and keeps where it came from', () => {
    const bytes = reachFile();
    expect(importing(bytes)).toMatchObject({
      kind: 'dataset',
      dataset: {
        simulated: false,
        alignment: 'movement onset',
        source: { path: '/some/where/x.npz', sha256: 'abc', bytes: bytes.length, format: 'npz', layout: 'hatsopoulos' },
      },
    });
  });

  it.each([
    [1, true],
    [0, false],
  ])('takes simulated = %i for %s', (flag, simulated) => {
    const bytes = reachFile({ simulated: { shape: [], data: Float32Array.of(flag) } });
    expect(importing(bytes)).toMatchObject({ dataset: { simulated } });
  });

  it('follows a mapping even where the layout is known, and keeps it as the source', () => {
    expect(importing(reachFile(), mapping)).toMatchObject({
      dataset: { name: 'Mine', kinematics: {}, source: { layout: `mapping ${JSON.stringify(mapping)}` } },
    });
  });

  it('asks about any other array', () => {
    expect(importing(encodeNpz({ rates: zeros(2, 3, 4) }))).toMatchObject({ kind: 'question' });
  });

  it.each<[string, Record<string, FloatArray>, RegExp]>([
    [
      'activity of other times',
      { firing_rate: zeros(2, 120, 8) },
      /"firing_rate" to be neurons × 121 × 8, found 2 × 120 × 8/,
    ],
    ['kinematics turned round', { elbowangle: zeros(121, 8) }, /"elbowangle" to be 8 × 121, found 121 × 8/],
    ['other durations', { time_startmovement_to_endmovement_mean: zeros(7) }, /_mean" to be 8, found 7/],
  ])('asks about %s, and says why', (_, changes, message) => {
    const asked = importing(reachFile(changes));
    expect(asked).toMatchObject({ kind: 'question', question: { suggestion: { array: 'firing_rate' } } });
    expect(asked.kind === 'question' && asked.question.why).toMatch(message);
  });

  it('says how many values are not finite and where the first is', () => {
    const rates = zeros(2, 121, 8);
    rates.data[(1 * 121 + 60) * 8 + 3] = NaN;
    rates.data[(1 * 121 + 60) * 8 + 4] = Infinity;
    const act = (): unknown => importing(reachFile({ firing_rate: rates }));
    expect(codeOf(act)).toBe('data.notFinite');
    expect(messageOf(act)).toMatch(/2 of 1936 values .* neuron 1, step 60, condition 3 \(from 0\)/);
  });

  it('refuses kinematics that are not finite', () => {
    const angle = zeros(8, 121);
    angle.data[2 * 121 + 7] = NaN;
    const act = (): unknown => importing(reachFile({ elbowangle: angle }));
    expect(codeOf(act)).toBe('data.notFinite');
    expect(messageOf(act)).toContain('elbowAngle is not finite at step 7, condition 2');
  });

  it('refuses a recording without neurons', () => {
    expect(codeOf(() => importing(reachFile({ firing_rate: zeros(0, 121, 8) })))).toBe('data.empty');
  });

  it('names the formats that are read where a file is none of them', () => {
    const act = (): unknown => importing(new TextEncoder().encode('MATLAB 5.0 MAT-file'));
    expect(codeOf(act)).toBe('format.unknown');
    expect(messageOf(act)).toMatch(/"x\.npz".*\.npy.*\.npz.*\.pth.*numpy\.savez/);
  });
});
