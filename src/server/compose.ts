/** The application behind the browser host. */
import path from 'node:path';
import { createEventHub, createHost } from '../app/rpcHost.ts';
import { createService } from '../app/service.ts';
import { readerLimits } from '../core/data/formats/limits.ts';
import { composePorts, programFolder } from '../platform/compose.ts';
import { serve } from './serve.ts';
import type { Served } from './serve.ts';
import { removeOldUploads } from './upload.ts';

export async function startBrowserHost(options: { workspace?: string | undefined; port: number }): Promise<Served> {
  const ports = composePorts({ host: 'browser', workspace: options.workspace });
  const incomingFolder = path.join(ports.workspace.folder, 'incoming');
  await removeOldUploads(incomingFolder);
  const hub = createEventHub();
  const service = createService(ports, { emit: hub.emit, takes: 'all' });
  try {
    const served = await serve({
      host: createHost(service.handlers, hub),
      rendererFolder: path.join(programFolder(import.meta.dirname), 'dist', 'renderer'),
      incomingFolder,
      largestUpload: readerLimits.file,
      port: options.port,
    });
    const close = async (): Promise<void> => {
      await served.close();
      await service.close();
    };
    return { ...served, close };
  } catch (error) {
    await service.close();
    throw error;
  }
}
