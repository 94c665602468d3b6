/** A folder as the published scripts write it: stored parameters, settings, and the rule's number in the folder's name. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { LabError } from '../../core/errors.ts';
import { readStateDict } from '../../core/checkpoints/published.ts';
import { npy } from '../../core/data/formats/npy.ts';
import type { PublishedValue } from '../../app/publishedSettings.ts';
import type { StoredParameters } from '../../app/seedExact.ts';

export type PublishedRun = {
  settings: Map<string, PublishedValue>;
  /** numbers of the updates whose parameters are stored, ascending */
  updates: number[];
  read(update: number): StoredParameters;
};

const settingsFile = 'model_info_dictionary.npy';

export function openPublishedRun(folder: string): PublishedRun {
  const said = `Reading the published run "${folder}"`;
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new LabError('published.folder', `${said}: there is no such folder. Give the folder of one run.`);
  }
  const mode = /_lm(-?\d+)(?:_|$)/.exec(path.basename(path.resolve(folder)))?.[1];
  if (mode === undefined) {
    throw new LabError(
      'published.name',
      `${said}: its name holds no learning mode (…_lm0_… or …_lm1_…). Keep the original name.`,
    );
  }
  const updates = readdirSync(folder)
    .map((name) => /^model_parameter_update(\d+)\.pth$/.exec(name)?.[1])
    .filter((n) => n !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
  if (updates.length === 0) {
    throw new LabError('published.parameters', `${said}: expected files model_parameter_update….pth, found none.`);
  }
  return {
    settings: new Map<string, PublishedValue>([
      ...readSettings(path.join(folder, settingsFile)),
      ['learning_mode', mode],
    ]),
    updates,
    read(update) {
      const file = `model_parameter_update${update}.pth`;
      return { update, parameters: readStateDict(readFileSync(path.join(folder, file))).parameters };
    },
  };
}

function readSettings(file: string): [string, PublishedValue][] {
  if (!existsSync(file)) {
    throw new LabError(
      'published.settings',
      `Reading "${file}": there is no such file. The run's settings are needed.`,
    );
  }
  const content = npy.read(readFileSync(file), path.basename(file));
  if (!(content instanceof Map)) {
    throw new LabError(
      'published.settings',
      `Reading "${file}": expected a dictionary of settings, found something else.`,
    );
  }
  return [...content].flatMap(([key, value]): [string, PublishedValue][] =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[key, value]] : [],
  );
}

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
