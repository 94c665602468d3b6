/**
 * The workspace folder:
 *
 *   lab.sqlite            datasets, runs, loss curves, results, settings
 *   datasets/ID.safetensors
 *   runs/ID/checkpoints/000123.safetensors, runs/ID/resume.safetensors
 *   incoming/ID/…         files handed over by the browser, until they are imported
 */
import { existsSync, mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Workspace } from '../../app/ports.ts';
import { decodeDataset } from '../../core/data/datasetFile.ts';
import { writeAtomicallyAside } from './atomic.ts';
import { readCheckpoint, writeCheckpoint } from './runFiles.ts';
import { listUserFolder, readUserFile } from './userFile.ts';

/** LRLAB_HOME, or the place where the system keeps programs' data. */
export function defaultWorkspaceFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env['LRLAB_HOME']) return path.resolve(env['LRLAB_HOME']);
  const home = os.homedir();
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Learning Rule Lab');
  if (process.platform === 'win32') {
    return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Learning Rule Lab');
  }
  return path.join(env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'learning-rule-lab');
}

export function openWorkspace(folder: string, resources: string): Workspace {
  const incoming = path.join(folder, 'incoming');
  for (const part of ['datasets', 'runs', 'incoming']) mkdirSync(path.join(folder, part), { recursive: true });
  /** A browser does not tell where a file lay. */
  const asToldOf = (file: string): string => (file.startsWith(incoming + path.sep) ? path.basename(file) : file);
  const datasetFile: Workspace['datasetFile'] = (id) => path.join(folder, 'datasets', `${id}.safetensors`);
  const runFolder: Workspace['runFolder'] = (id) => path.join(folder, 'runs', id);
  return {
    folder,
    storeFile: path.join(folder, 'lab.sqlite'),
    sampleFile: path.join(resources, 'sample', 'simulated-reach.npz'),
    asToldOf,
    async readUserFile(file) {
      const read = await readUserFile(file);
      return { ...read, path: asToldOf(read.path) };
    },
    async listUserFolder(folder) {
      const read = await listUserFolder(folder);
      return { ...read, path: asToldOf(read.path) };
    },
    async discardUpload(file) {
      const upload = path.dirname(path.resolve(file));
      if (path.dirname(upload) === incoming) await rm(upload, { recursive: true, force: true });
    },
    datasetFile,
    writeDataset: (id, bytes) => writeAtomicallyAside(datasetFile(id), bytes),
    readDataset: async (id, part) => decodeDataset(await readFile(datasetFile(id)), part),
    removeDataset: (id) => rm(datasetFile(id), { force: true }),
    runFolder,
    // eslint-disable-next-line @typescript-eslint/require-await -- a small file, as above
    async writeCheckpoint(id, checkpoint) {
      return writeCheckpoint(runFolder(id), checkpoint);
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- a small file, as above
    async readCheckpoint(id, stored) {
      return readCheckpoint(runFolder(id), stored);
    },
    removeRun: (id) => rm(runFolder(id), { recursive: true, force: true }),
  };
}

/** The folder with the bundled sample and icons: beside the sources, or beside the packaged program. */
export function resourcesFolder(from: string): string {
  let folder = from;
  while (!existsSync(path.join(folder, 'resources', 'sample')) && path.dirname(folder) !== folder) {
    folder = path.dirname(folder);
  }
  return path.join(folder, 'resources');
}
