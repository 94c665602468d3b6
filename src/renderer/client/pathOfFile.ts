/** A file that the user chose → a path that the host can read. */
import { LabError } from '../../core/errors.ts';
import { bridge } from './transport.ts';

/** The desktop app knows where the file is; a browser does not say, so the file is handed over. */
export async function pathOfFile(file: File): Promise<string> {
  if (bridge) return bridge.pathOf(file);
  const response = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, { method: 'PUT', body: file });
  if (!response.ok) throw new LabError('file.upload', `Handing over "${file.name}": ${await response.text()}`);
  return ((await response.json()) as { path: string }).path;
}
