/** `BrowserWindow` and `ipcMain` of the stand-in: a window is a page of a real Chromium. */
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Browser, Frame, Page, Route } from 'playwright';
import { app, pageHandler } from './app.ts';
import { tell } from './messages.ts';
import { bound, preloadScript } from './preload.ts';

type WindowOptions = {
  width?: number;
  height?: number;
  webPreferences?: { preload?: string } & Record<string, unknown>;
};
type InvokeHandler = (event: object, ...args: unknown[]) => unknown;

/** Chromium knows no `app:` scheme: app://lab/x is shown at http://lab.app.test/x. */
const toWeb = (url: string): string => url.replace(/^(\w+):\/\/(\w+)\//, 'http://$2.$1.test/');
const fromWeb = (url: string): string => url.replace(/^http:\/\/(\w+)\.(\w+)\.test\//, '$2://$1/');

let browser: Browser;
export const useBrowser = (launched: Browser): void => void (browser = launched);

const invokeHandlers = new Map<string, InvokeHandler>();
export const ipcMain = {
  handle(channel: string, handler: InvokeHandler): void {
    if (invokeHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    invokeHandlers.set(channel, handler);
  },
};

class WebContents extends EventEmitter {
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  page: Page | undefined;

  setWindowOpenHandler(handler: WebContents['openHandler']): void {
    this.openHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    const copy = structuredClone(args); // throws on what Electron's IPC refuses
    const emit = ({ name, message }: { name: string; message: unknown[] }): void => {
      (globalThis as unknown as Record<string, (...a: unknown[]) => void>)[name]?.(...message);
    };
    void this.page?.evaluate(emit, { name: bound.emit, message: [channel, copy] }).catch(() => {}); // page is going
  }
}

const windows = new Set<BrowserWindow>();

export class BrowserWindow extends EventEmitter {
  static getAllWindows = (): BrowserWindow[] => [...windows];
  static getFocusedWindow = (): BrowserWindow | null => [...windows].at(-1) ?? null;

  readonly webContents = new WebContents();
  readonly #opening: Promise<Page>;
  #loading: string | undefined;

  constructor(options: WindowOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    windows.add(this);
    tell({ type: 'window', webPreferences: options.webPreferences ?? {} });
    this.#opening = this.#open(options);
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#opening;
    this.#loading = url;
    await page.goto(toWeb(url));
  }

  show(): void {
    tell({ type: 'show' });
  }

  focus(): void {}
  restore(): void {}
  isMinimized(): boolean {
    return false;
  }

  async #open({ width = 800, height = 600, webPreferences }: WindowOptions): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    await page.exposeBinding(bound.invoke, ({ frame }, channel: string, args: unknown[]) =>
      this.#invoke(frame, channel, args),
    );
    if (webPreferences?.preload) {
      await page.addInitScript(preloadScript(await readFile(webPreferences.preload, 'utf8')));
    }
    await context.route('**/*', (route) => this.#answer(route, page));
    context.on('page', (popup) => void this.#decideOpening(popup));
    page.on('console', (message) => tell({ type: 'console', level: message.type(), text: message.text() }));
    page.on('pageerror', (error) => tell({ type: 'pageError', text: error.message }));
    page.once('domcontentloaded', () => this.emit('ready-to-show'));
    page.on('close', () => {
      windows.delete(this);
      this.emit('closed');
      if (windows.size === 0) app.emit('window-all-closed');
    });
    this.webContents.page = page;
    return page;
  }

  async #invoke(frame: Frame, channel: string, args: unknown[]): Promise<{ value?: unknown; error?: string }> {
    const handler = invokeHandlers.get(channel);
    if (!handler) return { error: `No handler registered for '${channel}'` };
    const senderFrame = { url: fromWeb(frame.url()), parent: frame.parentFrame() };
    try {
      return { value: structuredClone(await handler({ sender: this.webContents, senderFrame }, ...args)) };
    } catch (error) {
      return { error: `Error invoking remote method '${channel}': ${String(error)}` };
    }
  }

  /** Requests go to the program's protocol handler; navigations by the page ask `will-navigate` first. */
  async #answer(route: Route, page: Page): Promise<void> {
    const request = route.request();
    const url = fromWeb(request.url());
    const leaves = request.isNavigationRequest() && request.frame().page() === page && url !== this.#loading;
    if (leaves && !this.#mayNavigate(url)) return route.abort();
    const handler = pageHandler(new URL(url).protocol.slice(0, -1));
    if (!handler) return route.abort(); // no network in tests
    const response = await handler(new Request(url, { method: request.method(), headers: request.headers() }));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  #mayNavigate(url: string): boolean {
    let allowed = true;
    this.webContents.emit('will-navigate', { url, preventDefault: () => (allowed = false) });
    tell({ type: 'navigation', url, allowed });
    return allowed;
  }

  async #decideOpening(popup: Page): Promise<void> {
    if (popup === this.webContents.page || this.webContents.page === undefined) return;
    await popup.waitForLoadState().catch(() => {});
    const url = fromWeb(popup.url());
    tell({ type: 'windowOpen', url, action: this.webContents.openHandler({ url }).action });
    await popup.close();
  }
}
