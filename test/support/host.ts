/** The browser host as a process of its own. */
import type { ChildProcess } from 'node:child_process';

/** The address that it prints once it is ready. */
export async function addressOf(host: ChildProcess): Promise<string> {
  let printed = '';
  for await (const chunk of host.stdout!) {
    printed += String(chunk);
    const url = /^ready (\S+)/m.exec(printed)?.[1];
    if (url) return url;
  }
  throw new Error(`The host ended before it was ready. It printed: ${printed}`);
}
