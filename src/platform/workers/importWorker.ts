/** Worker thread: understands one file, or the files of a folder one after the other. Nothing that a file asks for happens outside of it. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { PreviewJob, ReadJob } from '../../app/ports.ts';
import { preparationCost, prepareDataset } from '../../app/preparedDataset.ts';
import type { Read } from '../../app/preparedDataset.ts';
import { addBehaviour } from '../../core/data/addBehaviour.ts';
import type { Imported } from '../../core/data/importDataset.ts';
import { datasetOfUnits, importDataset, unitFiles } from '../../core/data/importDataset.ts';
import { averageUnit } from '../../core/data/rawMante/averageUnit.ts';
import { UnitFolder } from '../../core/data/rawMante/unitFolder.ts';
import { defaultUnitOptions } from '../../core/data/rawMante/options.ts';
import type { UnitOptions } from '../../core/data/rawMante/options.ts';
import type { SpikeRecording } from '../../core/data/spikes/recording.ts';
import { LabError } from '../../core/errors.ts';
import type { RatesPreview } from '../../core/figures/ratesPreview.ts';
import { previewRates } from '../../core/figures/ratesPreview.ts';
import { portableLinearAlgebra } from '../../core/math/linear/linearAlgebra.ts';
import type { LinearAlgebra } from '../../core/math/linear/linearAlgebra.ts';
import type { Finding } from '../engines/candidates.ts';
import { linearAlgebra } from '../engines/nativeLinear.ts';
import { openFileSource } from '../files/fileSource.ts';
import type { OpenSource } from '../files/fileSource.ts';
import { listUserFolder } from '../files/userFile.ts';
import { loadLibrary } from '../formats/h5Module.ts';
import { formatsFor } from '../formats/index.ts';
import { asMessage } from './messages.ts';
import { hashOf, openUnits } from './openUnits.ts';
import { averageInThreads } from './unitThreads.ts';

/** read: bytes so far, of `size` in the file or in all of a folder; each is read for its hash too; files: of a folder */
export type ImportMessage =
  | { kind: 'progress'; read: number; size: number; files?: { done: number; of: number } }
  | { kind: 'read'; read: Read }
  /** asks for `FoundEngines`, to compute much with */
  | { kind: 'engines?' }
  | { kind: 'failed'; code: string; message: string }
  | { kind: 'preview'; id: number; preview: RatesPreview }
  | { kind: 'previewFailed'; id: number; code: string; message: string };

/** Asked of a thread that stays open after it has told of spikes. */
export type PreviewRequest = Omit<PreviewJob, 'path'> & { id: number };

/** What works on this computer. */
export type FoundEngines = { findings: readonly Finding[] };

export type ImportWork = ReadJob & { toldAs: string };

const work = workerData as ImportWork;
const tell = (message: ImportMessage): void => parentPort!.postMessage(message);

/** Operations that take a second or so without the addon, and half a minute with it. */
const [fewOperations, mostOperations] = [1e9, 1e12];

/** A thread takes as long to start as this many files of units take to read. */
const manyUnits = 100;
const mostThreads = 8;

/** How often progress is told, ms. */
const tellEvery = 100;

/** Of a file of spikes that was told of, for previews. */
let spikes: SpikeRecording | null = null;

try {
  const imported = await understand(work);
  const read = imported.kind === 'dataset' ? await prepared(imported) : imported;
  parentPort!.postMessage(
    { kind: 'read', read } satisfies ImportMessage,
    read.kind === 'dataset' ? [read.prepared.file.buffer] : [],
  );
  if (spikes !== null) parentPort!.on('message', preview);
} catch (error) {
  const { code, message } = asMessage(error);
  const short = `Reading "${work.toldAs}": there is not enough memory for its content. Read a part of it, or close other programs.`;
  tell({
    kind: 'failed',
    ...(code === 'memory.short' ? { code: 'import.memory', message: short } : { code, message }),
  });
}

async function prepared({ dataset, tree }: Extract<Imported, { kind: 'dataset' }>): Promise<Read> {
  const cost = preparationCost(dataset);
  const linear = cost > mostOperations ? null : cost > fewOperations ? await fastLinear() : portableLinearAlgebra;
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  return {
    kind: 'dataset',
    prepared: prepareDataset(dataset, { sha256, linear }),
    ...(tree === undefined ? {} : { tree }),
  };
}

