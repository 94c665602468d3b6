/** The system's Python, where it has the packages that a test needs. */
import { spawnSync } from 'node:child_process';

const program = process.env['LRLAB_PYTHON'] ?? '/usr/bin/python3';

/** Why these modules cannot be imported, or null. */
export function pythonLacks(...modules: readonly string[]): string | null {
  const { status, error } = spawnSync(program, ['-c', `import ${modules.join(', ')}`]);
  if (status === 0) return null;
  return error ? `no ${program}` : `${program} cannot import ${modules.join(' and ')}`;
}

/** What the script prints as JSON. */
export function python<T>(script: string, ...args: readonly string[]): T {
  const { status, stdout, stderr } = spawnSync(program, ['-c', script, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`Python failed: ${stderr}`);
  return JSON.parse(stdout) as T;
}
