/** The real ports, for any host. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Machine, Ports } from '../app/ports.ts';
import { readerLimits } from '../core/data/formats/limits.ts';
import { nodeChild, type StartChild } from './engines/child.ts';
import { enginesOf } from './enginesPort.ts';
import { findingsHere } from './engines/probe.ts';
import { defaultWorkspaceFolder, openWorkspace, resourcesFolder } from './files/workspace.ts';
import { thisMachine } from './machine.ts';
import { openStore } from './store/sqliteStore.ts';
import { readersOf } from './workers/readers.ts';
import { workersOf } from './workers/workers.ts';

export type ComposeOptions = {
  host: Machine['host'];
  /** absent = LRLAB_HOME or the system's place */
  workspace?: string | undefined;
  /** absent = as Node does; Electron has its own way */
  startChild?: StartChild;
};

/** Of figures in a report: as wide as its text. */
const reportSize = { widthMm: 180, heightMm: 110, fontSizePt: 9 };

export function composePorts({ host, workspace: folder, startChild = nodeChild }: ComposeOptions): Ports {
  const root = programFolder(import.meta.dirname);
  const workspace = openWorkspace(folder ?? defaultWorkspaceFolder(), resourcesFolder(root));
  const findings = (): ReturnType<typeof findingsHere> => findingsHere(startChild);
  return {
    store: openStore(workspace.storeFile),
    workspace,
    workers: workersOf(findings),
    readers: readersOf((file) => workspace.asToldOf(file), readerLimits, findings),
    machine: thisMachine(host, root),
    engines: enginesOf(startChild),
    async paper() {
      const { paperSvg } = await import('./charts/paper.ts');
      return { svg: (figure) => paperSvg(figure, reportSize) };
    },
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
