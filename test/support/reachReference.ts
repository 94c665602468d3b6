/** The real reaching data and the published checkpoints of the reference folder. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readStateDict } from '../../src/core/checkpoints/published.ts';
import type { Dataset } from '../../src/core/data/dataset.ts';
import type { FileArray } from '../../src/core/data/formats/format.ts';
import { npz } from '../../src/core/data/formats/npz.ts';
import { importDataset } from '../../src/core/data/importDataset.ts';
import type { Parameters } from '../../src/core/models/parameters.ts';
import { referenceList, referencePath } from './reference.ts';

export function hatsopoulosDataset(): Dataset {
  const [name] = referenceList('data', 'hatsopoulos2007').filter((file) => file.endsWith('.npy'));
  const file = referencePath('data', 'hatsopoulos2007', name);
  const bytes = readFileSync(file);
  const reply = importDataset(bytes, { path: file, sha256: '', bytes: bytes.length });
  if (reply.kind !== 'dataset') throw new Error(`${file} is not recognised.`);
  return reply.dataset;
}

/** Arrays of a fixture's .npz file, by name. */
export function referenceArrays(...parts: string[]): Record<string, FileArray> {
  const file = referencePath(...parts);
  return Object.fromEntries(npz.read(readFileSync(file), path.basename(file)) as Map<string, FileArray>);
}

export function publishedParameters(run: string, update: number): Parameters {
  const file = referencePath('checkpoints', run, `model_parameter_update${update}.pth`);
  return readStateDict(readFileSync(file)).parameters;
}
