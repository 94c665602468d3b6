/** The processor's peak of fused multiply-adds in float32, measured by a loop that is compiled where there is a compiler. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startProgram, type LineProgram } from '../lineProgram.ts';

const sources = ['main.cpp', '../../native/program/bench/peak.cpp'].map((f) => path.join(import.meta.dirname, f));
const compilers = ['g++', 'clang++'];

/** A program that answers GFLOP/s of one core to every line, for an instruction set of the addon; null without compiler. */
export async function startPeak(instructionSet: string): Promise<LineProgram | null> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lrlab-bench-'));
  const program = path.join(folder, 'peak');
  const march = instructionSet.startsWith('x86') ? [`-march=${instructionSet.replaceAll('_', '-')}`] : [];
  const args = ['-std=c++17', '-O3', `-DLRLAB_ISA=${instructionSet}`, ...march, '-o', program, ...sources];
  const built = compilers.some((compiler) => spawnSync(compiler, args).status === 0);
  const running = built ? await startProgram(program, []) : null;
  rmSync(folder, { recursive: true }); // what runs, runs on
  return running;
}
