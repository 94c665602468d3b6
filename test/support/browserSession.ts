/** What a browser does with the browser host, without a browser: the token for a cookie, then calls and events. */
import { WebSocket } from 'ws';
import type { EventListener, Reply, Transport } from '../../src/app/rpc.ts';

export type BrowserSession = {
  /** Address without the token. */
  origin: string;
  cookie: string;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  transport(): Transport & { close(): void };
};

export async function signIn(url: string): Promise<BrowserSession> {
  const { origin } = new URL(url);
  const response = await fetch(url, { redirect: 'manual' });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (response.status !== 302 || !cookie) throw new Error(`Signing in: status ${response.status}.`);
  const send: BrowserSession['fetch'] = (path, init) =>
    fetch(origin + path, { ...init, headers: { cookie, origin, ...(init?.headers as Record<string, string>) } });
  return { origin, cookie, fetch: send, transport: () => httpTransport(origin, cookie, send) };
}

function httpTransport(
  origin: string,
  cookie: string,
  send: BrowserSession['fetch'],
): ReturnType<BrowserSession['transport']> {
  const listeners = new Set<EventListener>();
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/events`, { headers: { cookie, origin } });
  const open = new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('message', (message: Buffer) => {
    const [name, payload] = JSON.parse(message.toString()) as [string, string];
    for (const listener of listeners) listener(name, payload);
  });
  return {
    async call(name, input) {
      await open;
      const response = await send(`/rpc/${encodeURIComponent(name)}`, { method: 'POST', body: input });
      return (await response.json()) as Reply;
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => socket.terminate(),
  };
}
