/** This computer and this process. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Machine } from '../app/ports.ts';

/**
 * Names this process: processes of several computers may share a workspace folder, and a process number may be given
 * again to another process.
 */
const self = { computer: os.hostname(), pid: process.pid, token: randomBytes(4).toString('hex') };
const owner = `${self.computer}:${self.pid}:${self.token}`;

export function thisMachine(host: Machine['host'], root: string): Machine {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    host,
    platform: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
    appVersion: version,
    cores: os.availableParallelism(),
    owner,
    ownerAlive,
    now: () => Date.now(),
    newId: () => randomBytes(6).toString('base64url').replace(/[-_]/g, 'x'),
    sha256: (content) => createHash('sha256').update(content).digest('hex'),
  };
}

/** A process of another computer counts as alive: nothing can be known of it. */
function ownerAlive(other: string): boolean {
  if (other === owner) return true;
  const [, computer, pid] = /^(.*):(\d+):\w+$/.exec(other) ?? [];
  if (computer !== self.computer) return true;
  if (Number(pid) === self.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
