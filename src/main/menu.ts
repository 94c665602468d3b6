/** The application menu: standard roles, and where the data lies. */
import { BrowserWindow, Menu, app, dialog, shell } from 'electron';
import type { Emit } from '../app/contract.ts';
import { openFolder } from './openFolder.ts';
import { openNetworks } from './openNetworks.ts';
import { openRecording } from './openRecording.ts';

export function setMenu({ workspaceFolder, emit }: { workspaceFolder: string; emit: Emit }): void {
  const about = (): void => {
    void dialog.showMessageBox({
      title: 'About Learning Rule Lab',
      message: `Learning Rule Lab ${app.getVersion()}`,
      detail: 'Which learning rule could have made these recordings?\nMIT licence.',
    });
  };
  const choose = (dialogIn: typeof openRecording) => (): void => {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    if (window) void dialogIn(window, emit);
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
      {
        label: 'File',
        submenu: [
          { id: 'open', label: 'Open Recording…', accelerator: 'CmdOrCtrl+O', click: choose(openRecording) },
          { id: 'folder', label: 'Import Folder…', click: choose(openFolder) },
          { id: 'networks', label: 'Import Trained Networks…', click: choose(openNetworks) },
          { id: 'workspace', label: 'Show Data Folder', click: () => void shell.openPath(workspaceFolder) },
          { type: 'separator' },
          { role: process.platform === 'darwin' ? 'close' : 'quit' },
        ],
      },
      { role: 'editMenu' },
      { role: 'viewMenu' },
      { role: 'windowMenu' },
      { role: 'help', submenu: [{ id: 'about', label: 'About', click: about }] },
    ]),
  );
}
