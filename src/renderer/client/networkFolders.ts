/** Folders that the user chose → folders that the host can read. */
import { LabError } from '../../core/errors.ts';
import { bridge } from './transport.ts';

/** Of everything that a chosen folder holds, what an import reads; nothing else is handed over. */
const wanted = /^(model_parameter_update\d+\.pth|model_info_dictionary\.npy|pset\.npy|error(normalized)?_store\.npy)$/;

/** Files of trained networks: those in the chosen folder and in the folders inside it. */
export function networkFiles(files: readonly File[]): File[] {
  return files.filter((file) => wanted.test(file.name) && file.webkitRelativePath.split('/').length <= 3);
}

/** The chosen folder, for the host. The desktop app knows where it is; a browser does not say, so its files are handed over. */
export async function pathOfFolder(files: readonly File[]): Promise<string> {
  const [first] = files;
  const top = first.webkitRelativePath.split('/')[0];
  if (bridge) return bridge.pathOf(first).slice(0, top.length - first.webkitRelativePath.length);
  let upload: { id: string; path: string } | null = null;
  for (const file of files) {
    const query = new URLSearchParams({ name: file.webkitRelativePath, ...(upload ? { joins: upload.id } : {}) });
    const response = await fetch(`/upload?${query.toString()}`, { method: 'PUT', body: file });
    if (!response.ok) throw new LabError('file.upload', `Handing over "${file.name}": ${await response.text()}`);
    upload = (await response.json()) as { id: string; path: string };
  }
  return upload!.path;
}
