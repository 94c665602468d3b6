/** Calls and events across a host border: the host's side. It checks every message against the contract. */
import { z } from 'zod';
import { LabError } from '../core/errors.ts';
import { calls, events } from './contract.ts';
import type { CallName, Emit, Handlers } from './contract.ts';
import type { EventListener, Reply, Transport } from './rpc.ts';
import { read, write } from './wire.ts';

export type RpcHost = {
  /** Answers any message, whatever is in it; never throws. */
  dispatch(name: unknown, input: unknown): Promise<Reply>;
  /** Returns what ends it. */
  subscribe(listener: EventListener): () => void;
};

export type EventHub = { emit: Emit; subscribe: RpcHost['subscribe'] };

/** Made before the service, which emits, and handed to the host, which passes on. */
export function createEventHub(): EventHub {
  const listeners = new Set<EventListener>();
  return {
    emit(name, payload) {
      if (listeners.size === 0) return;
      const checked = (events[name] as z.ZodType).parse(payload);
      const text = write(checked);
      for (const listener of listeners) listener(name, text);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function createHost(handlers: Handlers, { subscribe }: Pick<EventHub, 'subscribe'>): RpcHost {
  return {
    async dispatch(name, input) {
      try {
        if (!isCall(name)) throw new LabError('rpc.unknown', `Calling "${String(name)}": there is no such call.`);
        const handler = handlers[name] as (input: unknown) => unknown;
        const output = await handler(readInput(name, input));
        return { ok: true, value: write(checkOutput(name, output)) };
      } catch (error) {
        return { ok: false, error: describeError(error) };
      }
    },
    subscribe,
  };
}

/** The host in the same process, without a border: for tests. Payloads are strings all the same. */
export function directTransport(host: RpcHost): Transport {
  return { call: (name, input) => host.dispatch(name, input), onEvent: (listener) => host.subscribe(listener) };
}

const isCall = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(calls, name);

function readInput(name: CallName, input: unknown): unknown {
  let sent: unknown;
  try {
    sent = read(input as string);
  } catch {
    throw new LabError('rpc.input', `Calling "${name}": expected a payload written by devalue, found something else.`);
  }
  const checked = calls[name].in.safeParse(sent);
  if (checked.success) return checked.data;
  throw new LabError('rpc.input', `Calling "${name}": ${z.prettifyError(checked.error)}`);
}

/** An answer of the wrong shape is the program's fault; the caller is told so, and gets nothing half right. */
function checkOutput(name: CallName, output: unknown): unknown {
  const checked = calls[name].out.safeParse(output);
  if (checked.success) return checked.data;
  throw new LabError('rpc.output', `Answering "${name}": ${z.prettifyError(checked.error)}`);
}

function describeError(error: unknown): { code: string; message: string } {
  if (error instanceof LabError) return { code: error.code, message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}
