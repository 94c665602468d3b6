/** The import of trained networks, from the folder that was chosen to what the user is told. */
import type { DatasetId, ImportedModel } from '../../app/contract.ts';
import { LabError } from '../../core/errors.ts';
import { pathOfFolder } from '../client/folders.ts';
import type { ChosenFile, ChosenFolder } from '../client/folders.ts';
import { networkFiles } from '../logic/folderContent.ts';
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
    client.on('model.chosen', ({ path }) => void this.importPlace(path));
  }

  /** path: of the host */
  async importPlace(path: string): Promise<void> {
    await attempt(() => this.#import([fromHost(path)], undefined));
  }

  async importFolder(folder: ChosenFolder): Promise<void> {
    await attempt(async () => {
      const found = networkFiles(folder.files);
      if (found.length > 0) return this.#import([handedOver(folder, found)], undefined, { folder, files: found });
      throw new LabError(
        'published.parameters',
        `Reading the trained networks in "${folder.name}": expected files model_parameter_update0.pth, … with model_info_dictionary.npy, as the published scripts write them, found none. Choose the folder of one network, or the folder that holds such folders.`,
      );
    });
  }

  /** Throws, so that the dialog can show what is wrong beside the answer. */
  async answer({ sources }: RecordingQuestion, dataset: DatasetId): Promise<void> {
    await this.#import(sources, dataset);
  }

  /** chosen: what the sources were made from, where a browser handed them over */
  async #import(
    sources: readonly Source[],
    dataset: DatasetId | undefined,
    chosen: { folder: ChosenFolder; files: readonly ChosenFile[] } | null = null,
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
              const own = chosen?.files.filter(({ path }) => path.split('/').at(-2) === folder) ?? [];
              return chosen && own.length > 0 ? { ...handedOver(chosen.folder, own), name: folder } : fromHost(folder);
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
const handedOver = (folder: ChosenFolder, files: readonly ChosenFile[]): Source => ({
  name: folder.name,
  path: () => pathOfFolder(folder, files),
});

export const networks = new Networks();
