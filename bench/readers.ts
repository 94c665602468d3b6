/** How fast files are read, and with how much memory, against the Python libraries that write them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { startProgram } from './lineProgram.ts';
import { pythonWith, startPython } from './python.ts';
import { ratioText, takeTurns, timeText } from './rounds.ts';
import { table } from './table.ts';

const rounds = 7;
const formats = { npy: 'NPY', mat: 'MATLAB 5', h5: 'HDF5' } as const;
const program = path.join(import.meta.dirname, 'readers/read.ts');

type Answer = { ms: number; corner: number };

export const readers: Benchmark = {
  name: 'readers',
  title: 'Reading large files',
  method:
    'A file with one array of 5000 × 5000 float64 (200 MB, not compressed) as NumPy, SciPy and h5py write it, read whole, each ' +
    'reader in a process of its own, the file in the cache of the system. By the clock, in ms, smallest / median; ratio to ' +
    `Python of the smallest times / median of the ratios per round, ${rounds} rounds. Peak: by how much the process grows at ` +
    'most while it reads, in sizes of the array (Linux, VmHWM). To reach: 2 times the time of Python, 1.5 sizes of the array. ' +
    "Most of our time on NPY goes into the first touch of the array's memory, in pages of 4 KiB; NumPy asks the system for large " +
    'pages, JavaScript cannot. The bytes themselves go straight into the array. On a busy machine, that first touch is dearer ' +
    'and times vary widely: see the load.',
  async measure() {
    const python = pythonWith('scipy, h5py');
    if (python === null) return 'Not measured: no Python with SciPy and h5py here.';
    const folder = mkdtempSync(path.join(tmpdir(), 'lrlab-bench-'));
    const theirs = await startPython(python, path.join(import.meta.dirname, 'readers/files.py'), []);
    const ours = await startProgram(process.execPath, [program]);
    try {
      const about = await theirs.ask<string>(JSON.stringify({ act: 'about' }));
      const rows: string[][] = [];
      for (const [format, label] of Object.entries(formats)) {
        const file = path.join(folder, `rates.${format}`);
        await theirs.ask(JSON.stringify({ act: 'write', format, file }));
        const corners = new Set<number>();
        const sample = (ask: () => Promise<Answer>) => async () => {
          const { ms, corner } = await ask();
          corners.add(corner);
          return ms;
        };
        const times = await takeTurns(
          [
            { name: 'Python', sample: sample(() => theirs.ask(JSON.stringify({ act: 'read', format, file }))) },
            { name: 'ours', sample: sample(() => ours.ask(file)) },
          ],
          rounds,
        );
        if (corners.size !== 1) throw new Error(`${label}: the readers do not agree`);
        const both = ['Python', 'ours'].map((name) => timeText(times, name, 0));
        rows.push([label, ...both, ratioText(times, 'ours', 'Python'), peakOf(file)]);
        rmSync(file);
      }
      return `${about}.\n\n${table(['format', 'Python', 'ours', 'ours to Python', 'peak'], rows)}`;
    } finally {
      theirs.close();
      ours.close();
      rmSync(folder, { recursive: true });
    }
  },
};

function peakOf(file: string): string {
  if (!existsSync('/proc/self/clear_refs')) return 'not here';
  const { status, stdout } = spawnSync(process.execPath, [program, file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`Reading ${file} in a child process failed with status ${status}`);
  return (JSON.parse(stdout) as { peak: number }).peak.toFixed(2);
}
