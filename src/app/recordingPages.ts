/**
 * What the pages of recordings show, and their export. Numbers are computed on worker threads, one at a time, and kept in
 * the store by the hash of the recording's content; figures are described from them.
 */
import { canonicalJson } from '../core/analysis/analysisKey.ts';
import { partVersions } from '../core/analysis/recording/index.ts';
import type { RecordingPart, RecordingParts } from '../core/analysis/recording/index.ts';
import { quantileOf } from '../core/statistics/summary.ts';
import type { Dataset } from '../core/data/dataset.ts';
import { nothingSaid } from '../core/data/dataset.ts';
import type { DatasetFormatId } from '../core/data/exports/index.ts';
import { LabError } from '../core/errors.ts';
import { tracesOf } from '../core/figures/conditionAverages.ts';
import { usualChoice, variablesOf } from '../core/figures/conditionColours.ts';
import type { ConditionChoice } from '../core/figures/conditionColours.ts';
import type { Figure } from '../core/figures/figure.ts';
import { behaviourFigures } from '../core/figures/recording/behaviourFigures.ts';
import { componentFigures } from '../core/figures/recording/componentFigures.ts';
import { populationRates } from '../core/figures/recording/populationRates.ts';
import { leastReliable, reliabilityFigure } from '../core/figures/recording/reliabilityFigure.ts';
import type { CallOutput } from './contract.ts';
import type { DatasetRow, Ports, RecordingJob, RecordingMessage, WorkerHandle } from './ports.ts';

/** What a page can hand to its user at once. */
const largestFile = 2 ** 28;

export type DatasetFile = { name: string; bytes: Uint8Array };

