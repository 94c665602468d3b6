/** Worker thread: computes one part of what a recording's page shows, or encodes the recording as files. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { RecordingJob, RecordingMessage } from '../../app/ports.ts';
import { recordingParts } from '../../core/analysis/recording/index.ts';
import { decodeDataset } from '../../core/data/datasetFile.ts';
import type { Dataset } from '../../core/data/dataset.ts';
import { csvExport } from '../../core/data/exports/csvExport.ts';
import { descriptionOf } from '../../core/data/exports/datasetExport.ts';
import type { ExportFacts } from '../../core/data/exports/datasetExport.ts';
import type { DatasetFormatId } from '../../core/data/exports/index.ts';
import { npzExport } from '../../core/data/exports/npzExport.ts';
import type { Finding } from '../engines/candidates.ts';
import { linearAlgebra } from '../engines/nativeLinear.ts';
import { nwbExport } from '../formats/nwbExport.ts';
import { asMessage } from './messages.ts';

const { job, findings } = workerData as { job: RecordingJob; findings: readonly Finding[] };
const tell = (message: RecordingMessage, hand: ArrayBuffer[] = []): void => parentPort!.postMessage(message, hand);

try {
  const dataset = { ...decodeDataset(readFileSync(job.datasetFile)), name: job.name };
  if (job.kind === 'part') {
    tell({ kind: 'part', value: recordingParts[job.part](dataset, linearAlgebra(findings)) });
  } else {
    const files = await encoded(dataset, job.format, job.facts);
    tell(
      { kind: 'files', files },
      files.map(({ bytes }) => bytes.buffer as ArrayBuffer),
    );
  }
  tell({ kind: 'ended' });
} catch (error) {
  tell({ kind: 'failed', ...asMessage(error) });
}

/** The dataset's file first; ending: what its name ends in. */
async function encoded(
  dataset: Dataset,
  format: DatasetFormatId,
  facts: ExportFacts,
): Promise<{ ending: string; bytes: Uint8Array }[]> {
  switch (format) {
    case 'npz':
      return [{ ending: '.npz', bytes: npzExport(dataset, facts) }];
    case 'nwb':
      return [{ ending: '.nwb', bytes: await nwbExport(dataset, facts) }];
    case 'csv': {
      const about = `${JSON.stringify(JSON.parse(descriptionOf(dataset, facts)), null, 2)}\n`;
      return [
        { ending: '.csv', bytes: csvExport(dataset) },
        { ending: '.csv.json', bytes: new TextEncoder().encode(about) },
      ];
    }
  }
}
