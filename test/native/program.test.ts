/**
 * The standalone program `lrlab-native` (native/Makefile): the CPU engine through its C interface, without Node, against
 * float64 loops in C++; and the same under sanitizers of memory, undefined behaviour and threads, and for ARM (NEON).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeReference, referencePath } from '../support/reference.ts';

const native = path.resolve(import.meta.dirname, '../../native');

type Ran = { status: number | null; output: string };

function run(command: string, args: readonly string[], input?: string): Ran {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: native, encoding: 'utf8', input });
  return { status: error ? null : status, output: error ? error.message : `${stdout}${stderr}` };
}

/** Why the program cannot be built here, or null. */
function reasonToSkip(flags: readonly string[]): string | null {
  if (process.platform === 'win32') return 'the Makefile is for make with g++ or clang++';
  if (run('make', ['--version']).status !== 0) return 'make is not found';
  const probe = run('g++', ['-std=c++17', ...flags, '-x', 'c++', '-', '-o', '/dev/null'], 'int main() {}');
  return probe.status === 0 ? null : `g++ ${flags.join(' ')} does not work here`;
}

function build(...variables: string[]): void {
  const { status, output } = run('make', ['-j2', ...variables]);
  expect(status, output).toBe(0);
}

/** Runs a command of the program built in that folder; all that it checks must pass. */
function passes(folder: string, ...args: string[]): void {
  const { status, output } = run(path.join(native, 'build', folder, 'lrlab-native'), args);
  expect(output).toMatch(/^[1-9]\d* passed, 0 failed$/m);
  expect(status, output).toBe(0);
}

/** Why the CUDA engine cannot be tried on a GPU, or null. */
function reasonWithoutGpu(library: string): string | null {
  if (!existsSync('/proc/driver/nvidia/version')) return 'no NVIDIA driver';
  return existsSync(library) ? null : `${library} is not built`;
}

function describeBuilt(name: string, flags: readonly string[], variables: readonly string[], body: () => void): void {
  const reason = reasonToSkip(flags);
  if (reason) describe.skip(`${name} (skipped: ${reason})`, body);
  else
    describe(name, () => {
      beforeAll(() => build(...variables), 600_000);
      body();
    });
}

describeBuilt('the standalone program', [], [], () => {
  it('finds the engine right, repeatable, and firm against bad arguments', () => {
    passes('program', 'check', '--threads', '2');
  });

  it('finds every instruction set of this machine right', () => {
    const { output } = run(path.join(native, 'build/program/lrlab-native'), ['device', '--json']);
    const { instructionSets } = JSON.parse(output) as { instructionSets: string[] };
    expect(instructionSets).not.toEqual([]);
    for (const set of instructionSets) passes('program', 'check', '--problems', '84', '--instruction-set', set);
  });

  it.skipIf(process.platform !== 'linux')('finds no leak over 10,000 updates (Linux tells resident memory)', () => {
    passes('program', 'leak');
  });

  it('says what is wrong with a command line', () => {
    const { status, output } = run(path.join(native, 'build/program/lrlab-native'), ['check', '--threads', 'many']);
    expect(status).toBe(2);
    expect(output).toContain('expected a whole number from 1, found "many"');
  });

  describe('with the CUDA engine, its kernels compiled for the processor', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'lrlab-cuda-'));
    const engine = ['--engine', 'cuda', '--library', path.join(folder, 'lrlab_cuda.so')];
    beforeAll(() => {
      const { status, output } = run('sh', ['cuda/host/build.sh', folder]);
      expect(status, output).toBe(0);
    }, 600_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('finds it right', () => passes('program', 'check', '--problems', '42', ...engine), 180_000);

    describeReference('published training steps', () => {
      it('come out of it', () => passes('program', 'fixtures', referencePath('fixtures', 'training'), ...engine));
    });
  });

  describe('with the CUDA engine on the GPU', () => {
    const library = path.join(native, 'build/cuda/lrlab_cuda.so');
    const engine = ['--engine', 'cuda', '--library', library];
    const reason = reasonWithoutGpu(library);

    it.skipIf(reason !== null)(`finds it right${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
      passes('program', 'check', ...engine);
      passes('program', 'leak', ...engine);
    });

    describeReference('published training steps', () => {
      it.skipIf(reason !== null)('come out of it', () => {
        passes('program', 'fixtures', referencePath('fixtures', 'training'), ...engine);
      });
    });
  });

  describeReference('published training steps', () => {
    it('come out of the oracle and of the engine', () => {
      passes('program', 'fixtures', referencePath('fixtures', 'training'));
    });
  });
});

const arm = { compiler: 'aarch64-linux-gnu-g++', emulator: 'qemu-aarch64', system: '/usr/aarch64-linux-gnu' };
const armMissing = [arm.compiler, arm.emulator].find((command) => run(command, ['--version']).status !== 0);

describe(`the standalone program for ARM, emulated${armMissing ? ` (skipped: ${armMissing} is not found)` : ''}`, () => {
  const passesOnArm = (...args: string[]) => {
    const program = path.join(native, 'build/program-arm/lrlab-native');
    const { status, output } = run(arm.emulator, ['-L', arm.system, program, ...args]);
    expect(output).toMatch(/^[1-9]\d* passed, 0 failed$/m);
    expect(status, output).toBe(0);
  };

  beforeAll(() => {
    if (!armMissing) build(`CXX=${arm.compiler}`, 'OUT=build/program-arm');
  }, 600_000);

  it.skipIf(armMissing)('finds the engine right', () => passesOnArm('check', '--problems', '12'), 300_000);

  describeReference('published training steps', () => {
    it.skipIf(armMissing)('come out of the engine', () => {
      passesOnArm('fixtures', referencePath('fixtures', 'training'));
    });
  });
});

const sanitized = [
  { sanitizers: 'address,undefined', faults: 'of memory', args: ['--problems', '84', '--threads', '2'] },
  { sanitizers: 'thread', faults: 'between threads', args: ['--problems', '12', '--threads', '3'] },
];
for (const { sanitizers, faults, args } of sanitized) {
  const folder = `program-${sanitizers.replace(',', '-')}`;
  describeBuilt(
    `the standalone program with -fsanitize=${sanitizers}`,
    [`-fsanitize=${sanitizers}`],
    [`SANITIZE=${sanitizers}`],
    () => it(`finds the engine right without a fault ${faults}`, () => passes(folder, 'check', ...args), 120_000),
  );
}
