/** File → Dataset, kept in the workspace. */
import { baselineId, datasetResults } from '../core/analysis/datasetResults.ts';
import { isRecording } from '../core/data/dataset.ts';
import type { Dataset } from '../core/data/dataset.ts';
import { encodeDataset } from '../core/data/datasetFile.ts';
import { importDataset as readDataset } from '../core/data/importDataset.ts';
import type { Mapping } from '../core/data/layouts/mapped.ts';
import type { DatasetSummary, ImportReply } from './contract.ts';
import type { DatasetId } from './plan.ts';
import type { DatasetRow, Ports } from './ports.ts';

type Needs = Pick<Ports, 'store' | 'workspace' | 'machine'>;

/** A dataset with the same content is given back as it is; nothing is stored when anything goes wrong. */
export async function importDataset(path: string, mapping: Mapping | undefined, ports: Needs): Promise<ImportReply> {
  const file = await ports.workspace.readUserFile(path);
  const read = readDataset(file.bytes, { path: file.path, sha256: file.sha256, bytes: file.bytes.length }, mapping);
  if (read.kind === 'question') return { kind: 'question', question: { path, ...read.question } };
  const kept = identified(read.dataset, ports);
  await kept.keep();
  await ports.workspace.discardUpload(path);
  return { kind: 'dataset', dataset: summaryOf(kept.row) };
}

export async function importSample(ports: Needs): Promise<DatasetSummary> {
  const reply = await importDataset(ports.workspace.sampleFile, undefined, ports);
  if (reply.kind === 'question') throw new Error('The bundled sample is not recognised.');
  return reply.dataset;
}

/** Conditions and times of a task that is trained without a recording. `keep` stores them; until then nothing is. */
export function taskAlone(
  dataset: Dataset,
  ports: Needs,
): { id: DatasetId; dataset: Dataset; keep: () => Promise<void> } {
  const sha256 = ports.machine.sha256(encodeDataset(dataset));
  const { row, keep } = identified({ ...dataset, source: { ...dataset.source, sha256 } }, ports);
  return { id: row.id, dataset, keep };
}

/** The dataset's row, that of its equal where there is one. `keep` stores it, unless it is there. */
function identified(dataset: Dataset, ports: Needs): { row: DatasetRow; keep: () => Promise<void> } {
  const contentSha256 = ports.machine.sha256(encodeDataset(withoutOrigin(dataset)));
  const known = ports.store.datasets.list().find((row) => row.contentSha256 === contentSha256);
  if (known) return { row: known, keep: () => Promise.resolve() };
  const row = describe(dataset, contentSha256, ports);
  return {
    row,
    async keep() {
      await ports.workspace.writeDataset(row.id, dataset);
      ports.store.datasets.insert(row);
    },
  };
}

/** What numbers depend on: the same arrays under another name or path are the same data. A task alone has its name. */
function withoutOrigin(dataset: Dataset): Dataset {
  const name = isRecording(dataset) ? '' : dataset.name;
  return { ...dataset, name, source: { path: '', sha256: '', bytes: 0, format: '', layout: '' } };
}

function describe(dataset: Dataset, contentSha256: string, { machine }: Needs): DatasetRow {
  const [neurons, steps, conditions] = dataset.activity.shape as [number, number, number];
  const results = datasetResults(dataset);
  const value = (id: string): number | null => results.find((r) => r.id === id)?.value ?? null;
  return {
    id: machine.newId() as DatasetId,
    contentSha256,
    name: dataset.name,
    simulated: dataset.simulated,
    neurons,
    steps,
    conditions,
    fromMs: dataset.timeMs[0],
    toMs: dataset.timeMs[steps - 1],
    alignment: dataset.alignment,
    kinematics: Object.keys(dataset.kinematics),
    participationRatio: value('participationRatio'),
    crossConditionAverage: value(baselineId),
    source: dataset.source,
    importedAt: machine.now(),
  };
}

export function summaryOf({ contentSha256: _, ...summary }: DatasetRow): DatasetSummary {
  return summary;
}
