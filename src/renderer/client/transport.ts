/** How calls reach the host: through Electron's preload where there is one, else over HTTP and a WebSocket. */
import type { Reply, Transport } from '../../app/rpc.ts';

/** What the preload script of the desktop app offers. */
export type Bridge = Transport & { pathOf(file: File): string; host: string };

declare global {
  interface Window {
    readonly lrlab?: Bridge;
  }
}

export const bridge: Bridge | null = window.lrlab ?? null;

type EventListener = (name: string, payload: string) => void;

/** connected: called with false when the host is lost and with true when it is back. */
export function httpTransport(connected: (is: boolean) => void): Transport {
  const listeners = new Set<EventListener>();
  const connect = (): void => {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/events`);
    socket.onopen = () => connected(true);
    socket.onmessage = ({ data }) => {
      const [name, payload] = JSON.parse(String(data)) as [string, string];
      for (const listener of listeners) listener(name, payload);
    };
    socket.onclose = () => {
      connected(false);
      setTimeout(connect, 1000);
    };
  };
  connect();
  return {
    async call(name, input) {
      const response = await fetch(`/rpc/${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/plain' },
        body: input,
      }).catch(() => null);
      if (response?.ok) return (await response.json()) as Reply;
      const found = response ? `it answered ${response.status}` : 'there is no answer';
      return {
        ok: false,
        error: { code: 'host.lost', message: `Asking the host for “${name}”: ${found}. Is the program still running?` },
      };
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
