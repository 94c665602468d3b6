/** `lrlab datasets export`: a recording as files for other programs. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { Option, type Command } from 'commander';
import type { DatasetId } from '../../app/plan.ts';
import type { DatasetFile } from '../../app/recordingPages.ts';
import { datasetFormatIds, datasetFormats } from '../../core/data/exports/index.ts';
import type { DatasetFormatId } from '../../core/data/exports/index.ts';
import { LabError } from '../../core/errors.ts';
import { writeAtomically } from '../../platform/files/atomic.ts';
import { printJson } from '../output.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

type Options = { format?: DatasetFormatId; out?: string; force?: boolean; json?: boolean };

export function addDatasetExport(datasets: Command, open: OpenPorts): void {
  const summaries = datasetFormats.all.map(({ id, summary }) => `${id}: ${summary}`).join(' ');
  datasets
    .command('export')
    .description('write a recording as a file that other programs open, and that comes back by import as it was')
    .argument('<id>')
    .addOption(
      new Option('--format <format>', `${summaries} (default: by the ending of --out, else npz)`).choices(
        datasetFormatIds,
      ),
    )
    .option('--out <path>', 'file, or a folder that is there (default: here, named after the dataset)')
    .option('--force', 'replace files that are there')
    .option('--json', 'print JSON')
    .action((id: DatasetId, options: Options) =>
      withService(open, async ({ pages }, { store }) => {
        const row = store.datasets.get(id);
        if (!row)
          throw new LabError('dataset.unknown', `Exporting dataset "${id}": there is none. See lrlab datasets.`);
        const files = await pages.export(row, formatOf(options));
        const places = placesOf(files, options.out);
        if (!options.force) places.forEach(requireFree);
        files.forEach(({ bytes }, i) => writeAtomically(places[i], bytes));
        if (options.json) return printJson({ files: places });
        for (const file of places) process.stdout.write(`${file}\n`);
      }),
    );
}

/** What is asked for, else what the name of the file says. */
function formatOf({ format, out = '' }: Options): DatasetFormatId {
  const ending = datasetFormatIds.find((id) => out.toLowerCase().endsWith(`.${id}`));
  return format ?? ending ?? 'npz';
}

/** The file beside a table is called after it. */
function placesOf(files: readonly DatasetFile[], out = '.'): string[] {
  if (existsSync(out) && statSync(out).isDirectory()) return files.map(({ name }) => path.resolve(out, name));
  return files.map((_, i) => path.resolve(i === 0 ? out : `${out}.json`));
}

function requireFree(file: string): void {
  if (!existsSync(file)) return;
  throw new LabError(
    'export.exists',
    `Writing "${file}": there is such a file already. Give --force to replace it, or another name.`,
  );
}