export class RecordingPages {
  readonly #ports: Ports;
  readonly #computing = new Map<string, Promise<unknown>>();
  #last: Promise<unknown> = Promise.resolve();
  readonly #handles = new Set<WorkerHandle>();
  /** the recording looked at last, without its single trials */
  #open: { id: string; dataset: Promise<Dataset> } | null = null;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  async overview(row: DatasetRow, colours?: ConditionChoice): Promise<CallOutput<'dataset.overview'>> {
    const { facts, rate, axes } = await this.#part(row, 'overview');
    const { conditions, neuronNames } = axes;
    const usual = usualChoice(conditions);
    return {
      facts,
      axes: {
        neuronNames: neuronNames ? [...neuronNames] : null,
        conditionLabels: conditions.map(({ label }) => label),
        variables: variablesOf(conditions),
        usual,
        files: axes.files,
        behaviour: axes.behaviour,
      },
      figures: named(populationRates(rate, timed(axes), colours ?? usual), row),
    };
  }

  async components(
    row: DatasetRow,
    count: number,
    colours?: ConditionChoice,
  ): Promise<CallOutput<'dataset.components'>> {
    const { axes } = await this.#part(row, 'overview');
    const found = await this.#part(row, 'components');
    const { participationRatio, ninety, shares } = found;
    const choice = colours ?? usualChoice(axes.conditions);
    return {
      participationRatio,
      ninety,
      of: shares.length,
      shares: shares.slice(0, 20),
      figures: named(componentFigures(found, timed(axes), { count, choice }), row),
    };
  }

  async reliability(row: DatasetRow): Promise<CallOutput<'dataset.reliability'>> {
    const { axes } = await this.#part(row, 'overview');
    const found = await this.#part(row, 'reliability');
    const { reliability, reasons, draws, seed } = found;
    const known = Float64Array.from(reliability.flatMap((value) => value ?? [])).sort();
    return {
      median: known.length > 0 ? quantileOf(known, 0.5) : null,
      neurons: known.length,
      reasons: { ...reasons },
      draws,
      seed,
      values: [...reliability],
      least: leastReliable(found, axes.neuronNames, 5),
      figures: named([reliabilityFigure(found)], row),
    };
  }

  async traces(row: DatasetRow, neurons: readonly number[], colours?: ConditionChoice): Promise<Figure[]> {
    const dataset = await this.#dataset(row);
    return named(tracesOf(dataset, neurons, colours ?? usualChoice(dataset.conditions)), row);
  }

  /** None where no behaviour was added. */
  async behaviour(row: DatasetRow, colours?: ConditionChoice): Promise<Figure[]> {
    const dataset = await this.#dataset(row);
    return named(behaviourFigures(dataset, colours ?? usualChoice(dataset.conditions)), row);
  }

  /** Throws LabError `export.*`. */
  async export(row: DatasetRow, format: DatasetFormatId): Promise<DatasetFile[]> {
    requireNeurons(row, `Exporting "${row.name}"`, 'export.unrecorded');
    const { about = nothingSaid, importedAt, contentSha256 } = row;
    const facts = { about, importedAt, contentSha256, appVersion: this.#ports.machine.appVersion };
    const message = await this.#work({ ...this.#place(row), kind: 'export', format, facts });
    if (message.kind !== 'files') throw new Error('A worker answered what it was not asked.');
    return message.files.map(({ ending, bytes }) => ({ name: `${fileStem(row.name)}${ending}`, bytes }));
  }

  /** `export`, for a page: refuses what would not pass to it. */
  async exportForPage(row: DatasetRow, format: DatasetFormatId): Promise<DatasetFile[]> {
    const files = await this.export(row, format);
    const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
    if (bytes <= largestFile) return files;
    throw new LabError(
      'export.large',
      `Exporting "${row.name}": its ${Math.round(bytes / 2 ** 20)} MiB are more than the 256 MiB that a page can save. On the command line: lrlab datasets export ${row.id} --format ${format}`,
    );
  }

  async close(): Promise<void> {
    for (const handle of this.#handles) await handle.terminate();
    this.#handles.clear();
  }

  #place(row: DatasetRow): { datasetFile: string; name: string } {
    return { datasetFile: this.#ports.workspace.datasetFile(row.id), name: row.name };
  }

  /** From the store, or computed; asked for twice at a time, computed once. */
  #part<P extends RecordingPart>(row: DatasetRow, part: P): Promise<RecordingParts[P]> {
    requireNeurons(row, `Looking at "${row.name}"`, 'analysis.unrecorded');
    const { store, machine } = this.#ports;
    const content = { part, version: partVersions[part], content: row.contentSha256 };
    const key = machine.sha256(canonicalJson(content));
    const kept = store.datasets.part(row.id, part, key);
    if (kept !== null) return Promise.resolve(JSON.parse(kept) as RecordingParts[P]);
    const computing = this.#computing.get(key) as Promise<RecordingParts[P]> | undefined;
    if (computing) return computing;
    const compute = async (): Promise<RecordingParts[P]> => {
      const message = await this.#work({ ...this.#place(row), kind: 'part', part });
      if (message.kind !== 'part') throw new Error('A worker answered what it was not asked.');
      if (store.datasets.get(row.id)) store.datasets.keepPart(row.id, part, key, JSON.stringify(message.value));
      return message.value as RecordingParts[P];
    };
    const found = this.#last.then(compute).finally(() => this.#computing.delete(key));
    this.#last = found.catch(() => undefined);
    this.#computing.set(key, found);
    return found;
  }

  #work(job: RecordingJob): Promise<Exclude<RecordingMessage, { kind: 'ended' | 'failed' }>> {
    return new Promise((resolve, reject) => {
      const handle = this.#ports.workers.recording(job, (message) => {
        if (message.kind === 'part' || message.kind === 'files') return resolve(message);
        this.#handles.delete(handle);
        if (message.kind === 'failed') reject(new LabError(message.code, message.message));
      });
      this.#handles.add(handle);
    });
  }

  #dataset({ id }: DatasetRow): Promise<Dataset> {
    if (this.#open?.id !== id) {
      const dataset = this.#ports.workspace.readDataset(id, 'averages');
      dataset.catch(() => (this.#open = null));
      this.#open = { id, dataset };
    }
    return this.#open.dataset;
  }
}

type Axes = RecordingParts['overview']['axes'];
const timed = ({ timeMs, ...axes }: Axes) => ({ ...axes, timeMs: Float64Array.from(timeMs) });

/** Figures that leave the page say of what they are. */
const named = (figures: readonly Figure[], { name, simulated }: DatasetRow): Figure[] =>
  figures.map((figure) => ({
    ...figure,
    title: `${figure.title}: ${name}`,
    notes:
      simulated && !figure.notes.some((note) => /simulated/i.test(note))
        ? [...figure.notes, 'Simulated, not recorded.']
        : figure.notes,
  }));

function requireNeurons({ neurons }: DatasetRow, doing: string, code: string): void {
  if (neurons > 0) return;
  throw new LabError(code, `${doing}: nothing was recorded, it holds the conditions of a task alone.`);
}

/** A name for a file that every system takes. */
export function fileStem(name: string): string {
  const plain = name
    .replaceAll(/[^\p{L}\p{N}.,+()°-]+/gu, ' ')
    .trim()
    .replace(/^\.+/, '');
  return plain.slice(0, 80).trim().replaceAll(' ', '-') || 'dataset';
}
