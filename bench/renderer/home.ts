/** A workspace as large as people have: a recording of many neurons, long loss curves, compared networks, behaviour. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { npzExport } from '../../src/core/data/exports/npzExport.ts';
import { nothingSaid } from '../../src/core/data/dataset.ts';
import type { Dataset } from '../../src/core/data/dataset.ts';
import { tensor } from '../../src/core/math/tensor.ts';
import { npzFile, centreOut } from '../../test/support/spikeFiles.ts';
import { muscleMat, neuralMat } from '../../test/support/muscleRecording.ts';

export const recording = { name: 'Large recording', neurons: 700, steps: 200, conditions: 60 };
export const curves = { rules: ['bptt', 'e-prop', 'e-prop-random', 'three-factor'], seeds: 5, updates: 10_000 };

export type Home = { readonly folder: string; readonly spikes: string; readonly matrix: string };

const cli = path.resolve(import.meta.dirname, '../../src/cli/index.ts');

/** Fills an empty folder; takes a minute or two. */
export function makeHome(folder: string): Home {
  const lrlab = (...args: string[]): void => {
    const { status, stderr } = spawnSync(process.execPath, [cli, '--home', folder, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`lrlab ${args.join(' ')} ended with status ${status}: ${stderr}`);
  };
  const file = (name: string, bytes: Uint8Array): string => {
    const at = path.join(folder, name);
    writeFileSync(at, bytes);
    return at;
  };
  const small = ['--units', '8', '--trials', '4', '--test-trials', '20'];
  const long = ['--seeds', `1-${curves.seeds}`, '--updates', String(curves.updates), '--checkpoint-every', '2000'];
  lrlab('train', '--data', 'none', '--task', 'sine-on-cue', '--rules', curves.rules.join(), ...long, ...small);
  lrlab('train', '--rules', 'bptt,e-prop', '--seeds', '1-3', '--updates', '400', '--checkpoint-every', '10', ...small);
  const emg = file('emg.mat', muscleMat());
  lrlab('import', file('neural.mat', neuralMat(27, 180)), '--behaviour', emg);
  lrlab('import', file('large.npz', npzExport(largeRecording(), facts)));
  const reaches = centreOut({ units: 60, perDirection: 12 });
  return { folder, spikes: file('sorted.npz', npzFile(reaches, 1000)), matrix: file('matrix.npy', plainMatrix()) };
}

const facts = { about: nothingSaid, importedAt: 0, contentSha256: '', appVersion: '' };

/** Bumps of activity, each neuron with its own time, width and preferred direction. */
function largeRecording(): Dataset {
  const { name, neurons, steps, conditions } = recording;
  const directions = 12;
  const data = new Float64Array(neurons * steps * conditions);
  for (let n = 0, i = 0; n < neurons; n++) {
    for (let t = 0; t < steps; t++) {
      const bump = Math.exp(-(((t - ((37 * n) % steps)) / (10 + (n % 30))) ** 2));
      for (let c = 0; c < conditions; c++, i++) {
        const tuned = 1 + Math.cos((2 * Math.PI * (c % directions)) / directions - 2.4 * n);
        const unsteady = 1 + Math.sin(12.9898 * i) / 8;
        data[i] = (5 + (n % 17) + 20 * bump * tuned * (1 + Math.floor(c / directions) / 5)) * unsteady;
      }
    }
  }
  return {
    name,
    simulated: true,
    activity: tensor([neurons, steps, conditions], data),
    neuronNames: Array.from({ length: neurons }, (_, n) => `array ${n % 4}, electrode ${n >> 2}`),
    timeMs: Float64Array.from({ length: steps }, (_, t) => 10 * t - 500),
    alignment: 'movement onset',
    conditions: Array.from({ length: conditions }, (_, c) => {
      const values = { directionDeg: 30 * (c % directions), distance: 1 + Math.floor(c / directions) };
      return { label: `${values.directionDeg}°, distance ${values.distance}`, values };
    }),
    kinematics: {},
    facts: {},
    source: { path: '', sha256: '', bytes: 0, format: 'npz', layout: 'export' },
  };
}

/** An array of three axes that says nothing of what they are. */
function plainMatrix(): Uint8Array {
  const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (40, 50, 8), }".padEnd(117) + '\n';
  const values = Float64Array.from({ length: 16_000 }, (_, i) => 5 + Math.sin(i / 7));
  const start = [0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0];
  return Buffer.concat([Buffer.from(start), Buffer.from(header, 'latin1'), Buffer.from(values.buffer)]);
}
