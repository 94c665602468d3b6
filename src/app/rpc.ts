/**
 * The contract as strings: what a page calls and hears, whatever carries it. devalue keeps NaN, typed arrays and
 * undefined, which JSON and Electron's messages treat differently.
 */
import { parse, stringify } from 'devalue';
import { LabError } from '../core/errors.ts';
import type { CallInput, CallName, CallOutput, EventName, EventPayload } from './contract.ts';

/** Error classes do not survive the crossing, so a refusal is data. */
export type Reply = { ok: true; value: string } | { ok: false; error: { code: string; message: string } };

/** The only thing that differs between desktop and browser. */
export interface Transport {
  call(name: string, input: string): Promise<Reply>;
  /** gives back how to stop listening */
  onEvent(listener: (name: string, payload: string) => void): () => void;
}

export type Client = {
  [K in CallName]: undefined extends CallInput<K>
    ? (input?: CallInput<K>) => Promise<CallOutput<K>>
    : (input: CallInput<K>) => Promise<CallOutput<K>>;
} & {
  on<K extends EventName>(name: K, listen: (payload: EventPayload<K>) => void): () => void;
};

/** A method per call of the contract. Refusals become LabErrors again. */
export function createClient(transport: Transport): Client {
  const on = (name: string, listen: (payload: unknown) => void): (() => void) =>
    transport.onEvent((event, payload) => {
      if (event === name) listen(parse(payload));
    });
  const send = async (name: string, input: unknown): Promise<unknown> => {
    const reply = await transport.call(name, stringify(input));
    if (reply.ok) return parse(reply.value);
    throw new LabError(reply.error.code, reply.error.message);
  };
  return new Proxy({} as Client, {
    get: (_, name: string) => (name === 'on' ? on : (input: unknown) => send(name, input)),
  });
}
