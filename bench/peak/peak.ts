/** The processor's peak of fused multiply-adds in float32, measured by a loop that is compiled where there is a compiler. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startProgram, type LineProgram } from '../lineProgram.ts';

const loop = path.resolve(import.meta.dirname, '../../native/program/bench/peak.cpp');
const compilers = ['g++', 'clang++'];

/** A program that answers GFLOP/s of one core to every line, for an instruction set of the addon; null without compiler. */
export async function startPeak(instructionSet: string): Promise<LineProgram | null> {
  const program = path.join(mkdtempSync(path.join(tmpdir(), 'lrlab-bench-')), 'peak');
  const march = instructionSet.startsWith('x86') ? [`-march=${instructionSet.replaceAll('_', '-')}`] : [];
  const options = ['-std=c++17', '-O3', ...march, `-DLRLAB_ISA=${instructionSet}`, '-o', program];
  const sources = [loop, path.join(import.meta.dirname, 'main.cpp')];
  const built = compilers.some((compiler) => spawnSync(compiler, [...options, ...sources]).status === 0);
  return built ? startProgram(program, []) : null;
}
