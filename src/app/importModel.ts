/** Folders with trained networks → runs to look at and compare, never to be trained further. */
import { canonicalJson } from '../core/analysis/analysisKey.ts';
import { requireShapes, type StateDict } from '../core/checkpoints/published.ts';
import { LabError } from '../core/errors.ts';
import { daleMask } from '../core/models/daleWeights.ts';
import type { NetworkShape } from '../core/models/parameters.ts';
import { plainWiring, type Wiring } from '../core/models/wiring.ts';
import { rules } from '../core/rules/index.ts';
import { tasks } from '../core/tasks/index.ts';
import type { Task } from '../core/tasks/task.ts';
import type { ImportedModel } from './contract.ts';
import { taskAlone } from './importDataset.ts';
import type { Origin } from './origin.ts';
import { runSpecSchema } from './plan.ts';
import type { DatasetId, RunId, RunSpec } from './plan.ts';
import { planIssues } from './planIssues.ts';
import type { Ports, RunRow, StoredCheckpoint } from './ports.ts';
import { publishedPreset } from './presets.ts';
import { openPublishedRun, updateOf, type PublishedRun } from './publishedRun.ts';
import { applyPublishedSettings, isPublishedName } from './publishedSettings.ts';
import { analysisSetup, poseTask } from './trainingSetup.ts';

/** Code of the error of a network that can be imported once its recording is there. */
export const recordingWanted = 'published.recording';

type Needs = Pick<Ports, 'store' | 'workspace' | 'machine' | 'engines'>;

/**
 * Imports the network in a folder or, where it holds none, those in the folders inside it. dataset: the recording to
 * compare with; absent: one of those imported that fits the task, else the task alone where it needs none. One folder that
 * cannot be read leaves the others alone: what became of each is in the answer.
 */
export async function importModels(
  path: string,
  dataset: DatasetId | undefined,
  ports: Needs,
): Promise<ImportedModel[]> {
  const folders = await foldersOfNetworks(path, ports);
  const outcomes: ImportedModel[] = [];
  for (const folder of folders) outcomes.push(await attempt(folder, dataset, ports));
  await ports.workspace.discardUpload(path);
  return outcomes;
}

async function foldersOfNetworks(path: string, { workspace }: Needs): Promise<string[]> {
  const holdsNetwork = (files: readonly string[]): boolean => files.some((name) => updateOf(name) !== null);
  const { files, folders } = await workspace.listUserFolder(path);
  if (holdsNetwork(files)) return [path];
  const inside: string[] = [];
  for (const name of folders) {
    if (holdsNetwork((await workspace.listUserFolder(`${path}/${name}`)).files)) inside.push(`${path}/${name}`);
  }
  return inside.length > 0 ? inside : [path]; // which then says what it lacks
}

async function attempt(path: string, dataset: DatasetId | undefined, ports: Needs): Promise<ImportedModel> {
  const folder = (await ports.workspace.listUserFolder(path)).path;
  try {
    return { folder, error: null, ...(await importModel(path, dataset, ports)) };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { folder, run: null, known: false, notes: [], error: { code: error.code, message: error.message } };
  }
}

type Imported = Pick<ImportedModel, 'run' | 'known' | 'notes'>;

/** The same files with the same recording are the run that they were before. */
async function importModel(path: string, dataset: DatasetId | undefined, ports: Needs): Promise<Imported> {
  const { store, workspace, machine, engines } = ports;
  const published = await openPublishedRun(path, workspace);
  const settings = specSettings(published);
  const { spec, task, keep } = await withRecording(settings, dataset, ports);
  const known = await knownRun(published, spec, ports);
  if (known) return { run: known.id, known: true, notes: [...known.origin!.notes] };
  const setup = analysisSetup(spec, task);
  const engine = await engines.preview({ ...spec.engine, purpose: 'analysis' }, setup);
  const id = machine.newId() as RunId;
  const notes = [...published.notes, ...notesOn(published, spec)];
  try {
    const checkpoints: StoredCheckpoint[] = [];
    for (const update of published.updates) {
      const state = await published.read(update);
      requireShapes(state.parameters, setup.shape, `model_parameter_update${update}.pth`);
      notes.push(...notesOnFile(state, notes));
      const wiring = state.wiring.mask ? state.wiring : knownWiring(setup.shape);
      checkpoints.push(await workspace.writeCheckpoint(id, { update, ...pick(state), wiring }));
    }
    const origin: Origin = {
      folder: published.folder,
      files: published.filesRead(),
      settings: Object.fromEntries(published.settings),
      notes,
      errors: published.errors,
    };
    await keep();
    store.runs.insert([rowOf(id, spec, origin, engine, published, ports)]);
    for (const checkpoint of checkpoints) store.checkpoints.add(id, checkpoint);
    return { run: id, known: false, notes };
  } catch (error) {
    await workspace.removeRun(id);
    throw error;
  }
}

const pick = ({ parameters, activityPenalty }: StateDict): Pick<StateDict, 'parameters' | 'activityPenalty'> => ({
  parameters,
  activityPenalty,
});

function rowOf(
  id: RunId,
  spec: RunSpec,
  origin: Origin,
  engine: RunRow['engine'],
  { updates }: PublishedRun,
  { machine }: Needs,
): RunRow {
  return {
    id,
    state: 'done',
    spec,
    update: updates.at(-1)!,
    mainLoss: null,
    engine,
    error: null,
    analysisError: null,
    origin,
    appVersion: machine.appVersion,
    owner: null,
    createdAt: machine.now(),
    startedAt: null,
    finishedAt: null,
  };
}

