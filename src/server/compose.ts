/** The browser host: real ports, the service, the server. */
import path from 'node:path';
import { createRpcHost } from '../app/rpcHost.ts';
import { createService } from '../app/service.ts';
import { composePorts, programFolder } from '../platform/compose.ts';
import { serve } from './serve.ts';
import type { Served } from './serve.ts';

export async function startBrowserHost(options: { workspace?: string | undefined; port: number }): Promise<Served> {
  const ports = composePorts({ host: 'browser', workspace: options.workspace });
  const rpcHost = createRpcHost(() => service.handlers);
  const service = createService(ports, { emit: rpcHost.emit, takes: 'all' });
  const served = await serve({
    rpcHost,
    rendererFolder: path.join(programFolder(import.meta.dirname), 'dist', 'renderer'),
    incomingFolder: path.join(ports.workspace.folder, 'incoming'),
    port: options.port,
  });
  return {
    url: served.url,
    async close() {
      await served.close();
      await service.close();
    },
  };
}
