/** File → Dataset, kept in the workspace. */
import { nothingSaid } from '../core/data/dataset.ts';
import type { Dataset } from '../core/data/dataset.ts';
import { decodeDataset, encodeDataset } from '../core/data/datasetFile.ts';
import { importDataset as readDataset } from '../core/data/importDataset.ts';
import { LabError } from '../core/errors.ts';
import { asLastTime } from '../core/data/layouts/guessMapping.ts';
import type { DatasetSummary, ImportReply } from './contract.ts';
import type { DatasetId, FileToRead } from './plan.ts';
import { portableLinearAlgebra } from '../core/math/linear/linearAlgebra.ts';
import type { DatasetRow, MappingRow, Ports, ReadProgress } from './ports.ts';
import { prepareDataset } from './preparedDataset.ts';
import type { PreparedDataset, Read } from './preparedDataset.ts';

type Needs = Pick<Ports, 'store' | 'workspace' | 'machine'>;
type NeedsReaders = Needs & Pick<Ports, 'readers'>;

/** Who asked for an import hears how far it is, and may stop it. */
export type Watch = {
  tell?: (progress: ReadProgress) => void;
  begun?: (cancel: () => void) => void;
  /** spikes are looked at before they are imported */
  stayOpen?: boolean;
};

/** What a file would be imported as, or what has to be said first. Nothing is stored before `keep`. */
export type Found = Exclude<ImportReply, { kind: 'dataset' }> | ToKeep;

type ToKeep = {
  kind: 'dataset';
  id: DatasetId;
  read: () => Promise<Dataset>;
  keep: () => Promise<Extract<ImportReply, { kind: 'dataset' }>>;
};

export type RecordingFiles = FileToRead & { behaviour?: FileToRead | undefined };

/**
 * A dataset with the same content is given back as it is; nothing is stored when anything goes wrong. behaviour: a second
 * file, whose behaviour is added to the recording before it is stored.
 */
export async function importDataset(
  files: RecordingFiles,
  ports: NeedsReaders,
  watch: Watch = {},
): Promise<ImportReply> {
  const found = await findDataset(files, ports, watch);
  return found.kind === 'dataset' ? found.keep() : found;
}

/** read: what came of the recording's file where it was read already */
export async function findDataset(
  { behaviour, ...recording }: RecordingFiles,
  ports: NeedsReaders,
  watch: Watch = {},
  read?: Read,
): Promise<Found> {
  read ??= await readFile(recording, ports, watch);
  if (read.kind === 'question') return askAbout('activity', recording, read, ports);
  if (read.kind === 'spikes') return { kind: 'spikes', spikes: { path: recording.path, ...read.spikes } };
  remember('activity', recording, read, ports);
  const { prepared } = read;
  if (!behaviour) return toKeep(prepared, [recording.path], ports);
  return addTo(decodeDataset(prepared.file), behaviour, [recording.path, behaviour.path], ports, watch);
}

/** A new dataset: the one given with the behaviour of another file. */
export async function addBehaviour(
  id: DatasetId,
  file: FileToRead,
  ports: NeedsReaders,
  watch: Watch = {},
): Promise<ImportReply> {
  const about = ports.store.datasets.get(id)?.about;
  const dataset = { ...(await ports.workspace.readDataset(id)), ...(about ? { about } : {}) };
  const found = await addTo(dataset, file, [file.path], ports, watch);
  return found.kind === 'dataset' ? found.keep() : found;
}

async function addTo(
  dataset: Dataset,
  file: FileToRead,
  paths: string[],
  ports: NeedsReaders,
  watch: Watch,
): Promise<Found> {
  const read = await readFile(file, ports, watch, dataset);
  if (read.kind === 'spikes') throw new Error('Spikes are no behaviour.');
  if (read.kind === 'question') return askAbout('behaviour', file, read, ports);
  remember('behaviour', file, read, ports);
  return toKeep(read.prepared, paths, ports);
}

/** into: the recording that a file's behaviour is added to; null: the file is a recording */
export function readFile(
  { path, mapping, units, rates, table, ticksPerSecond }: FileToRead,
  { readers }: Pick<Ports, 'readers'>,
  { tell, begun, stayOpen }: Watch = {},
  into: Dataset | null = null,
): Promise<Read> {
  const { result, cancel } = readers.read(
    { path, mapping, units, rates, as: { table, ticksPerSecond }, into, stayOpen },
    tell,
  );
  begun?.(cancel);
  return result;
}

