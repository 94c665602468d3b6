/** A window: sandboxed, shut off from Node, and bound to our own pages. */
import path from 'node:path';
import { BrowserWindow, shell } from 'electron';
import { isOurPage, startPage } from './pages.ts';

export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Learning Rule Lab',
    webPreferences: {
      preload: path.join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableBlinkFeatures: 'Auxclick',
    },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.setWindowOpenHandler(({ url }) => {
    if (url.startsWith('https://')) void shell.openExternal(url);
    return { action: 'deny' };
  });
  for (const leaving of ['will-navigate', 'will-redirect'] as const) {
    window.webContents.on(leaving as 'will-navigate', (event) => {
      if (!isOurPage(event.url)) event.preventDefault();
    });
  }
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
  void window.loadURL(startPage);
  return window;
}
