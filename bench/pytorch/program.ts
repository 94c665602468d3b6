/** update.py beside this file, working on a problem. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parameterNames } from '../../src/core/models/parameters.ts';
import { firstState, setupOf, type Problem } from '../problems.ts';
import { pythonWith, startPython } from '../python.ts';

export type Variant = 'published' | 'plain';
export type TorchUpdate = { cpuMs: number; wallMs: number; loss: number };

export type TorchProgram = {
  update(variant: Variant, rule: string): Promise<TorchUpdate>;
  /** by how much the process has grown at most since its data were read, in MiB */
  peak(): Promise<number>;
  close: () => void;
};

/** Null where no Python here has PyTorch. */
export async function startTorch(problem: Problem, threads: number): Promise<TorchProgram | null> {
  const python = pythonWith('torch');
  if (!python) return null;
  const folder = mkdtempSync(path.join(tmpdir(), 'lrlab-bench-'));
  const program = await startPython(
    python,
    path.join(import.meta.dirname, 'update.py'),
    [writeProblem(problem, folder), String(threads)],
    threads,
  );
  return {
    update: (variant, rule) => program.ask<TorchUpdate>(`${variant} ${rule}`),
    peak: async () => (await program.ask<{ grownMiB: number }>('peak')).grownMiB,
    close() {
      program.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Arrays as raw float32, and a description that names them. */
function writeProblem(problem: Problem, folder: string): string {
  const { parameters, activityPenalty } = firstState(problem);
  const { input, target, mask } = problem.batch;
  const tensors = { input, target, mask, ...parameters };
  const names = ['input', 'target', 'mask', ...parameterNames] as const;
  const arrays = names.map((name) => {
    const file = path.join(folder, `${name}.f32`);
    writeFileSync(file, Float32Array.from(tensors[name].data));
    return [name, { file, shape: tensors[name].shape }] as const;
  });
  const { shape, loss, optimizer } = setupOf(problem, 'bptt');
  const description = path.join(folder, 'problem.json');
  writeFileSync(
    description,
    JSON.stringify({ arrays: Object.fromEntries(arrays), alpha: shape.alpha, loss, activityPenalty, optimizer }),
  );
  return description;
}
