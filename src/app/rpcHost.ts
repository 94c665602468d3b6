/** The host's end of the contract: every message is checked on its way in and out, and refused aloud. */
import { parse, stringify } from 'devalue';
import { LabError } from '../core/errors.ts';
import { calls, events } from './contract.ts';
import type { CallName, Emit, Handlers } from './contract.ts';
import type { Reply } from './rpc.ts';

export type EventListener = (name: string, payload: string) => void;

export type RpcHost = {
  dispatch(name: unknown, input: unknown): Promise<Reply>;
  emit: Emit;
  subscribe(listener: EventListener): () => void;
};

/** The handlers come later, since the service that offers them needs `emit` first. */
export function createRpcHost(handlers: () => Handlers): RpcHost {
  const listeners = new Set<EventListener>();
  return {
    async dispatch(name, input) {
      try {
        if (!isCall(name)) throw new LabError('call.unknown', `Calling "${String(name)}": there is no such call.`);
        const call = calls[name];
        const checked = call.in.safeParse(readInput(name, input));
        if (!checked.success) throw new LabError('call.input', `Calling "${name}": ${problems(checked.error)}.`);
        const handle = handlers()[name] as (input: unknown) => unknown;
        const value = call.out.safeParse(await handle(checked.data));
        if (!value.success) throw new LabError('call.output', `Answering "${name}": ${problems(value.error)}.`);
        return { ok: true, value: stringify(value.data) };
      } catch (error) {
        return { ok: false, error: asReply(error) };
      }
    },
    emit(name, payload) {
      const text = stringify(events[name].parse(payload));
      for (const listener of listeners) listener(name, text);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function isCall(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(calls, name);
}

function readInput(name: CallName, input: unknown): unknown {
  try {
    if (typeof input === 'string') return parse(input);
  } catch {
    // told below
  }
  throw new LabError('call.input', `Calling "${name}": the message cannot be read.`);
}

function problems(error: { issues: { path: PropertyKey[]; message: string }[] }): string {
  return error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'input'}: ${message}`).join('; ');
}

function asReply(error: unknown): { code: string; message: string } {
  if (error instanceof LabError) return { code: error.code, message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}
