/** Folders that are imported: trained networks, or single units, of which the way they are averaged is asked. */
import { LabError } from '../../core/errors.ts';
import type { UnitOptions } from '../../core/data/rawMante/options.ts';
import { pathOfFolder } from '../client/folders.ts';
import type { ChosenFolder } from '../client/folders.ts';
import { networkFiles, unitFiles, whyNothing } from '../logic/folderContent.ts';
import { datasets } from './datasets.svelte.ts';
import { networks } from './networks.svelte.ts';
import { described, toasts } from './toasts.svelte.ts';

/** files: that may be units */
type UnitFolder = { folder: ChosenFolder; files: ChosenFolder['files'] };

class Folders {
  /** a folder of single units, before it is imported */
  units = $state.raw<UnitFolder | null>(null);
  /** files handed over by a browser so far; null: none are */
  handedOver = $state<number | null>(null);
  #stopped = false;
  /** where the host finds the folder, so that a browser hands it over once */
  #place: { of: UnitFolder; path: string } | null = null;

  async take(folder: ChosenFolder): Promise<void> {
    if (networkFiles(folder.files).length > 0) return networks.importFolder(folder);
    const files = unitFiles(folder.files);
    if (files.length > 0) this.units = { folder, files };
    else toasts.error(described(new LabError('folder.unknown', whyNothing(folder.name, folder.files))));
  }

  /** Throws what is wrong, and `import.cancelled`. */
  async importUnits(options: UnitOptions): Promise<void> {
    const chosen = this.units!;
    this.#stopped = false;
    try {
      await datasets.importUnits(chosen.folder.name, () => this.#pathOf(chosen), options);
    } finally {
      this.handedOver = null;
    }
    if (this.units === chosen) this.units = null;
  }

  async cancel(): Promise<void> {
    this.#stopped = true;
    await datasets.cancelImport();
  }

  async #pathOf(chosen: UnitFolder): Promise<string> {
    if (this.#place?.of === chosen) return this.#place.path;
    const path = await pathOfFolder(chosen.folder, chosen.files, {
      tell: (done) => (this.handedOver = done),
      stopped: () => this.#stopped,
    });
    this.handedOver = null;
    this.#place = { of: chosen, path };
    return path;
  }
}

export const folders = new Folders();
