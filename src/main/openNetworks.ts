/** File → Import trained networks…: the page imports the folder that was chosen, and asks what has to be asked. */
import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Emit } from '../app/contract.ts';

export async function openNetworks(window: BrowserWindow, emit: Emit): Promise<void> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import trained networks',
    properties: ['openDirectory'],
  });
  if (!canceled) for (const path of filePaths) emit('model.chosen', { path });
}
