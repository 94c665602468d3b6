/**
 * A stand-in for the module `electron`, for machines without its binary. Windows are pages of a real Chromium, the real
 * preload script runs in them, IPC and the app's own protocol are carried over; menus and dialogs are told to the test.
 * It knows what this program uses and nothing else. What it cannot show is Electron's own behaviour: sandbox, fuses,
 * native dialogs.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import type { Browser, BrowserContext, Page, Route } from 'playwright';
import type { Asked, Told } from './messages.ts';
import { preloadScript } from './preload.ts';

const tell = (told: Told): void => void process.send?.(told);
const plain = (value: unknown): Record<string, unknown> => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

// app://lab/x ↔ https://lab.app.test/x: Chromium knows no app:, and https is as secure an origin
const toWeb = (url: string): string => url.replace(/^app:\/\/([^/]+)/, 'https://$1.app.test');
const fromWeb = (url: string): string => url.replace(/^https:\/\/([^/.]+)\.app\.test/, 'app://$1');

let ready = false;
let browser: Browser | null = null;

class App extends EventEmitter {
  readonly name = 'Learning Rule Lab';
  #paths = new Map<string, string>();
  #quit = false;

  enableSandbox(): void {
    if (ready) throw new Error('enableSandbox after ready');
  }
  requestSingleInstanceLock(): boolean {
    return true;
  }
  setPath(name: string, folder: string): void {
    this.#paths.set(name, folder);
  }
  getPath(name: string): string {
    const folder = this.#paths.get(name);
    if (folder === undefined) throw new Error(`the path "${name}" is not set`);
    return folder;
  }
  getVersion(): string {
    return '0.0.0';
  }
  whenReady(): Promise<void> {
    return ready ? Promise.resolve() : new Promise((resolve) => this.once('ready', resolve));
  }
  quit(): void {
    if (this.#quit) return;
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (prevented) return;
    this.#quit = true;
    void (browser?.close() ?? Promise.resolve()).finally(() => process.exit(0));
  }
  exit(code = 0): void {
    process.exit(code);
  }
}
export const app = new App();

type ProtocolHandler = (request: Request) => Promise<Response>;
export const protocol = {
  schemes: new Set<string>(),
  handlers: new Map<string, ProtocolHandler>(),
  registerSchemesAsPrivileged(schemes: { scheme: string }[]): void {
    if (ready) throw new Error('registerSchemesAsPrivileged after ready');
    for (const { scheme } of schemes) this.schemes.add(scheme);
  },
  handle(scheme: string, handler: ProtocolHandler): void {
    if (!ready) throw new Error('protocol.handle before ready');
    if (!this.schemes.has(scheme)) throw new Error(`${scheme} is not privileged`);
    this.handlers.set(scheme, handler);
  },
};

type Invocation = { senderFrame: { url: string; parent: object | null } };
export const ipcMain = {
  handlers: new Map<string, (event: Invocation, ...args: unknown[]) => unknown>(),
  handle(channel: string, handler: (event: Invocation, ...args: unknown[]) => unknown): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  },
};

class WebContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly #page: () => Page | null;

  constructor(page: () => Page | null) {
    super();
    this.#page = page;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  send(channel: string, ...args: unknown[]): void {
    const message = [channel, structuredClone(args)] as const;
    this.#page()
      ?.evaluate(([name, sent]) => {
        (globalThis as unknown as { __standinEmit(name: string, args: unknown[]): void }).__standinEmit(name, sent);
      }, message)
      .catch(() => {}); // the page is on its way out
  }
}

type WindowOptions = { width: number; height: number; webPreferences: { preload: string } & Record<string, unknown> };

export class BrowserWindow extends EventEmitter {
  static #all = new Set<BrowserWindow>();
  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#all];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows()[0] ?? null;
  }

  page: Page | null = null;
  readonly webContents = new WebContents(() => this.page);
  readonly #opening: Promise<void>;

  constructor(options: WindowOptions) {
    super();
    if (!ready) throw new Error('Cannot create BrowserWindow before app is ready');
    BrowserWindow.#all.add(this);
    tell({ type: 'window', webPreferences: plain(options.webPreferences) });
    this.#opening = this.#open(options);
  }
  async loadURL(url: string): Promise<void> {
    await this.#opening;
    await this.page!.goto(toWeb(url));
  }
  show(): void {
    tell({ type: 'shown' });
  }
  isMinimized(): boolean {
    return false;
  }
  focus(): void {}

  async #open({ width, height, webPreferences }: WindowOptions): Promise<void> {
    const context = await browser!.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    this.page = page;
    await page.exposeBinding('__standinInvoke', ({ frame }, channel: string, args: unknown[]) =>
      invoke({ url: fromWeb(frame.url()), parent: frame.parentFrame() }, channel, args),
    );
    await page.addInitScript(preloadScript(await readFile(webPreferences.preload, 'utf8')));
    await page.route('**/*', (route) => this.#route(route, page));
    this.#denyOtherWindows(context, page);
    page.on('pageerror', (error) => tell({ type: 'page-error', text: error.message }));
    page.on('console', (message) => {
      if (message.type() === 'error') tell({ type: 'page-error', text: message.text() });
    });
    page.once('domcontentloaded', () => this.emit('ready-to-show'));
    page.once('close', () => {
      BrowserWindow.#all.delete(this);
      if (BrowserWindow.#all.size === 0) app.emit('window-all-closed');
    });
  }

  async #route(route: Route, page: Page): Promise<void> {
    const request = route.request();
    const url = fromWeb(request.url());
    if (request.isNavigationRequest() && request.frame() === page.mainFrame() && page.url() !== 'about:blank') {
      let allowed = true;
      this.webContents.emit('will-navigate', { url, preventDefault: () => (allowed = false) });
      tell({ type: 'navigation', url, allowed });
      if (!allowed) return route.fulfill({ status: 204 }); // no content: the page stays
    }
    await answerByProtocol(route, url, request.method());
  }

  /** A page that opens another one: the app's handler decides, and this stand-in can only close it again. */
  #denyOtherWindows(context: BrowserContext, own: Page): void {
    context.on('page', (page) => {
      if (page === own) return;
      const url = fromWeb(page.url());
      const { action } = this.webContents.openHandler?.({ url }) ?? { action: 'allow' };
      tell({ type: 'window-open', url, action });
      void page.close();
    });
  }
}

