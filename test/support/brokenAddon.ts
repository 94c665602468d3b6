/** Addons that go wrong when they are loaded, as a broken driver might. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

export const compilerMissing = spawnSync('g++', ['--version']).status === 0 ? null : 'no g++';

/** Compiles an addon into the folder that does this on load; its path. */
export function addonThat(statement: string, folder: string): string {
  const source = path.join(folder, 'broken.cpp');
  const file = path.join(folder, 'broken.node');
  writeFileSync(
    source,
    `#include <cstdlib>\n#include <unistd.h>\n__attribute__((constructor)) static void onLoad() { ${statement} }\n`,
  );
  const { status, stderr } = spawnSync('g++', ['-shared', '-fPIC', '-o', file, source], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return file;
}
