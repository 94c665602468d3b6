/** File → Open recording…: the page imports what was chosen, as it does with a file dropped on it. */
import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Emit } from '../app/contract.ts';
import { formats } from '../platform/formats/index.ts';

export async function openRecording(window: BrowserWindow, emit: Emit): Promise<void> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open recording',
    properties: ['openFile'],
    filters: [
      { name: 'Recordings', extensions: formats.flatMap((format) => format.extensions.map((e) => e.slice(1))) },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  if (!canceled) for (const path of filePaths) emit('dataset.chosen', { path });
}
