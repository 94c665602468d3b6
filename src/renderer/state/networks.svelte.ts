/** The import of trained networks, from the folder that was chosen to what the user is told. */
import type { DatasetId, ImportedModel } from '../../app/contract.ts';
import { LabError } from '../../core/errors.ts';
import { networkFiles, pathOfFolder } from '../client/networkFolders.ts';
import { lastPart, unfitted, whatWasImported } from '../logic/importedNetworks.ts';
import { client } from './connection.svelte.ts';
import { router } from './router.svelte.ts';
import { attempt, toasts } from './toasts.svelte.ts';

/** A folder to import, as often as it takes. A browser hands it over each time, since a host keeps no upload. */
type Source = { name: string; path: () => Promise<string> };

/** Networks that no recording fits by itself. */
export type RecordingQuestion = { folders: readonly string[]; why: string; sources: readonly Source[] };

class Networks {
  /** what is being imported, for the status line */
  importing = $state<string | null>(null);
  question = $state.raw<RecordingQuestion | null>(null);

  constructor() {
    client.on('model.chosen', ({ path }) => void attempt(() => this.#import([fromHost(path)], undefined)));
  }

  /** files: all that lie in the chosen folder */
  async importFolder(files: readonly File[]): Promise<void> {
    const top = files[0].webkitRelativePath.split('/')[0];
    await attempt(async () => {
      const found = networkFiles(files);
      if (found.length > 0) return this.#import([handedOver(top, found)], undefined, found);
      throw new LabError(
        'published.parameters',
        `Reading the trained networks in "${top}": expected files model_parameter_update0.pth, … with model_info_dictionary.npy, as the published scripts write them, found none. Choose the folder of one network, or the folder that holds such folders.`,
      );
    });
  }

  /** Throws, so that the dialog can show what is wrong beside the answer. */
  async answer({ sources }: RecordingQuestion, dataset: DatasetId): Promise<void> {
    await this.#import(sources, dataset);
  }

  /** files: those of the sources, where a browser handed them over */
  async #import(
    sources: readonly Source[],
    dataset: DatasetId | undefined,
    files: readonly File[] = [],
  ): Promise<void> {
    const outcomes: ImportedModel[] = [];
    try {
      for (const { name, path } of sources) {
        this.importing = name;
        outcomes.push(...(await client['model.import']({ path: await path(), dataset })));
      }
    } finally {
      this.importing = null;
    }
    const open = dataset === undefined ? unfitted(outcomes) : [];
    this.#tell(outcomes.filter((outcome) => !open.includes(outcome)));
    this.question =
      open.length === 0
        ? null
        : {
            folders: open.map(({ folder }) => lastPart(folder)),
            why: open[0].error!.message,
            sources: open.map(({ folder }) => {
              const own = files.filter((file) => file.webkitRelativePath.split('/').at(-2) === folder);
              return own.length > 0 ? handedOver(folder, own) : fromHost(folder);
            }),
          };
  }

  #tell(outcomes: readonly ImportedModel[]): void {
    for (const { error } of outcomes) if (error) toasts.error(error);
    const imported = outcomes.filter(({ run }) => run !== null);
    if (imported.length === 0) return;
    toasts.done(whatWasImported(imported));
    router.go('runs', imported.length === 1 ? imported[0].run : null);
  }
}

const fromHost = (path: string): Source => ({ name: lastPart(path), path: () => Promise.resolve(path) });
const handedOver = (name: string, files: readonly File[]): Source => ({ name, path: () => pathOfFolder(files) });

export const networks = new Networks();
