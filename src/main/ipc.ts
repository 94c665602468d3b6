/** Calls and events over Electron's IPC. Only the app's own page, in the window's main frame, is answered. */
import { BrowserWindow, ipcMain } from 'electron';
import type { IpcMainInvokeEvent } from 'electron';
import type { RpcHost } from '../app/rpcHost.ts';
import type { Reply } from '../app/rpc.ts';
import { isOurPage } from './pages.ts';

export function connectIpc(host: RpcHost): void {
  ipcMain.handle('rpc', (event, name: unknown, input: unknown): Promise<Reply> | Reply =>
    isFromPage(event) ? host.dispatch(name, input) : refused,
  );
  host.subscribe((name, payload) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send('rpc:event', name, payload);
  });
}

function isFromPage({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOurPage(senderFrame.url);
}

const refused: Reply = {
  ok: false,
  error: { code: 'rpc.sender', message: 'Calling the program: only its own page is answered.' },
};
