/** The real ports for the desktop. */
import path from 'node:path';
import { createEventHub, createHost } from '../app/rpcHost.ts';
import type { RpcHost } from '../app/rpcHost.ts';
import { createService } from '../app/service.ts';
import type { Service } from '../app/service.ts';
import { composePorts, programFolder } from '../platform/compose.ts';

export type Desktop = { rpcHost: RpcHost; service: Service; workspaceFolder: string; rendererFolder: string };

/** LRLAB_HOME counts more than the system's place for this app's data. */
export function compose(userData: string): Desktop {
  const ports = composePorts({ host: 'electron', workspace: process.env['LRLAB_HOME'] ?? path.join(userData, 'lab') });
  const hub = createEventHub();
  const service = createService(ports, { emit: hub.emit, takes: 'all' });
  return {
    rpcHost: createHost(service.handlers, hub),
    service,
    workspaceFolder: ports.workspace.folder,
    rendererFolder: path.join(programFolder(import.meta.dirname), 'dist', 'renderer'),
  };
}
