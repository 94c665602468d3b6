/** Python programs, with a Python that has what they need. */
import { spawnSync } from 'node:child_process';
import { startProgram, type LineProgram } from './lineProgram.ts';

/** The first Python that imports the module, or null. Debian's has its packages even where another comes first. */
export function pythonWith(module: string): string | null {
  const imports = (python: string) => spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;
  return ['python3', '/usr/bin/python3'].find(imports) ?? null;
}

/** threads: of its linear algebra libraries. */
export function startPython(
  python: string,
  script: string,
  args: readonly string[],
  threads = 1,
): Promise<LineProgram> {
  const count = String(threads);
  return startProgram(python, [script, ...args], {
    OMP_NUM_THREADS: count,
    OPENBLAS_NUM_THREADS: count,
    OMP_WAIT_POLICY: 'passive', // threads that wait for work actively would fight over the cores
  });
}
