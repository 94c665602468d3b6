/** The desktop host: windows, a protocol for the pages, and the application behind one checked channel. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { BrowserWindow, app, dialog, session } from 'electron';
import { defaultWorkspaceFolder } from '../platform/files/workspace.ts';
import { compose } from './compose.ts';
import type { Desktop } from './compose.ts';
import { connectIpc } from './ipc.ts';
import { setMenu } from './menu.ts';
import { registerScheme, servePages } from './pages.ts';
import { openWindow } from './window.ts';

// The window's own data lies in the workspace too: one instance per workspace, and each test is apart from all others.
const windowData = path.join(defaultWorkspaceFolder(), 'window');
mkdirSync(windowData, { recursive: true });
app.setPath('userData', windowData);

registerScheme();
app.enableSandbox();
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', showWindow);
  void app.whenReady().then(start);
} else app.quit();

function start(): void {
  try {
    open(compose());
  } catch (error) {
    dialog.showErrorBox('Learning Rule Lab cannot open its workspace', (error as Error).message);
    app.exit(1);
  }
}

function open({ rpcHost, emit, service, workspaceFolder, rendererFolder }: Desktop): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  servePages(path.resolve(rendererFolder));

  connectIpc(rpcHost);
  setMenu({ workspaceFolder, emit });
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
  let closing = false;
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    if (closing) return;
    closing = true;
    void close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}
