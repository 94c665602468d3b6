/** File → Dataset, kept in the workspace. */
import { baselineId, datasetResults } from '../core/analysis/datasetResults.ts';
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
  const dataset = await keepDataset(read.dataset, ports);
  await ports.workspace.discardUpload(path);
  return { kind: 'dataset', dataset };
}

export async function importSample(ports: Needs): Promise<DatasetSummary> {
  const reply = await importDataset(ports.workspace.sampleFile, undefined, ports);
  if (reply.kind === 'question') throw new Error('The bundled sample is not recognised.');
  return reply.dataset;
}

async function keepDataset(dataset: Dataset, ports: Needs): Promise<DatasetSummary> {
  const contentSha256 = ports.machine.sha256(encodeDataset(withoutOrigin(dataset)));
  const known = ports.store.datasets.list().find((row) => row.contentSha256 === contentSha256);
  if (known) return summaryOf(known);
  const row = describe(dataset, contentSha256, ports);
  await ports.workspace.writeDataset(row.id, dataset);
  ports.store.datasets.insert(row);
  return summaryOf(row);
}

/** What numbers depend on: the same arrays under another name or path are the same data. */
function withoutOrigin(dataset: Dataset): Dataset {
  return { ...dataset, name: '', source: { path: '', sha256: '', bytes: 0, format: '', layout: '' } };
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
