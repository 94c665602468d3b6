/** The published recording near a trained network. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const recordingName = 'data_output_aligntomovementonset_minT-800_maxT400_FRsmoothSD25ms.npy';

/**
 * The published recording in a `data` folder at or above a run's folder, or null. Looks two levels deep: a `data` folder
 * near the root of a server may hold millions of files.
 */
export function findPublishedRecording(from: string): string | null {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const found = findFile(path.join(folder, 'data'), 2);
    if (found !== null || path.dirname(folder) === folder) return found;
  }
}

function findFile(folder: string, levels: number): string | null {
  if (existsSync(path.join(folder, recordingName))) return path.join(folder, recordingName);
  if (levels === 0) return null;
  for (const inside of subfolders(folder)) {
    const found = findFile(path.join(folder, inside), levels - 1);
    if (found !== null) return found;
  }
  return null;
}

/** None where the folder is missing or may not be read. */
function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
}
