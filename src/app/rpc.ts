/**
 * Calls and events across a host border: the caller's side. Both transports, Electron's IPC and HTTP, carry the same
 * strings, see `wire.ts`. The host's side is `rpcHost.ts`.
 */
import { LabError } from '../core/errors.ts';
import type { CallInput, CallName, CallOutput, EventName, EventPayload } from './contract.ts';
import { read, write } from './wire.ts';

/** What a host answers. Errors are data: error classes do not survive the crossing. */
export type Reply = { ok: true; value: string } | { ok: false; error: { code: string; message: string } };

/** A listener for events: the event's name and its payload, unread. */
export type EventListener = (name: string, payload: string) => void;

/** All that differs between hosts. */
export type Transport = {
  call(name: string, input: string): Promise<Reply>;
  /** Returns what ends it. */
  onEvent(listener: EventListener): () => void;
};

type Call<K extends CallName> =
  undefined extends CallInput<K>
    ? (input?: CallInput<K>) => Promise<CallOutput<K>>
    : (input: CallInput<K>) => Promise<CallOutput<K>>;

/** One method per call of the contract, e.g. `client['run.list']()`. They throw LabError with the host's code. */
export type Client = { [K in CallName]: Call<K> } & {
  on<K extends EventName>(name: K, listener: (payload: EventPayload<K>) => void): () => void;
};

/** Knows the contract by its types only; the host checks what is sent and what it sends back. */
export function createClient(transport: Transport): Client {
  const on: Client['on'] = (name, listener) =>
    transport.onEvent((heard, payload) => {
      if (heard === name) listener(read(payload) as EventPayload<typeof name>);
    });
  const call = async (name: string, input: unknown): Promise<unknown> => {
    const reply = await transport.call(name, write(input));
    if (!reply.ok) throw new LabError(reply.error.code, reply.error.message);
    return read(reply.value);
  };
  return new Proxy({} as Client, {
    get: (_, name) => {
      if (name === 'on') return on;
      if (typeof name === 'symbol' || !name.includes('.')) return undefined; // `then`, `toJSON`: not calls
      return (input: unknown) => call(name, input);
    },
  });
}