/** The addon's where it works; else null, for too long. */
async function fastLinear(): Promise<LinearAlgebra | null> {
  const answer = once(parentPort!, 'message') as Promise<[FoundEngines]>;
  tell({ kind: 'engines?' });
  const [{ findings }] = await answer;
  const linear = linearAlgebra(findings);
  return linear === portableLinearAlgebra ? null : linear;
}

function preview({ id, rates, units }: PreviewRequest): void {
  try {
    tell({ kind: 'preview', id, preview: previewRates(spikes!, rates, units) });
  } catch (error) {
    tell({ kind: 'previewFailed', id, ...asMessage(error) });
  }
}

async function understand({
  path: place,
  mapping,
  units,
  rates,
  as,
  into,
  toldAs,
  stayOpen,
}: ImportWork): Promise<Imported> {
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (isFolder && !into && !mapping) return understandFolder(place, toldAs, units ?? defaultUnitOptions);
  if (units) {
    throw new LabError(
      'units.folder',
      `Reading "${toldAs}" as single units: expected a folder of .mat files without a mapping, found ${isFolder ? 'a mapping' : 'no folder'}. Length of a step and selection are for such folders.`,
    );
  }
  const source: OpenSource = openFileSource(
    place,
    progressOf(() => source.size),
  );
  try {
    const file = { path: toldAs, sha256: hashOf(source), bytes: source.size };
    const formats = await formatsFor(source);
    const imported = into
      ? addBehaviour(into, source, file, mapping, formats)
      : importDataset(source, file, mapping, formats, {
          rates,
          as,
          keep: (recording) => (spikes = stayOpen ? recording : null),
        });
    source.requireUnchanged();
    return imported;
  } catch (error) {
    source.requireUnchanged(); // a file that changes is read in vain, whatever was made of it
    throw error;
  } finally {
    source.close();
  }
}

/**
 * The units of a folder; memory is taken for one file at a time and thread. The first that is kept says how all are sampled;
 * many that are left are averaged by as many threads as there are cores.
 */
async function understandFolder(folder: string, toldAs: string, options: UnitOptions): Promise<Imported> {
  const names = unitFiles((await listUserFolder(folder)).files);
  const bytes = names.reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
  await loadLibrary(); // for files of MATLAB 7.3 among them
  let done = 0;
  const onRead = progressOf(
    () => bytes,
    () => ({ files: { done, of: names.length } }),
  );
  const units = new UnitFolder(options);
  const listed = createHash('sha256');
  const add = (file: string, sha256: string, average: Parameters<UnitFolder['add']>[2]): void => {
    if (sha256 !== '') listed.update(`${sha256}  ${file}\n`);
    units.add(file, sha256, average);
  };
  const threads = Math.min(availableParallelism(), mostThreads);
  while (done < names.length) {
    const left = names.slice(done);
    const { sampling } = units;
    if (sampling && threads > 1 && left.length >= manyUnits) {
      const work = { folder, names: left, options, sampling };
      const averaged = await averageInThreads(work, threads, (read) => {
        done++;
        onRead(read);
      });
      for (const { file, sha256, unit } of averaged) add(file, sha256, () => unit);
      break;
    }
    for (const { file, sha256, read } of openUnits(folder, left.slice(0, 1), onRead)) {
      add(file, sha256, (known) => averageUnit(file, read, options, known));
    }
    done++;
  }
  const facts = { path: toldAs, sha256: listed.digest('hex'), bytes };
  return { kind: 'dataset', dataset: datasetOfUnits(units, facts, options) };
}

/** Tells how much of what there is was read, now and then. */
function progressOf(
  size: () => number,
  more: () => Pick<Extract<ImportMessage, { kind: 'progress' }>, 'files'> = () => ({}),
): (bytes: number) => void {
  let read = 0;
  let toldAt = 0;
  return (bytes) => {
    read += bytes;
    if (performance.now() - toldAt < tellEvery) return;
    toldAt = performance.now();
    tell({ kind: 'progress', read, size: size(), ...more() });
  };
}
