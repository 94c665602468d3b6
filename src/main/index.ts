/** The desktop host: windows, a protocol for the pages, and the application behind one checked channel. */
import path from 'node:path';
import { BrowserWindow, app, session } from 'electron';
import { compose } from './compose.ts';
import { connectIpc } from './ipc.ts';
import { setMenu } from './menu.ts';
import { registerScheme, servePages } from './pages.ts';
import { openWindow } from './window.ts';

registerScheme();
app.enableSandbox();
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', showWindow);
  void app.whenReady().then(start);
} else app.quit();

function start(): void {
  const { rpcHost, service, workspaceFolder, rendererFolder } = compose(app.getPath('userData'));
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  servePages(path.resolve(rendererFolder));

  connectIpc(rpcHost);
  setMenu({ workspaceFolder, handlers: service.handlers });
  openWindow();
  app.on('activate', showWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  closeBeforeQuit(() => service.close());
}

function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) return void openWindow();
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** Runs at work are stopped after the update in progress, so that the next start goes on with them. */
function closeBeforeQuit(close: () => Promise<void>): void {
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}
