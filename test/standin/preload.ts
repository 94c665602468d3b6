/**
 * The surroundings of a sandboxed preload script, as a script for a page: a `require` that knows only `electron`, no
 * Node, an `ipcRenderer` over the two functions that the stand-in puts into the page.
 */
export function preloadScript(code: string): string {
  return `(${surround.toString()})((require, module, exports, process) => {\n${code}\n});`;
}

type Listener = (event: unknown, ...args: unknown[]) => void;
type Page = {
  __standinInvoke(channel: string, args: unknown[]): Promise<{ value?: unknown; error?: string }>;
  __standinEmit(channel: string, args: unknown[]): void;
};

/** Runs in the page; refers to nothing outside of itself. */
function surround(
  preload: (require: (name: string) => unknown, module: object, exports: object, process: object) => void,
): void {
  const page = globalThis as unknown as Page;
  const listeners = new Map<string, Set<Listener>>();
  page.__standinEmit = (channel, args) => {
    for (const listener of [...(listeners.get(channel) ?? [])]) listener({}, ...args);
  };
  const ipcRenderer = {
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      const reply = await page.__standinInvoke(channel, structuredClone(args));
      if (reply.error !== undefined) throw new Error(reply.error);
      return reply.value;
    },
    on(channel: string, listener: Listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set<Listener>()).add(listener));
    },
    off(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener);
    },
  };
  const contextBridge = {
    exposeInMainWorld(name: string, api: object) {
      if (Object.getPrototypeOf(api) !== Object.prototype) throw new Error(`${name} is not a plain object`);
      Object.defineProperty(globalThis, name, { value: Object.freeze(api) });
    },
  };
  const webUtils = { getPathForFile: (file: { name: string }) => `/chosen/${file.name}` };
  const require = (name: string): unknown => {
    if (name === 'electron') return { contextBridge, ipcRenderer, webUtils };
    throw new Error(`module not found: ${name}`);
  };
  preload(require, { exports: {} }, {}, { sandboxed: true, contextIsolated: true });
}