function askAbout(
  of: MappingRow['of'],
  { path }: FileToRead,
  { question, tree }: Extract<Read, { kind: 'question' }>,
  { store, machine }: Needs,
): Extract<ImportReply, { kind: 'question' }> {
  const row = store.mappings.last(of, machine.sha256(tree));
  const last = row && { mapping: asLastTime(row.mapping, question), file: row.file, at: row.givenAt };
  return { kind: 'question', question: { path, of, ...question, last } };
}

/** The next file that is built alike is asked about with this answer filled in. */
function remember(
  of: MappingRow['of'],
  { path, mapping }: FileToRead,
  { tree }: Extract<Read, { kind: 'dataset' }>,
  { store, machine }: Needs,
): void {
  if (!mapping || tree === undefined) return;
  const file = path.split(/[\\/]/).at(-1)!;
  store.mappings.remember({ of, tree: machine.sha256(tree), mapping, file, givenAt: machine.now() });
}

/** For whoever imports without asking. */
export function requireRates(path: string): never {
  throw new LabError(
    'data.rates',
    `Importing "${path}": it holds spikes, and how they become rates has to be said. Give "rates" (lrlab import ${path} prints a suggestion), or "suggested" to take that.`,
  );
}

/** paths: of the files read, which are forgotten where they were uploaded */
function toKeep(prepared: PreparedDataset, paths: string[], ports: Needs): ToKeep {
  const { row, read, keep } = identified(prepared, ports);
  return {
    kind: 'dataset',
    id: row.id,
    read,
    async keep() {
      await keep();
      for (const path of paths) await ports.workspace.discardUpload(path);
      return {
        kind: 'dataset',
        dataset: summaryOf(row),
        ...(prepared.files ? { files: [...prepared.files] } : {}),
      };
    },
  };
}

/** The bundled sample is known to be sound: it is read here. */
export async function importSample(ports: Needs): Promise<DatasetSummary> {
  const { bytes, path, sha256 } = await ports.workspace.readUserFile(ports.workspace.sampleFile);
  const read = readDataset(bytes, { path, sha256, bytes: bytes.length });
  if (read.kind !== 'dataset') throw new Error('The bundled sample is not recognised.');
  const { row, keep } = identified(preparedHere(read.dataset, ports), ports);
  await keep();
  return summaryOf(row);
}

/** Conditions and times of a task that is trained without a recording. `keep` stores them; until then nothing is. */
export function taskAlone(
  dataset: Dataset,
  ports: Needs,
): { id: DatasetId; dataset: Dataset; keep: () => Promise<void> } {
  const sha256 = ports.machine.sha256(encodeDataset(dataset));
  const prepared = preparedHere({ ...dataset, source: { ...dataset.source, sha256 } }, ports);
  const { row, keep } = identified(prepared, ports);
  return { id: row.id, dataset, keep };
}

/** Of what is small. */
function preparedHere(dataset: Dataset, { machine }: Needs): PreparedDataset {
  return prepareDataset(dataset, { sha256: (bytes) => machine.sha256(bytes), linear: portableLinearAlgebra });
}

/** The dataset's row, that of its equal where there is one. `keep` stores it, unless it is there. */
function identified(
  { row: described, file }: PreparedDataset,
  { store, workspace, machine }: Needs,
): { row: DatasetRow; read: () => Promise<Dataset>; keep: () => Promise<void> } {
  const known = store.datasets.list().find((row) => row.contentSha256 === described.contentSha256);
  if (known) return { row: known, read: () => workspace.readDataset(known.id), keep: () => Promise.resolve() };
  const row: DatasetRow = {
    ...described,
    id: machine.newId() as DatasetId,
    importedAt: machine.now(),
    appVersion: machine.appVersion,
  };
  return {
    row,
    read: () => Promise.resolve(decodeDataset(file)),
    async keep() {
      await workspace.writeDataset(row.id, file);
      store.datasets.insert(row);
    },
  };
}

export function requireDataset(id: DatasetId, { store }: Pick<Ports, 'store'>): DatasetRow {
  const row = store.datasets.get(id);
  if (row) return row;
  throw new LabError('dataset.unknown', `Looking up dataset "${id}": there is none; it may have been removed.`);
}

export function summaryOf({ contentSha256: _, ...row }: DatasetRow): DatasetSummary {
  const { behaviour = null, about = nothingSaid, origin = null, appVersion = null } = row;
  return { ...row, behaviour, about, origin, appVersion };
}
