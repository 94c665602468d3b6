/** Runs tools of node_modules under this Node. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

export const projectFolder = path.resolve(import.meta.dirname, '../..');

/** tool: path inside node_modules. Output goes to the terminal. Gives the exit code. */
export function runTool(tool: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  return runScript(path.join('node_modules', tool), args, env);
}

export function runScript(script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): number {
  const result = spawnSync(process.execPath, [path.join(projectFolder, script), ...args], {
    cwd: projectFolder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

/** Ctrl-C in a terminal reaches a child by itself; a second one would mean "at once" instead of "when ready". */
export function passSignalsTo(child: { kill(signal: NodeJS.Signals): void }): void {
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
}