/** The run of the same files and recording. Parameters are read for it only where there is one of the same settings. */
async function knownRun(published: PublishedRun, { dataset }: RunSpec, { store }: Needs): Promise<RunRow | undefined> {
  const named = ({ name, sha256 }: Origin['files'][number]): string => `${name} ${sha256}`;
  const [opened, count] = [published.filesRead().map(named), published.filesRead().length + published.updates.length];
  const alike = store.runs.list().filter(({ origin, spec }) => {
    const files = new Set(origin?.files.map(named));
    return spec.dataset === dataset && files.size === count && opened.every((file) => files.has(file));
  });
  if (alike.length === 0) return undefined;
  const files = (await published.allFiles()).map(named).join();
  return alike.find(({ origin }) => origin!.files.map(named).join() === files);
}

type Settings = Omit<RunSpec, 'dataset'>;

/** Without these a network cannot be told from another. */
const needed = ['task_name', 'n_recurrent', 'activation_function', 'random_seed', 'n_parameter_updates'];

/** The spec of the run, in the words of a plan, as far as the files tell; the rest is as in the published runs. */
function specSettings({ folder, settings }: PublishedRun): Settings {
  const missing = needed.filter((name) => !settings.has(name));
  if (missing.length > 0) {
    throw new LabError(
      'published.settings',
      `Reading the trained network in "${folder}": its settings lack ${missing.join(', ')}. Copy the whole model_info_dictionary.npy.`,
    );
  }
  const known = new Map([...settings].filter(([name]) => isPublishedName(name)));
  const { rules: chosen, seeds, figures: _, ...rest } = applyPublishedSettings(publishedPreset.plan, known);
  return { ...rest, task: withoutDefaults(rest.task), rule: chosen[0], seed: seeds[0] };
}

/** A run of one's own names only what differs from the defaults, and is to be grouped with this one. */
function withoutDefaults({ id, settings }: RunSpec['task']): RunSpec['task'] {
  const defaults = tasks.get(id).defaults as Record<string, unknown>;
  const differing = Object.entries(settings).filter(
    ([name, value]) => !(name in defaults) || canonicalJson(value) !== canonicalJson(defaults[name]),
  );
  return { id, settings: Object.fromEntries(differing) };
}

/** `keep` stores what is there of a task alone. */
type Posed = { spec: RunSpec; task: Task; keep: () => Promise<void> };

async function withRecording(settings: Settings, given: DatasetId | undefined, ports: Needs): Promise<Posed> {
  const { store, workspace } = ports;
  const on = async (dataset: DatasetId): Promise<Posed> => {
    const spec = checked({ ...settings, dataset });
    const task = poseTask(spec, await workspace.readDataset(dataset));
    return { spec, task, keep: () => Promise.resolve() };
  };
  if (given !== undefined) {
    if (store.datasets.get(given)) return on(given);
    throw new LabError('dataset.unknown', `Looking up dataset "${given}": there is none; it may have been removed.`);
  }
  const recorded = store.datasets.list().filter((d) => !d.simulated && d.source.layout !== 'none');
  for (const { id } of recorded) {
    try {
      return await on(id);
    } catch (error) {
      if (!(error instanceof LabError) || !error.code.startsWith('task.')) throw error;
    }
  }
  const { id, settings: asked } = settings.task;
  if (tasks.get(id).protocol) {
    const { id: dataset, dataset: alone, keep } = taskAlone(tasks.alone(id, asked), ports);
    const spec = checked({ ...settings, dataset });
    return { spec, task: poseTask(spec, alone), keep };
  }
  throw new LabError(
    recordingWanted,
    `Looking for the recording to compare with: none of the ${recorded.length} recordings that were imported fits the task "${settings.task.id}". Import it first, or say which dataset to take.`,
  );
}

function checked(spec: RunSpec): RunSpec {
  const read = runSpecSchema.safeParse(spec);
  if (read.success) return read.data;
  throw new LabError(
    'published.settings',
    `Reading the settings of a trained network: ${planIssues(read.error, spec)}.`,
  );
}

/** [Note: Wiring of imported networks] The files hold no mask. Dale's is known from the number of units. */
function knownWiring({ units, dale }: NetworkShape): Wiring {
  return dale ? { ...plainWiring, mask: daleMask(units) } : plainWiring;
}

function notesOn({ settings, updates }: PublishedRun, { rule, model, training }: RunSpec): string[] {
  const unknown = [...settings].filter(([name]) => !isPublishedName(name)).map(([name, value]) => `${name} = ${value}`);
  const { credit } = rules.get(rule);
  return [
    ...(unknown.length > 0
      ? [`Not known here, so without effect on the analysis: ${unknown.join(', ')}. Check that this is right.`]
      : []),
    ...(credit?.readout === 'random' || credit?.recurrent === 'cell-types'
      ? ['The weights through which errors went back are not in the files; the analysis does without.']
      : []),
    ...(model.density < 1
      ? [
          'Which connections were missing in training is not in the files. As in the published analysis, all weights act, the missing ones with the values that they started from.',
        ]
      : []),
    ...(updates.at(-1)! < training.updates
      ? [`The last stored update is ${updates.at(-1)}, of ${training.updates} that were made.`]
      : []),
  ];
}

function notesOnFile({ unknown }: StateDict, told: readonly string[]): string[] {
  if (unknown.length === 0) return [];
  const note = `Entries of the parameter files that are not known here: ${unknown.join(', ')}.`;
  return told.includes(note) ? [] : [note];
}
