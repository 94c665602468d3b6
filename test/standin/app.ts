/** `app`, `protocol` and `session` of the stand-in. They refuse what Electron refuses before or after it is ready. */
import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

type PageHandler = (request: Request) => Promise<Response>;
type PermissionRequest = (contents: unknown, name: string, decide: (granted: boolean) => void) => void;

class App extends EventEmitter {
  isPackaged = false;
  #ready = false;
  #quitting = false;
  readonly #paths = new Map<string, string>();
  /** Runs after the program agreed to quit. */
  end: () => Promise<void> = () => Promise.resolve();

  becomeReady(): void {
    this.#ready = true;
    this.emit('ready');
  }

  isReady(): boolean {
    return this.#ready;
  }

  whenReady(): Promise<void> {
    return this.#ready ? Promise.resolve() : new Promise((resolve) => this.once('ready', () => resolve()));
  }

  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  requestSingleInstanceLock(): boolean {
    return true;
  }

  getVersion(): string {
    return '0.0.0';
  }

  setPath(name: string, folder: string): void {
    if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
    mkdirSync(folder, { recursive: true });
    this.#paths.set(name, folder);
  }

  getPath(name: string): string {
    const folder = this.#paths.get(name);
    if (folder === undefined) throw new Error(`The stand-in has no path "${name}"; the program sets its own.`);
    return folder;
  }

  quit(): void {
    if (this.#quitting) return;
    let refused = false;
    this.emit('before-quit', { preventDefault: () => (refused = true) });
    if (refused) return;
    this.#quitting = true;
    void this.end().then(() => process.exit(0));
  }

  exit(code = 0): void {
    process.exit(code);
  }
}

export const app = new App();

const privileged = new Set<string>();
const handlers = new Map<string, PageHandler>();

export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly { scheme: string }[]): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme } of schemes) privileged.add(scheme);
  },
  handle(scheme: string, handler: PageHandler): void {
    if (!app.isReady()) throw new Error('protocol.handle should be called after app is ready');
    if (!privileged.has(scheme)) throw new Error(`The scheme "${scheme}" was not registered as privileged.`);
    handlers.set(scheme, handler);
  },
};

export const pageHandler = (scheme: string): PageHandler | undefined => handlers.get(scheme);

let requestHandler: PermissionRequest | undefined;
let checkHandler: ((contents: unknown, name: string) => boolean) | undefined;

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: PermissionRequest) => void (requestHandler = handler),
    setPermissionCheckHandler: (handler: NonNullable<typeof checkHandler>) => void (checkHandler = handler),
  },
};

/** What Electron grants: everything, unless a handler says otherwise. */
export async function isGranted(name: string): Promise<{ request: boolean; check: boolean }> {
  const request = requestHandler ? await new Promise<boolean>((decide) => requestHandler!(null, name, decide)) : true;
  return { request, check: checkHandler ? checkHandler(null, name) : true };
}
