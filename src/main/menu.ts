/** The application menu: standard roles, and where the data lies. */
import { Menu, app, dialog, shell } from 'electron';

export function setMenu(workspaceFolder: string): void {
  const about = (): void => {
    void dialog.showMessageBox({
      title: 'About Learning Rule Lab',
      message: `Learning Rule Lab ${app.getVersion()}`,
      detail: 'Which learning rule could have made these recordings?\nMIT licence.',
    });
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
      {
        label: 'File',
        submenu: [
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
