/**
 * A folder as the published scripts write it, one per trained network:
 *
 *   model_parameter_update123.pth   parameters after 123 updates, any number of such files
 *   model_info_dictionary.npy       settings by name
 *   pset.npy                        numbers of the updates at which the scripts kept the network, if there
 *   errornormalized_store.npy       or error_store.npy: the error at each of them, if there
 *
 * The folder's name, or the setting figure_dir, holds the number of the learning rule.
 */
import { readStateDict, type StateDict } from '../core/checkpoints/published.ts';
import type { FileArray, FileValue } from '../core/data/formats/format.ts';
import { npy } from '../core/data/formats/npy.ts';
import { LabError } from '../core/errors.ts';
import type { Origin, PublishedValue } from './origin.ts';
import type { Workspace } from './ports.ts';

export type PublishedRun = {
  /** path, or the name alone where a browser handed it over */
  folder: string;
  /** learning_mode included */
  settings: Map<string, PublishedValue>;
  /** numbers of the updates whose parameters are stored, ascending */
  updates: number[];
  errors: Origin['errors'];
  /** what is not understood, or does not fit together */
  notes: string[];
  read(update: number): Promise<StateDict>;
  /** all that were read so far */
  filesRead(): Origin['files'];
  /** all there are, parameters included, which are read for it */
  allFiles(): Promise<Origin['files']>;
};

type Needs = Pick<Workspace, 'listUserFolder' | 'readUserFile'>;

const settingsFile = 'model_info_dictionary.npy';
const errorFiles = ['errornormalized_store.npy', 'error_store.npy'];
const parametersOf = (update: number): string => `model_parameter_update${update}.pth`;

/** The update whose parameters a file of that name holds, or null. */
export function updateOf(fileName: string): number | null {
  const digits = /^model_parameter_update(\d+)\.pth$/.exec(fileName)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Throws LabError `published.*` where the folder lacks what is needed, `file.*` where it cannot be read. */
export async function openPublishedRun(given: string, workspace: Needs): Promise<PublishedRun> {
  const { path: folder, files } = await workspace.listUserFolder(given);
  const said = `Reading the trained network in "${folder}"`;
  const updates = files
    .map(updateOf)
    .filter((u) => u !== null)
    .sort((a, b) => a - b);
  if (updates.length === 0) throw noParameters(said, files);
  if (!files.includes(settingsFile)) {
    throw new LabError(
      'published.settings',
      `${said}: expected its settings in ${settingsFile}, found no such file. Copy it from where the parameters come from.`,
    );
  }

  const read = new Map<string, Origin['files'][number]>();
  const bytesOf = async (name: string): Promise<Uint8Array> => {
    const { bytes, sha256 } = await workspace.readUserFile(`${given}/${name}`);
    read.set(name, { name, sha256, bytes: bytes.length });
    return bytes;
  };
  const { settings, odd } = settingsIn(npy.read(await bytesOf(settingsFile), settingsFile), said);
  const modes = modesOf(folder, settings);
  if (modes.length === 0) {
    throw new LabError(
      'published.name',
      `${said}: neither the folder's name nor figure_dir in ${settingsFile} holds the number of the learning rule (…_lm0_… for BPTT, …_lm1_… for e-prop). Give the folder its original name.`,
    );
  }
  settings.set('learning_mode', modes[0]);
  const notes = odd.map((name) => `The setting ${name} is no number, text or truth value, and is not kept.`);
  if (modes.length > 1) {
    notes.push(`Its name and settings tell different learning rules (${modes.join(', ')}); ${modes[0]} was taken.`);
  }

  const errorFile = errorFiles.find((name) => files.includes(name));
  let errors: Origin['errors'] = null;
  if (errorFile !== undefined && files.includes('pset.npy')) {
    const update = listIn(npy.read(await bytesOf('pset.npy'), 'pset.npy'));
    const value = listIn(npy.read(await bytesOf(errorFile), errorFile));
    if (update?.length === value?.length && update && value) errors = { file: errorFile, update, value };
    else notes.push(`${errorFile} does not fit pset.npy, so the stored errors are left out.`);
  }
  const filesRead: PublishedRun['filesRead'] = () =>
    [...read.values()].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  return {
    folder,
    settings,
    updates,
    errors,
    notes,
    read: async (update) => readStateDict(await bytesOf(parametersOf(update)), parametersOf(update)),
    filesRead,
    async allFiles() {
      for (const update of updates) await bytesOf(parametersOf(update));
      return filesRead();
    },
  };
}

function noParameters(said: string, files: readonly string[]): LabError {
  const other = files.filter((name) => /\.(pth|pt|safetensors|npz)$/i.test(name)).slice(0, 3);
  const found = other.length > 0 ? `found ${other.join(', ')}` : 'found none';
  return new LabError(
    'published.parameters',
    `${said}: expected files ${parametersOf(0)}, ${parametersOf(1)}, … with ${settingsFile}, as the published scripts write them, ${found}. Choose the folder of one network, or the folder that holds such folders.`,
  );
}

function settingsIn(content: FileValue, said: string): { settings: Map<string, PublishedValue>; odd: string[] } {
  if (!(content instanceof Map)) {
    throw new LabError(
      'published.settings',
      `${said}: expected a dictionary of settings in ${settingsFile}, found something else.`,
    );
  }
  const settings = new Map<string, PublishedValue>();
  const odd: string[] = [];
  for (const [name, value] of content) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') settings.set(name, value);
    else odd.push(name);
  }
  return { settings, odd };
}

/** Told by the settings, the folder's name or the name that it once had, in this order. */
function modesOf(folder: string, settings: ReadonlyMap<string, PublishedValue>): string[] {
  const named = (name: PublishedValue | undefined): string[] =>
    /_lm(-?\d+)(?:_|$)/
      .exec(
        String(name ?? '')
          .split(/[/\\]/)
          .at(-1)!,
      )
      ?.slice(1) ?? [];
  const set = settings.has('learning_mode') ? [String(settings.get('learning_mode'))] : [];
  return [...new Set([...set, ...named(folder), ...named(settings.get('figure_dir'))])];
}

function listIn(value: FileValue): number[] | null {
  const { kind, shape, data } = (value ?? {}) as Partial<FileArray>;
  return kind === 'array' && shape!.length === 1 ? Array.from(data!) : null;
}
