/** The real ports for the desktop. */
import path from 'node:path';
import type { Emit } from '../app/contract.ts';
import { createEventHub, createHost } from '../app/rpcHost.ts';
import type { RpcHost } from '../app/rpcHost.ts';
import { createService } from '../app/service.ts';
import type { Service } from '../app/service.ts';
import { composePorts, programFolder } from '../platform/compose.ts';
import { utilityChild } from './utilityChild.ts';

export type Desktop = {
  rpcHost: RpcHost;
  emit: Emit;
  service: Service;
  workspaceFolder: string;
  rendererFolder: string;
};

/** The same workspace as that of the browser host and the command line. */
export function compose(): Desktop {
  const program = programFolder(import.meta.dirname);
  // the bundle lies elsewhere than the source; worker threads and child processes inherit the variable
  process.env['LRLAB_ADDON'] ??= path.join(program, 'native', 'build', 'Release', 'lrlab.node');
  const ports = composePorts({ host: 'electron', startChild: utilityChild });
  const hub = createEventHub();
  const service = createService(ports, { emit: hub.emit, takes: 'all' });
  return {
    rpcHost: createHost(service.handlers, hub),
    emit: hub.emit,
    service,
    workspaceFolder: ports.workspace.folder,
    rendererFolder: path.join(program, 'dist', 'renderer'),
  };
}