async function invoke(senderFrame: Invocation['senderFrame'], channel: string, args: unknown[]): Promise<object> {
  const handler = ipcMain.handlers.get(channel);
  if (!handler) return { error: `No handler registered for '${channel}'` };
  try {
    return { value: structuredClone(await handler({ senderFrame }, ...args)) };
  } catch (error) {
    return { error: `Error invoking remote method '${channel}': ${String(error)}` };
  }
}

/** Nothing leaves for the network: the app's protocol answers, or nobody. */
async function answerByProtocol(route: Route, url: string, method: string): Promise<void> {
  const handler = protocol.handlers.get(new URL(url).protocol.slice(0, -1));
  if (!handler) return route.abort();
  const response = await handler(new Request(url, { method }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

export const utilityProcess = {
  fork(file: string, args: string[]): ChildProcess {
    if (!ready) throw new Error('utilityProcess.fork before ready');
    return fork(file, args, { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  },
};

type Item = { id?: string; click?: () => void; submenu?: Item[] };
export const Menu = {
  items: [] as Item[],
  buildFromTemplate: (template: Item[]): Item[] => template,
  setApplicationMenu(items: Item[]): void {
    this.items = items;
  },
};

const answers: Record<string, unknown>[] = [];
function ask(kind: string, options: object): Promise<Record<string, unknown>> {
  tell({ type: 'dialog', kind, options: plain(options) });
  return Promise.resolve(answers.shift() ?? { canceled: true, filePaths: [], response: 0 });
}
export const dialog = {
  showMessageBox: (...args: object[]) => ask('message', args.at(-1)!),
  showOpenDialog: (...args: object[]) => ask('open', args.at(-1)!),
  showErrorBox: (title: string, content: string) => void ask('error', { title, content }),
};

export const shell = {
  openExternal: (url: string): Promise<void> => Promise.resolve(tell({ type: 'opened', what: url })),
  openPath: (file: string): Promise<string> => {
    tell({ type: 'opened', what: file });
    return Promise.resolve('');
  },
};

type PermissionHandler = (contents: null, permission: string, decide: (granted: boolean) => void) => void;
const permissions = { request: null as PermissionHandler | null, check: null as (() => boolean) | null };
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: PermissionHandler) => void (permissions.request = handler),
    setPermissionCheckHandler: (handler: () => boolean) => void (permissions.check = handler),
  },
};

function permissionGranted(name: string): boolean {
  let granted = permissions.request === null;
  permissions.request?.(null, name, (decision) => (granted = decision));
  return granted || (permissions.check?.() ?? true);
}

function clickItem(id: string, items: Item[] = Menu.items): void {
  for (const item of items) {
    if (item.id === id) item.click?.();
    else if (item.submenu) clickItem(id, item.submenu);
  }
}

async function evaluate(expression: string): Promise<unknown> {
  const page = BrowserWindow.getAllWindows()[0]?.page;
  if (!page) throw new Error('no window is open');
  return page.evaluate(expression);
}

process.on('message', (asked: Asked) => {
  if (asked.type === 'evaluate') {
    const { id, expression } = asked;
    evaluate(expression).then(
      (value) => tell({ type: 'answer', id, value }),
      (error: unknown) => tell({ type: 'answer', id, error: String(error) }),
    );
  }
  if (asked.type === 'permission') tell({ type: 'answer', id: asked.id, value: permissionGranted(asked.name) });
  if (asked.type === 'dialog-answer') answers.push(asked.value);
  if (asked.type === 'menu') clickItem(asked.item);
  if (asked.type === 'quit') app.quit();
});

// Electron is ready a moment after the main module has run
setTimeout(() => {
  const executablePath = process.env['CHROMIUM'];
  chromium
    .launch({
      ...(executablePath ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    })
    .then(
      (launched) => {
        browser = launched;
        ready = true;
        app.emit('ready');
      },
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
}, 0);
