/** Trials, stand-in recording and runs of the Mante 2013 decision in the reference folder. */
import { readFileSync } from 'node:fs';
import type { Dataset } from '../../src/core/data/dataset.ts';
import { importDataset } from '../../src/core/data/importDataset.ts';
import { referencePath } from './reference.ts';

/** The published trials, nothing recorded with them. */
export const mantePickle = (): Dataset => imported('data_synthetic.pkl');
/** Synthetic, in the shape of the recording. */
export const manteRecording = (): Dataset => imported('neuralforRNN_synthetic.npy');

function imported(name: string): Dataset {
  const path = referencePath('data', 'mante13', name);
  const bytes = readFileSync(path);
  const reply = importDataset(bytes, { path, sha256: '', bytes: bytes.length });
  if (reply.kind !== 'dataset') throw new Error(`${path} is not recognised.`);
  return reply.dataset;
}
