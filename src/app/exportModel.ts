/** A run's checkpoints → files for other programs. */
import { exportFormats, type ExportFormatId } from '../core/checkpoints/exportFormats.ts';
import { storedZip } from '../core/data/formats/storedZip.ts';
import { LabError } from '../core/errors.ts';
import type { RunId } from './plan.ts';
import type { Ports, RunRow, StoredCheckpoint } from './ports.ts';
import { networkShape, poseTask } from './trainingSetup.ts';

type Needs = Pick<Ports, 'store' | 'workspace'>;
export type WhichUpdate = number | 'last' | 'all';
export type ExportedFile = { name: string; bytes: Uint8Array };

/** In order of updates, one by one: together they may be more than fits into memory. */
export async function* exportCheckpoints(
  run: RunRow,
  which: WhichUpdate,
  format: ExportFormatId,
  ports: Needs,
): AsyncGenerator<ExportedFile> {
  const as = exportFormats.get(format);
  const chosen = checkpointsOf(run.id, which, ports);
  const about = await aboutRun(run, ports);
  const digits = String(chosen.at(-1)!.update).length;
  for (const stored of chosen) {
    const checkpoint = await ports.workspace.readCheckpoint(run.id, stored);
    const update = String(stored.update).padStart(which === 'all' ? digits : 1, '0');
    yield { name: `${fileStem(run)}-update${update}.${format}`, bytes: as.encode(checkpoint, about) };
  }
}

/** What a page can hand to its user at once. */
const largestArchive = 2 ** 29;

/** One file: the checkpoint's, or a ZIP archive of all. */
export async function exportModel(
  run: RunRow,
  which: WhichUpdate,
  format: ExportFormatId,
  ports: Needs,
): Promise<ExportedFile> {
  const files: ExportedFile[] = [];
  let bytes = 0;
  for await (const file of exportCheckpoints(run, which, format, ports)) {
    bytes += file.bytes.length;
    if (bytes > largestArchive) {
      throw new LabError(
        'export.large',
        `Exporting all checkpoints of run "${run.id}": together they take more than 512 MiB. Export them one by one, or with \`lrlab models export\`.`,
      );
    }
    files.push(file);
  }
  if (which !== 'all') return files[0];
  const members = files.map(({ name, bytes: content }) => ({ name, content }));
  return { name: `${fileStem(run)}-${format}.zip`, bytes: storedZip(members) };
}

function checkpointsOf(id: RunId, which: WhichUpdate, { store }: Needs): StoredCheckpoint[] {
  const all = store.checkpoints.list(id);
  const chosen = which === 'all' ? all : which === 'last' ? all.slice(-1) : all.filter((c) => c.update === which);
  if (chosen.length > 0) return chosen;
  const there = all.length === 0 ? 'it has none yet' : `it has those of ${summary(all.map((c) => c.update))}`;
  throw new LabError(
    'export.update',
    `Exporting a checkpoint of run "${id}": expected one at update ${which}, but ${there}.`,
  );
}

function summary(updates: readonly number[]): string {
  const few = updates.length <= 12 ? updates : [...updates.slice(0, 8), '…', ...updates.slice(-2)];
  return `updates ${few.join(', ')}`;
}

function fileStem({ id, spec }: RunRow): string {
  return `${spec.rule}-seed${spec.seed}-${id.slice(0, 8)}`;
}

/** All that is needed to run the network and to say where it comes from. */
async function aboutRun(
  { id, spec, origin, engine, appVersion }: RunRow,
  { store, workspace }: Needs,
): Promise<object> {
  const task = poseTask(spec, await workspace.readDataset(spec.dataset));
  const dataset = store.datasets.get(spec.dataset);
  return {
    application: `Learning Rule Lab ${appVersion}`,
    run: id,
    network: networkShape(spec, task),
    inputs: task.inputLabels,
    outputs: task.outputLabels,
    dtMs: task.dtMs,
    spec,
    dataset: dataset && { name: dataset.name, sha256: dataset.source.sha256 },
    ...(origin
      ? { importedFrom: { folder: origin.folder, settings: origin.settings } }
      : { trainedOn: engine?.description ?? null }),
  };
}
