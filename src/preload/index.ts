/** The bridge between a sandboxed page and the main process: strings through fixed channels, nothing else. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { IpcRendererEvent } from 'electron';
import type { Reply, Transport } from '../app/rpc.ts';

type Bridge = Transport & { host: 'electron'; pathOf(file: File): string };

const bridge: Bridge = {
  host: 'electron',
  call: (name, input) => ipcRenderer.invoke('rpc', String(name), String(input)) as Promise<Reply>,
  onEvent(listener) {
    const forward = (_: IpcRendererEvent, name: string, payload: string): void => listener(name, payload);
    ipcRenderer.on('rpc:event', forward);
    return () => void ipcRenderer.off('rpc:event', forward);
  },
  pathOf: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('lrlab', bridge);
