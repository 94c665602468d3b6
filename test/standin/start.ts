/** Starts the built desktop program with the stand-in, and speaks to it. */
import { fork } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from '../../src/app/rpc.ts';
import type { Client, Reply } from '../../src/app/rpc.ts';
import type { Deed, FromProgram, ToProgram } from './messages.ts';

export type StandinOptions = {
  /** the built main process */
  main: string;
  /** the program's workspace */
  home: string;
  chromium: string;
  env?: NodeJS.ProcessEnv;
};

export type Standin = {
  /** everything the program did so far */
  deeds: readonly Deed[];
  /** the first deed of a type, also a future one */
  deed<T extends Deed['type']>(type: T): Promise<Extract<Deed, { type: T }>>;
  /** value of an expression in the page */
  evaluate<T>(expression: string): Promise<T>;
  /** waits until the expression is true in the page */
  until(expression: string): Promise<void>;
  /** calls through the page's own bridge */
  client: Client;
  isGranted(permission: string): Promise<{ request: boolean; check: boolean }>;
  screenshot(file: string): Promise<void>;
  send(message: Extract<ToProgram, { type: 'menu' | 'dialogAnswer' }>): void;
  /** asks the program to quit; its exit code */
  quit(): Promise<number | null>;
};

const patienceMs = 30_000;

export async function startStandin({ main, home, chromium, env }: StandinOptions): Promise<Standin> {
  const program = fork(main, [], {
    execArgv: ['--import', path.join(import.meta.dirname, 'hooks.ts')],
    env: { ...process.env, LRLAB_HOME: home, CHROMIUM: chromium, ...env },
  });
  const ended = new Promise<number | null>((resolve) => program.once('exit', resolve));
  const deeds: Deed[] = [];
  const waiting = new Map<number, (answer: Extract<FromProgram, { type: 'answer' }>) => void>();
  program.on('message', (message: FromProgram) => {
    if (message.type === 'answer') waiting.get(message.id)?.(message);
    else deeds.push(message);
  });

  async function poll<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      const found = await look();
      if (found !== undefined) return found;
      if (program.exitCode !== null) throw new Error(`Waiting for ${what}: the program ended (${program.exitCode}).`);
      await wait(30);
    }
    throw new Error(`Waiting for ${what}: not seen. So far: ${JSON.stringify(deeds)}`);
  }

  let id = 0;
  const ask = (message: { type: string } & Record<string, unknown>): Promise<unknown> => {
    id += 1;
    const asked = id;
    return new Promise((resolve, reject) => {
      waiting.set(asked, ({ value, error }) => {
        waiting.delete(asked);
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      });
      program.send({ ...message, id: asked });
    });
  };
  const evaluate = <T>(expression: string): Promise<T> => ask({ type: 'evaluate', expression }) as Promise<T>;

  const standin: Standin = {
    deeds,
    deed: (type) =>
      poll(`"${type}"`, () => deeds.find((deed): deed is Extract<Deed, { type: typeof type }> => deed.type === type)),
    evaluate,
    async until(expression) {
      await poll(expression, async () => ((await evaluate<boolean>(`Boolean(${expression})`)) ? true : undefined));
    },
    client: createClient({
      call: (name, input) => evaluate<Reply>(`window.lrlab.call(${JSON.stringify(name)}, ${JSON.stringify(input)})`),
      onEvent: () => {
        throw new Error('Events stay in the page: look at them by evaluate().');
      },
    }),
    isGranted: (name) => ask({ type: 'permission', name }) as ReturnType<Standin['isGranted']>,
    async screenshot(file) {
      await ask({ type: 'screenshot', file });
    },
    send: (message) => void program.send(message),
    quit() {
      if (program.connected) program.send({ type: 'quit' });
      return ended;
    },
  };
  await standin.deed('show');
  return standin;
}
