/** File → Import folder…: the page imports what is in the folder that was chosen, as it does with one dropped on it. */
import path from 'node:path';
import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Emit } from '../app/contract.ts';
import { listUserFolder } from '../platform/files/userFile.ts';

export async function openFolder(window: BrowserWindow, emit: Emit): Promise<void> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import folder',
    properties: ['openDirectory'],
  });
  if (!canceled) for (const folder of filePaths) emit('folder.chosen', { path: folder, files: await filesIn(folder) });
}

/** Paths from the folder's own name on, of its files and those of the folders in it. */
async function filesIn(folder: string): Promise<string[]> {
  const name = path.basename(folder);
  const top = await listUserFolder(folder);
  const inner = await Promise.all(
    top.folders.map(async (own) => {
      const { files } = await listUserFolder(path.join(folder, own)).catch(() => ({ files: [] }));
      return files.map((file) => `${name}/${own}/${file}`);
    }),
  );
  return [...top.files.map((file) => `${name}/${file}`), ...inner.flat()];
}
