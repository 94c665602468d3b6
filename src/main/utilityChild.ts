/** Electron's child processes: in the packaged program, whose fuses forbid plain Node, these alone run scripts. */
import { utilityProcess } from 'electron';
import { lastLineOf, type StartChild } from '../platform/engines/child.ts';

export const utilityChild: StartChild = (file, args, { message, ended }) => {
  const child = utilityProcess.fork(file, [...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    serviceName: 'Learning Rule Lab engines',
  });
  const lastWords = lastLineOf(child.stderr!);
  child.on('message', message);
  child.on('exit', (code) => ended(`exit code ${code}${lastWords()}`));
  return { kill: () => void child.kill() };
};
