import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const projectFolder = path.resolve(import.meta.dirname, '../..');

export function temporaryFolder(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'lrlab-test-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
