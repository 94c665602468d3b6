/** Starts the built desktop app on the stand-in for Electron. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createClient } from '../../src/app/rpc.ts';
import type { Client } from '../../src/app/rpc.ts';
import type { Asked, Told } from './messages.ts';

const hooks = new URL('./hooks.ts', import.meta.url).href;

export type Desktop = {
  told: Told[];
  /** Waits for something to be told; what was told before counts. */
  heard<T extends Told['type']>(type: T): Promise<Extract<Told, { type: T }>>;
  /** Runs an expression in the page and gives its value. */
  evaluate<T>(expression: string): Promise<T>;
  /** Calls through the page's bridge. */
  client(): Client;
  permission(name: string): Promise<boolean>;
  send(asked: Asked): void;
  /** Quits and gives the exit code. */
  quit(): Promise<number | null>;
};

export async function startDesktop(main: string, workspace: string, chromium: string): Promise<Desktop> {
  const child = fork(main, [], {
    cwd: path.dirname(main),
    execArgv: ['--import', hooks],
    env: { ...process.env, LRLAB_HOME: workspace, CHROMIUM: chromium },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const told: Told[] = [];
  child.on('message', (message) => told.push(message as Told));

  async function when<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      await Promise.race([
        once(child, 'message'),
        exit.then(([code]) => Promise.reject(new Error(`The desktop app ended (exit code ${code}).`))),
      ]);
    }
  }
  const heard = <T extends Told['type']>(type: T): Promise<Extract<Told, { type: T }>> =>
    when(() => told.find((t): t is Extract<Told, { type: T }> => t.type === type));

  let questions = 0;
  async function question<T>(ask: (id: number) => Asked): Promise<T> {
    const id = ++questions;
    child.send(ask(id));
    const answer = await when(() => told.find((t) => t.type === 'answer' && t.id === id));
    if (answer.type !== 'answer' || answer.error !== undefined) throw new Error((answer as { error: string }).error);
    return answer.value as T;
  }

  const evaluate: Desktop['evaluate'] = (expression) => question((id) => ({ type: 'evaluate', id, expression }));

  await heard('shown');
  return {
    told,
    heard,
    evaluate,
    client: () =>
      createClient({
        call: (...message) => evaluate(`window.lrlab.call(...${JSON.stringify(message)})`),
        onEvent: () => () => {},
      }),
    permission: (name) => question((id) => ({ type: 'permission', id, name })),
    send: (asked) => void child.send(asked),
    async quit() {
      child.send({ type: 'quit' } satisfies Asked);
      return (await exit)[0];
    },
  };
}
