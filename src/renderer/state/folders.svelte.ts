/** Folders that are imported: trained networks, or single units, of which the way they are averaged is asked. */
import { LabError } from '../../core/errors.ts';
import type { UnitOptions } from '../../core/data/rawMante/options.ts';
import { pathOfFolder } from '../client/folders.ts';
import type { ChosenFolder } from '../client/folders.ts';
import { networkFiles, unitFiles, whyNothing } from '../logic/folderContent.ts';
import { lastPart } from '../logic/importedNetworks.ts';
import { client } from './connection.svelte.ts';
import { datasets } from './datasets.svelte.ts';
import { networks } from './networks.svelte.ts';
import { described, toasts } from './toasts.svelte.ts';

/** count: of files that may be units; path: for the host, to which a browser hands them over */
type UnitFolder = { name: string; count: number; path: () => Promise<string> };

class Folders {
  /** a folder of single units, before it is imported */
  units = $state.raw<UnitFolder | null>(null);
  /** files handed over by a browser so far; null: none are */
  handedOver = $state<number | null>(null);
  #stopped = false;

  constructor() {
    client.on('folder.chosen', ({ path, files }) => {
      const named = files.map((file) => ({ path: file }));
      if (networkFiles(named).length > 0) return void networks.importPlace(path);
      this.#ask({ name: lastPart(path), count: unitFiles(named).length, path: () => Promise.resolve(path) }, named);
    });
  }

  async take(folder: ChosenFolder): Promise<void> {
    if (networkFiles(folder.files).length > 0) return networks.importFolder(folder);
    const files = unitFiles(folder.files);
    this.#ask({ name: folder.name, count: files.length, path: this.#handingOver(folder, files) }, folder.files);
  }

  /** Throws what is wrong, and `import.cancelled`. */
  async importUnits(options: UnitOptions): Promise<void> {
    const chosen = this.units!;
    this.#stopped = false;
    try {
      await datasets.importUnits(chosen.name, chosen.path, options);
    } catch (error) {
      if (this.units === chosen) throw error;
      toasts.error(described(error)); // the dialog was closed meanwhile
    } finally {
      this.handedOver = null;
    }
    if (this.units === chosen) this.units = null;
  }

  async cancel(): Promise<void> {
    this.#stopped = true;
    await datasets.cancelImport();
  }

  #ask(units: UnitFolder, files: readonly { path: string }[]): void {
    if (units.count > 0) this.units = units;
    else toasts.error(described(new LabError('folder.unknown', whyNothing(units.name, files))));
  }

  /** Once: what is tried again after it failed or was cancelled is there already. */
  #handingOver(folder: ChosenFolder, files: ChosenFolder['files']): UnitFolder['path'] {
    let known: string | null = null;
    return async () => {
      known ??= await pathOfFolder(folder, files, {
        tell: (done) => (this.handedOver = done),
        stopped: () => this.#stopped,
      });
      this.handedOver = null;
      return known;
    };
  }
}

export const folders = new Folders();
