/** A download of Electron without Electron, so that packaging can be tried where the real one is not at hand. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import type { Zippable } from 'fflate';
import { projectFolder } from './folders.ts';

/** What @electron/fuses looks for in the program: a sentinel, the wire's version, its length, one digit per fuse. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const wire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 9]), Buffer.from('1'.repeat(9))]);

/** Writes the archive that the packager looks for into the folder, which is made. */
export function writeFakeElectron(folder: string): void {
  const { version } = JSON.parse(
    readFileSync(path.join(projectFolder, 'node_modules/electron/package.json'), 'utf8'),
  ) as { version: string };
  const unix = { os: 3, attrs: 0o755 << 16 };
  const files: Zippable = {
    electron: [wire, unix],
    version: [Buffer.from(version), unix],
    LICENSE: [Buffer.from('none'), unix],
    'resources/default_app.asar': [Buffer.from(''), unix],
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `electron-v${version}-linux-${process.arch}.zip`), zipSync(files));
}
