/** The real ports, for any host. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Machine, Ports } from '../app/ports.ts';
import { engines } from './enginesPort.ts';
import { defaultWorkspaceFolder, openWorkspace, resourcesFolder } from './files/workspace.ts';
import { thisMachine } from './machine.ts';
import { openStore } from './store/sqliteStore.ts';
import { workers } from './workers/workers.ts';

export type ComposeOptions = {
  host: Machine['host'];
  /** absent = LRLAB_HOME or the system's place */
  workspace?: string | undefined;
};

export function composePorts({ host, workspace: folder }: ComposeOptions): Ports {
  const root = programFolder(import.meta.dirname);
  const workspace = openWorkspace(folder ?? defaultWorkspaceFolder(), resourcesFolder(root));
  return {
    store: openStore(workspace.storeFile),
    workspace,
    workers,
    machine: thisMachine(host, root),
    engines,
  };
}

/** The nearest folder above with a package.json: the checkout, or the packaged program. */
export function programFolder(from: string): string {
  let folder = from;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const above = path.dirname(folder);
    if (above === folder) throw new Error(`No package.json above "${from}".`);
    folder = above;
  }
  return folder;
}
