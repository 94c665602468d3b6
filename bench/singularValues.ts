/** Linear algebra of the Procrustes distance, against LAPACK. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { portableLinearAlgebra, type LinearAlgebra } from '../src/core/math/linear/linearAlgebra.ts';
import { frobeniusNorm, transpose, transposeTimes, zeroMatrix, type Matrix } from '../src/core/math/linear/matrix.ts';
import { TorchRandom } from '../src/core/math/random/torchRandom.ts';
import { loadAddon } from '../src/platform/engines/nativeAddon.ts';
import { nativeLinearAlgebra } from '../src/platform/engines/nativeLinear.ts';
import type { Benchmark } from './benchmark.ts';
import type { LineProgram } from './lineProgram.ts';
import { pythonWith, startPython } from './python.ts';
import { ratioText, takeTurns, timeText, wallTime, type Contender, type Times } from './rounds.ts';
import { table } from './table.ts';

const rounds = 40;
const sizes = [
  [70, 70],
  [141, 141],
  [200, 141],
  [400, 141],
] as const;
const products = [
  [968, 200, 141],
  [968, 400, 141],
] as const;

type Answer = { ms: number; values: number[] | null };

export const singularValues: Benchmark = {
  name: 'singular-values',
  title: 'Singular values, and products of activity',
  method:
    'The Procrustes distance of a network (units) and a recording (neurons) takes the product of both activities over ' +
    'their samples, XᵀY, and the sum of its singular values. The matrices have known singular values, from 1 down to ' +
    '1e-9 in equal ratios. One thread; by the clock, in ms, smallest / median; ratios of the smallest times / median of ' +
    `the ratios per round, ${rounds} rounds. Error: largest difference to the known values, relative to the largest of ` +
    'them. To reach: 200 × 141 within 2.5 times the time of LAPACK.',
  async measure() {
    const python = pythonWith('numpy');
    const lapack =
      python === null ? null : await startPython(python, path.join(import.meta.dirname, 'linear/lapack.py'), []);
    const folder = mkdtempSync(path.join(tmpdir(), 'lrlab-bench-'));
    const about = lapack && (await lapack.ask<{ numpy: string; blas: string }>('about'));
    const found = about ? `LAPACK is that of numpy ${about.numpy} (${about.blas}).` : 'No numpy here.';

    const values: string[][] = [];
    for (const [rows, columns] of sizes) values.push(await compareValues(rows, columns, folder, lapack));
    const sums: string[][] = [];
    for (const size of products) sums.push(await compareProducts(size, folder, lapack));
    lapack?.close();
    rmSync(folder, { recursive: true });

    const ratios = ['native to LAPACK', 'TypeScript to LAPACK', 'TypeScript to native'];
    return [
      `${found}\n`,
      `## Singular values\n\n${table(['matrix', 'LAPACK', 'native', 'TypeScript', ...ratios, 'error LAPACK', 'native', 'TypeScript'], values)}`,
      `## XᵀY\n\n${table(['samples, units, neurons', 'BLAS', 'native', 'TypeScript', ...ratios.map((r) => r.replace('LAPACK', 'BLAS'))], sums)}`,
    ].join('\n');
  },
};

async function compareValues(
  rows: number,
  columns: number,
  folder: string,
  lapack: LineProgram | null,
): Promise<string[]> {
  const { matrix, known } = spreadMatrix(rows, columns);
  const errors = new Map<string, number>();
  const operation = (name: string, work: () => ArrayLike<number>) => () =>
    wallTime(() => errors.set(name, largestError(work(), known)));
  const contenders = engines().map(({ name, linear }) => ({
    name,
    sample: operation(name, () => linear.singularValues(matrix)),
  }));
  const ask = lapack && asker(lapack, 'singularValues', [matrix], path.join(folder, `${rows}x${columns}.f64`));
  const sample = async () => {
    const { ms, values } = await ask!();
    errors.set('LAPACK', largestError(values!, known));
    return ms;
  };
  const times = await takeTurns([...(ask ? [{ name: 'LAPACK', sample }] : []), ...contenders], rounds);
  const error = (name: string) => errors.get(name)?.toExponential(1) ?? '';
  return [`${rows} × ${columns}`, ...columnsOf(times), error('LAPACK'), error('native'), error('TypeScript')];
}

async function compareProducts(
  [samples, units, neurons]: readonly [number, number, number],
  folder: string,
  lapack: LineProgram | null,
): Promise<string[]> {
  const [x, y] = [randomMatrix(samples, units, 1), randomMatrix(samples, neurons, 2)];
  const contenders: Contender[] = engines().map(({ name, linear }) => ({
    name,
    sample: () => wallTime(() => linear.transposeTimes(x, y)),
  }));
  if (lapack) {
    const ask = asker(lapack, 'transposeTimes', [x, y], path.join(folder, `${samples}x${units}x${neurons}.f64`));
    contenders.unshift({ name: 'LAPACK', sample: async () => (await ask()).ms });
  }
  return [`${samples}, ${units}, ${neurons}`, ...columnsOf(await takeTurns(contenders, rounds))];
}

function engines(): { name: string; linear: LinearAlgebra }[] {
  const loaded = loadAddon();
  const native = 'addon' in loaded ? [{ name: 'native', linear: nativeLinearAlgebra(loaded.addon) }] : [];
  return [...native, { name: 'TypeScript', linear: portableLinearAlgebra }];
}

function asker(lapack: LineProgram, operation: string, matrices: Matrix[], file: string): () => Promise<Answer> {
  writeFileSync(
    file,
    Buffer.concat(matrices.map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength))),
  );
  const shapes = matrices.map(({ rows, cols }) => [rows, cols]);
  return () => lapack.ask<Answer>(JSON.stringify({ operation, shapes, file }));
}

function columnsOf(times: Times): string[] {
  const time = (name: string) => (times.has(name) ? timeText(times, name, 2) : 'not here');
  const ratio = (name: string, base: string) =>
    times.has(name) && times.has(base) ? ratioText(times, name, base) : '';
  return [
    ...['LAPACK', 'native', 'TypeScript'].map(time),
    ...[ratio('native', 'LAPACK'), ratio('TypeScript', 'LAPACK'), ratio('TypeScript', 'native')],
  ];
}

/** Singular values from 1 down to 1e-9 in equal ratios: a diagonal matrix, reflected at random planes on both sides. */
function spreadMatrix(rows: number, columns: number): { matrix: Matrix; known: Float64Array } {
  const n = Math.min(rows, columns);
  const known = Float64Array.from({ length: n }, (_, i) => 10 ** ((-9 * i) / (n - 1)));
  let matrix = zeroMatrix(rows, columns);
  known.forEach((value, i) => (matrix.data[i * columns + i] = value));
  for (const seed of [1, 2, 3]) {
    matrix = transpose(reflected(transpose(reflected(matrix, seed)), seed + 10));
  }
  return { matrix, known };
}

/** (I − 2 v vᵀ) A for a random v of length 1. */
function reflected(a: Matrix, seed: number): Matrix {
  const random = randomMatrix(a.rows, 1, seed);
  const norm = frobeniusNorm(random);
  const v: Matrix = { ...random, data: random.data.map((x) => x / norm) };
  const along = transposeTimes(v, a);
  return { ...a, data: a.data.map((x, k) => x - 2 * v.data[Math.floor(k / a.cols)] * along.data[k % a.cols]) };
}

function randomMatrix(rows: number, cols: number, seed: number): Matrix {
  return { rows, cols, data: Float64Array.from(TorchRandom.seeded(seed).randn(rows * cols)) };
}

function largestError(values: ArrayLike<number>, known: Float64Array): number {
  return known.reduce((largest, k, i) => Math.max(largest, Math.abs(values[i] - k)), 0) / known[0];
}
