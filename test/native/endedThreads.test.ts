/** Whoever cancels ends a thread in the middle of what it computes; the program has to live on. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { projectFolder } from '../support/folders.ts';
import { describeNative } from '../support/nativeEngine.ts';

describeNative('threads that are ended while the addon computes', () => {
  it('take nothing down with them', async () => {
    const script = path.join(projectFolder, 'test/support/endedThreads.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    expect(stdout).toBe('alive\n');
  }, 60_000);
});
