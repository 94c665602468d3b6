/** Child processes for what may crash or hang: a broken driver or addon then takes nothing else down with it. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type ChildListener = {
  message: (message: unknown) => void;
  /** once, however it ended: "signal SIGSEGV", "exit code 1: Error: …" */
  ended: (how: string) => void;
};

export type Child = { kill: () => void };

/** file: a module; it finds `args` at the end of process.argv, and tells through `tellParent`. */
export type StartChild = (file: string, args: readonly string[], listener: ChildListener) => Child;

export const nodeChild: StartChild = (file, args, { message, ended }) => {
  const child = fork(file, args, { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const lastWords = lastLineOf(child.stderr!);
  child.on('message', message);
  child.on('error', (error) => ended(error.message));
  child.on('close', (code, signal) =>
    ended((signal === null ? `exit code ${code}` : `signal ${signal}`) + lastWords()),
  );
  return { kill: () => void child.kill('SIGKILL') };
};

/** Of what a child complains about, what it says last tells best why it ended: ": …", or nothing. */
export function lastLineOf(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.on('data', (part) => (text = (text + String(part)).slice(-1000)));
  return () => {
    const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Node.js v'));
    return lines.length > 0 ? `: ${lines.at(-1)}` : '';
  };
}

/** From source the module is a .ts file; in the packaged program, a bundle beside the main one. */
export function engineProcessFile(): string {
  const source = import.meta.url.endsWith('.ts');
  return fileURLToPath(new URL(source ? './engineProcess.ts' : './engineProcess.mjs', import.meta.url));
}

export type Conversation<T> = {
  readonly file?: string;
  /** what the child finds as its last argument, in JSON */
  readonly job: unknown;
  /** longest silence */
  readonly patienceMs: number;
  /** reads a message; what it returns, if anything, is the result */
  hear: (message: unknown) => T | undefined;
  /** the result where the child ended or fell silent before there was one: "ended with signal SIGSEGV" */
  lost: (how: string) => T;
};

/** Starts a child and listens until there is a result; the child is then killed, whatever it does. */
export function listenToChild<T>(
  start: StartChild,
  { file = engineProcessFile(), job, patienceMs, hear, lost }: Conversation<T>,
): { result: Promise<T>; kill: () => void } {
  let child: Child;
  const result = new Promise<T>((resolve) => {
    let timer: NodeJS.Timeout;
    const finish = (value: T): void => {
      clearTimeout(timer);
      child.kill();
      resolve(value);
    };
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => finish(lost(`gave no answer in ${patienceMs / 1000} s`)), patienceMs);
    };
    child = start(file, [JSON.stringify(job)], {
      message(message) {
        const value = hear(message);
        if (value === undefined) wait();
        else finish(value);
      },
      ended: (how) => finish(lost(`ended with ${how}`)),
    });
    wait();
  });
  return { result, kill: () => child.kill() };
}

type ElectronProcess = { parentPort?: { postMessage(message: unknown): void } };

/** In the child: a message to the process that started it. */
export function tellParent(message: unknown): void {
  const { parentPort } = process as unknown as ElectronProcess;
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
}
