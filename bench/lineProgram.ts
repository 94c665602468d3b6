/** Programs in a process of their own that answer one line of JSON to each line they are sent. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type LineProgram = {
  ask<Answer>(this: void, line: string): Promise<Answer>;
  readonly close: () => void;
};

export async function startProgram(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<LineProgram> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  await once(child, 'spawn');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask<Answer>(line: string) {
      child.stdin.write(`${line}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`${program} ${args.join(' ')} ended before it answered "${line}"`);
      return JSON.parse(value) as Answer;
    },
    close: () => child.stdin.end(),
  };
}
