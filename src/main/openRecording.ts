/** File → Open recording…: imports through the same call as the page, which hears of it by `dataset.changed`. */
import { dialog } from 'electron';
import { formats } from '../core/data/formats/index.ts';
import type { BrowserWindow } from 'electron';
import type { Handlers } from '../app/contract.ts';

export async function openRecording(window: BrowserWindow, handlers: Handlers): Promise<void> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open recording',
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: 'Recordings', extensions: formats.flatMap((format) => format.extensions.map((e) => e.slice(1))) },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  if (canceled) return;
  for (const path of filePaths) {
    const refusal = await importing(handlers, path);
    if (refusal !== null) await dialog.showMessageBox(window, { type: 'warning', ...refusal });
  }
}

async function importing(handlers: Handlers, path: string): Promise<{ message: string; detail: string } | null> {
  try {
    const reply = await handlers['dataset.import']({ path });
    if (reply.kind === 'dataset') return null;
    return {
      message: `${reply.question.why}`,
      detail: `Drop "${path}" into the window: it asks there what the arrays hold.`,
    };
  } catch (error) {
    return { message: 'This recording was not imported.', detail: (error as Error).message };
  }
}
