// Builds the engine for NVIDIA GPUs, native/build/cuda/lrlab_cuda.so (.dll on Windows), where CUDA's compiler is found.
// Plain JavaScript for any Node from 18 on and without dependencies, like scripts/go.mjs, which calls it.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const windows = process.platform === 'win32';

// Machine code for Turing, Ampere (two kinds), Ada and Hopper; of Hopper also the intermediate form for later ones.
const architectures = ['75', '80', '86', '89', '90'];
const generated = [
  ...architectures.map((sm) => `-gencode=arch=compute_${sm},code=sm_${sm}`),
  '-gencode=arch=compute_90,code=compute_90',
];
const compilerFlags = [
  '-std=c++17',
  '-O3',
  ...generated,
  ...(windows ? [] : ['-Xcompiler', '-fPIC,-fvisibility=hidden']),
];

/**
 * root: the project's folder; force: build even what is up to date; starting: called before the compiler is.
 * Gives {built: true, seconds}, seconds 0 where the library was up to date, or {skipped: reason}. Throws where the
 * compiler fails, with what it said.
 */
export async function buildCuda({ root, force = false, starting = () => {} }) {
  const nvcc = findNvcc();
  if (nvcc === null) return { skipped: 'no nvcc in PATH, CUDA_HOME or /usr/local/cuda' };
  const [source, shared, include] = ['cuda', 'shared', 'include'].map((name) => path.join(root, 'native', name));
  const folder = path.join(root, 'native', 'build', 'cuda');
  const library = path.join(folder, windows ? 'lrlab_cuda.dll' : 'lrlab_cuda.so');
  const stamp = path.join(folder, 'content-hash');
  const hash = contentHash([source, shared, include], compilerFlags);
  const upToDate = existsSync(library) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (upToDate && !force) return { built: true, seconds: 0 };

  starting();
  const start = Date.now();
  mkdirSync(folder, { recursive: true });
  rmSync(stamp, { force: true });
  const files = [source, shared].flatMap((place) =>
    readdirSync(place)
      .filter((name) => /\.(cu|cpp)$/.test(name))
      .map((name) => path.join(place, name)),
  );
  const objects = files.map((file) => path.join(folder, `${path.basename(file)}${windows ? '.obj' : '.o'}`));
  await eachOf(
    files.map((file, i) => ['-c', file, '-o', objects[i], '-I', include, ...compilerFlags]),
    os.cpus().length,
    (args) => run(nvcc, args),
  );
  const linked = `${library}.new`; // a library in use is replaced, not written over
  await run(nvcc, ['-shared', '-cudart', 'static', ...generated, ...objects, '-o', linked]);
  renameSync(linked, library);
  for (const object of objects) rmSync(object, { force: true });
  writeFileSync(stamp, hash);
  return { built: true, seconds: (Date.now() - start) / 1000 };
}

function findNvcc() {
  const name = windows ? 'nvcc.exe' : 'nvcc';
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    ...[process.env.CUDA_HOME, process.env.CUDA_PATH, windows ? null : '/usr/local/cuda']
      .filter(Boolean)
      .map((folder) => path.join(folder, 'bin')),
  ];
  return (
    folders
      .filter(Boolean)
      .map((folder) => path.join(folder, name))
      .find(existsSync) ?? null
  );
}

/** Of the files directly in the folders, and of how they are compiled. */
function contentHash(folders, flags) {
  const hash = createHash('sha256').update(flags.join(' '));
  for (const folder of folders) {
    const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { name } of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      hash.update(`\0${name}\0`).update(readFileSync(path.join(folder, name)));
    }
  }
  return hash.digest('hex');
}

/** Some at a time. */
async function eachOf(items, atOnce, work) {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (data) => output.push(data));
    child.stderr.on('data', (data) => output.push(data));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')}\n${Buffer.concat(output)}`));
    });
  });
}
