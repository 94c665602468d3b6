/** The application behind every host: one handler per call of the contract. */
import { activations, activationIds } from '../core/models/activations.ts';
import { partLabels } from '../core/figures/alignedParts.ts';
import type { Figure } from '../core/figures/figure.ts';
import { figures } from '../core/figures/index.ts';
import { views } from '../core/figures/views/index.ts';
import { embeddings } from '../core/analysis/embedding/index.ts';
import { LabError } from '../core/errors.ts';
import { protocols } from '../core/analysis/protocols/index.ts';
import { metrics } from '../core/metrics/index.ts';
import type { ComparisonMetric } from '../core/metrics/metric.ts';
import { requireCellTypes } from '../core/rules/drawNetwork.ts';
import { rules } from '../core/rules/index.ts';
import type { LearningRule } from '../core/rules/rule.ts';
import { tasks } from '../core/tasks/index.ts';
import type { Task } from '../core/tasks/task.ts';
import { nothingSaid } from '../core/data/dataset.ts';
import type { Dataset } from '../core/data/dataset.ts';
import { datasetFormats } from '../core/data/exports/index.ts';
import type { EngineOfRules, Emit, Handlers, ImportReply, MetricChoice, RuleChoice, Settings } from './contract.ts';
import { describeAny } from './describeAny.ts';
import { compareRuns } from './describeFigure.ts';
import {
  addBehaviour,
  findDataset,
  importDataset,
  importSample,
  readFile,
  requireRates,
  summaryOf,
  taskAlone,
} from './importDataset.ts';
import type { RecordingFiles, Watch } from './importDataset.ts';
import { exportFormats } from '../core/checkpoints/exportFormats.ts';
import { exportModel } from './exportModel.ts';
import { importModels } from './importModel.ts';
import { knownNumbers } from './measureItems.ts';
import { MeasureQueue } from './measureQueue.ts';
import { expandSweep } from './plan.ts';
import type { DatasetId, FileToRead, Plan, RunId, RunSpec, Sweep } from './plan.ts';
import type { DatasetRow, Ports, RunRow } from './ports.ts';
import { NetworkViews } from './networkViews.ts';
import type { Read } from './preparedDataset.ts';
import { presets } from './presets.ts';
import { figurePresets } from './figurePresets.ts';
import type { FigureView } from './figureView.ts';
import { findRuns, isIdentical, recipeOf, specsOf } from './recipe.ts';
import { RecordingPages } from './recordingPages.ts';
import { reportOf } from './report/report.ts';
import { known } from './sameRuns.ts';
import { checkRules } from './ruleLaws/checkRules.ts';
import { RunQueue } from './runQueue.ts';
import { detail, summarize } from './runViews.ts';
import { referenceSeconds } from './trainingCost.ts';
import { poseTask, ruleOf, trainingSetup } from './trainingSetup.ts';

type Prepared = { sweep: Sweep; engines: EngineOfRules[] };
type PlanData = { id: DatasetId; dataset: Dataset; keep: () => Promise<unknown> };

export type Service = {
  handlers: Handlers;
  queue: RunQueue;
  measures: MeasureQueue;
  pages: RecordingPages;
  /**
   * How a file is understood; no layout where it has to be said first. Nothing is stored, and a plan that names the file next
   * reads it no more.
   */
  layoutOf(file: FileToRead): Promise<string>;
  /** Plan with imported data: what the queue takes. Throws what is wrong with it, and then keeps no data. */
  prepare(plan: Plan): Promise<Prepared>;
  close(): Promise<void>;
};

export type ServiceOptions = {
  emit: Emit;
  /** `own`: only the runs started or resumed here (command line); `all`: every run that waits (app) */
  takes: 'all' | 'own';
};

export function createService(ports: Ports, { emit, takes }: ServiceOptions): Service {
  const { store, workspace, machine, engines, readers } = ports;
  const queue = new RunQueue(ports, emit, takes);
  queue.recover();
  const measures = new MeasureQueue(ports, emit);
  const networkViews = new NetworkViews(ports, emit);
  const pages = new RecordingPages(ports);
  if (takes === 'all') void engines.probe(); // so that the answer is there when it is asked for
  let test: ReturnType<typeof engines.test> | null = null;

  const datasetRow = (id: DatasetId): DatasetRow => {
    const row = store.datasets.get(id);
    if (row) return row;
    throw new LabError('dataset.unknown', `Looking up dataset "${id}": there is none; it may have been removed.`);
  };
  const runRow = (id: RunId): RunRow => {
    const row = store.runs.get(id);
    if (row) return row;
    throw new LabError('run.unknown', `Looking up run "${id}": there is none; it may have been removed.`);
  };

  /** Files that are being read, and how to stop each. */
  const imports = new Map<string, () => void>();
  async function watched<T>(path: string, read: (watch: Watch) => Promise<T>): Promise<T> {
    try {
      return await read({
        tell: (progress) => emit('dataset.importing', { path, ...progress }),
        begun: (cancel) => imports.set(path, cancel),
      });
    } finally {
      imports.delete(path);
    }
  }

  const prepare: Service['prepare'] = async (plan) => {
    const { sweep, engines, keep } = await check(plan);
    await keep();
    return { sweep, engines };
  };

  /** `prepare`, but data is stored by `keep` alone. */
  async function check(plan: Plan): Promise<Prepared & Pick<PlanData, 'keep'>> {
    const { data: _, figures: figureIds, ...rest } = plan;
    const { id, dataset, keep } = await dataOf(plan);
    const sweep: Sweep = { ...rest, dataset: id };
    const specs = expandSweep({ ...sweep, seeds: sweep.seeds.slice(0, 1) });
    for (const figure of figureIds) figures.get(figure);
    for (const spec of specs) requireCellTypes(ruleOf(spec), spec.model, spec.conventions);
    requireRulesInUse(sweep);
    const task = poseTask(specs[0], dataset);
    return { sweep, engines: await enginesOf(specs, task), keep };
  }

  /** Rules that the same engine trains, for the same reason, together. */
  async function enginesOf(specs: readonly RunSpec[], task: Task): Promise<EngineOfRules[]> {
    const found: EngineOfRules[] = [];
    for (const spec of specs) {
      const setup = trainingSetup(spec, task);
      const engine = await engines.preview(spec.engine, setup);
      const known = found.find((f) => f.engine.id === engine.id && f.engine.reason === engine.reason);
      const secondsPerRun = engine.id === 'reference' ? referenceSeconds(spec.training, setup, task) : null;
      if (known) known.rules.push(spec.rule);
      else found.push({ rules: [spec.rule], engine, secondsPerRun });
    }
    return found;
  }

  async function dataOf({ data, task }: Plan): Promise<PlanData> {
    if ('recording' in data) return taskAlone(tasks.alone(task.id, task.settings), ports);
    if ('dataset' in data) {
      const { id } = datasetRow(data.dataset);
      return { id, dataset: await workspace.readDataset(id), keep: () => Promise.resolve() };
    }
    const found = await findDataset(data, ports, {}, takeLookedAt(data));
    if (found.kind === 'dataset') return { id: found.id, dataset: await found.read(), keep: found.keep };
    if (found.kind === 'spikes') requireRates(found.spikes.path);
    throw new LabError(
      'data.mapping',
      `Importing "${found.question.path}": ${found.question.why} Give the plan a mapping; lrlab import prints a guess at it.`,
    );
  }

  let lookedAt: { file: string; read: Read } | null = null;
  const layoutOf: Service['layoutOf'] = async (file) => {
    const read = await readFile(file, ports);
    lookedAt = { file: JSON.stringify(file), read };
    return read.kind === 'dataset' ? read.prepared.row.source.layout : '';
  };
  /** It is large, and files change: it serves once. */
  function takeLookedAt({ behaviour: _, ...file }: RecordingFiles): Read | undefined {
    const found = lookedAt?.file === JSON.stringify(file) ? lookedAt.read : undefined;
    lookedAt = null;
    return found;
  }

  /** Conditions and times of tasks without a recording go with the last run that was trained on them. */
  async function forgetTasksAlone(): Promise<void> {
    const used = new Set(store.runs.list().map((run) => run.spec.dataset));
    for (const { id } of store.datasets.list().filter((row) => row.source.layout === 'none' && !used.has(row.id))) {
      store.datasets.remove(id);
      await workspace.removeDataset(id);
      emit('dataset.changed', { dataset: id });
    }
  }

  const told = (reply: ImportReply): ImportReply => {
    if (reply.kind === 'dataset') emit('dataset.changed', { dataset: reply.dataset.id });
    return reply;
  };

  const describe = (id: string, runs: readonly RunId[], view: FigureView): Promise<Figure> =>
    describeAny(id, runs.map(runRow), view, ports, networkViews);

  /** Trains those that are not there yet. */
  function ensureRuns(specs: readonly RunSpec[]): RunId[] {
    const there = known(specs, store.runs.list());
    const started = queue.startRuns(specs.filter((_, i) => there[i] === null));
    return there.map((id) => id ?? started.shift()!);
  }

  const handlers: Handlers = {
    'app.info': () => ({
      version: machine.appVersion,
      host: machine.host,
      platform: machine.platform,
      workspace: workspace.folder,
      cores: machine.cores,
    }),
    'app.choices': () => ({
      rules: rules.all.map(ruleChoice),
      tasks: tasks.all.map(({ id, label, source, assumes, protocol, defaults, settings }) => ({
        id,
        label,
        summary: source,
        needsRecording: protocol === undefined,
        assumes: assumes ?? null,
        defaults,
        settings: settings ?? null,
      })),
      activations: activationIds.map((id) => ({ id, label: activations[id].label, summary: '' })),
      figures: figures.all.map(({ id, label, summary, needs, parts = [], reads = null }) => ({
        id,
        label,
        summary,
        needs,
        parts: parts.map((part) => ({ id: part, label: partLabels[part] })),
        reads,
      })),
      metrics: metrics.comparisons.map(metricChoice),
      protocols: protocols.all.map(({ id, label, summary, random, parts }) => ({
        id,
        label,
        summary,
        random,
        parts: [...parts],
      })),
      views: views.all.map(({ id, label, summary, kind, options }) => ({
        id,
        label,
        summary,
        kind,
        options: [...options],
      })),
      embeddings: embeddings.all.map(({ id, label, meaning }) => ({ id, label, summary: meaning })),
      exportFormats: exportFormats.all.map(({ id, label, summary }) => ({ id, label, summary })),
      datasetFormats: datasetFormats.all.map((format) => ({ ...format })),
      presets: [...presets],
      figurePresets: figurePresets.map((preset) => ({ ...preset })),
    }),
    'rule.check': ({ rules: ids }) => checkRules(ids),
    'settings.get': () => store.settings.get(),
    'settings.set': (change) => {
      const settings = { ...store.settings.get(), ...change } as Settings;
      store.settings.set(settings);
      emit('settings.changed', settings);
      return settings;
    },
    'engine.probe': () => engines.probe(),
    'engine.test': ({ threads }) => {
      const all = store.settings.get().threads ?? machine.cores;
      test ??= engines.test(threads ?? all, (progress) => emit('engine.testing', progress));
      return test.result.finally(() => (test = null));
    },
    'engine.cancelTest': () => void test?.cancel(),

    'dataset.list': () => store.datasets.list().map(summaryOf),
    'dataset.import': async (files) => {
      const reply = await watched(files.path, (w) => importDataset(files, ports, { ...w, stayOpen: true }));
      if (reply.kind === 'dataset') readers.closeSpikes(files.path);
      return told(reply);
    },
    'dataset.previewRates': (job) => readers.previewRates(job),
    'dataset.closeSpikes': async ({ path }) => {
      readers.closeSpikes(path);
      await workspace.discardUpload(path);
      return undefined;
    },
    'dataset.addBehaviour': async ({ dataset, ...file }) => {
      const { id } = datasetRow(dataset);
      return told(await watched(file.path, (watch) => addBehaviour(id, file, ports, watch)));
    },
    'dataset.cancelImport': ({ path }) => void imports.get(path)?.(),
    'dataset.importSample': async () => {
      const dataset = await importSample(ports);
      emit('dataset.changed', { dataset: dataset.id });
      return dataset;
    },
    'dataset.files': async ({ dataset }) =>
      (await workspace.readDataset(datasetRow(dataset).id, 'averages')).files ?? [],
    'dataset.rename': ({ dataset, name }) => {
      datasetRow(dataset);
      store.datasets.rename(dataset, name);
      emit('dataset.changed', { dataset });
      return summaryOf(datasetRow(dataset));
    },
    'dataset.remove': async ({ dataset }) => {
      const { name } = datasetRow(dataset);
      const used = store.runs.list().filter((run) => run.spec.dataset === dataset).length;
      if (used > 0) {
        throw new LabError(
          'dataset.used',
          `Removing dataset "${name}": ${used} ${used === 1 ? 'run was' : 'runs were'} trained on it. Remove those first.`,
        );
      }
      store.datasets.remove(dataset);
      await workspace.removeDataset(dataset);
      emit('dataset.changed', { dataset });
      return undefined;
    },
    'dataset.traces': ({ dataset, neurons, colours }) => pages.traces(datasetRow(dataset), neurons, colours),
    'dataset.overview': ({ dataset, colours }) => pages.overview(datasetRow(dataset), colours),
    'dataset.components': ({ dataset, count, colours }) => pages.components(datasetRow(dataset), count, colours),
    'dataset.reliability': ({ dataset }) => pages.reliability(datasetRow(dataset)),
    'dataset.describe': ({ dataset, ...said }) => {
      const { about = nothingSaid } = datasetRow(dataset);
      const given = Object.fromEntries(Object.entries(said).filter(([, text]) => text !== undefined));
      store.datasets.describe(dataset, { ...about, ...given });
      emit('dataset.changed', { dataset });
      return summaryOf(datasetRow(dataset));
    },
    'dataset.export': async ({ dataset, format }) => ({
      files: await pages.exportForPage(datasetRow(dataset), format),
    }),

    'plan.check': async (plan) => {
      const { sweep, engines } = await check(plan);
      return { runs: expandSweep(sweep).length, engines };
    },
    'run.start': async (plan) => queue.start((await prepare(plan)).sweep),
    'run.list': () => store.runs.list().map((row) => summarize(row, ports, queue.secondsLeft(row))),
    'run.get': ({ run }) => {
      const row = runRow(run);
      return detail(row, ports, queue.secondsLeft(row));
    },
    'run.updates': ({ run, after }) => store.updates.read(run, after),
    'run.pause': ({ runs }) => void queue.pause(runs),
    'run.resume': ({ runs }) => void queue.resume(runs),
    'run.cancel': ({ runs }) => void queue.cancel(runs),
    'run.remove': async ({ runs }) => {
      await queue.remove(runs);
      await forgetTasksAlone();
      return undefined;
    },
    'run.analyze': ({ runs }) => void queue.analyze(runs),

    'figure.describe': ({ figure, runs, ...view }) => describe(figure, runs, view),
    'figure.recipe': async ({ figure, runs, ...view }) =>
      recipeOf(await describe(figure, runs, view), runs.map(runRow), view, ports),
    'report.write': async ({ runs, figures: ids, view }) => {
      const paper = await ports.paper();
      return { html: reportOf(runs.map(runRow), { figures: ids, view }, { ...ports, paper }) };
    },
    'recipe.open': async ({ recipe }) => {
      const found = findRuns(recipe, ports);
      const here = found.runs.filter((id) => id !== null);
      if (here.length < found.runs.length) return { ...found, figure: null, identical: null };
      const figure = await describe(recipe.figure.id, here, recipe.figure.view);
      return { ...found, figure, identical: isIdentical(figure, recipe, ports) };
    },
    'recipe.train': ({ recipe }) => ensureRuns(specsOf(recipe, ports)),
    'figure.reproduce': async ({ plan }) => ensureRuns(expandSweep((await prepare(plan)).sweep)),
    'network.view': ({ runs, update = null, ...rest }) =>
      networkViews.describe({ ...rest, runs: runs.map(runRow), update }),
    'network.cancelView': async () => {
      await networkViews.cancel();
      return undefined;
    },
    'stats.compare': ({ runs, ...view }) => compareRuns(runs.map(runRow), view, ports),
    'measure.start': ({ runs, measure }) => measures.start(runs.map(runRow), measure),
    'measure.known': ({ runs, measure }) => knownNumbers(runs.map(runRow), measure, ports),
    'measure.cancel': async ({ measure }) => {
      await measures.cancel(measure);
      return undefined;
    },
    'model.import': async ({ path, dataset }) => {
      const imported = await importModels(path, dataset, ports);
      const ids = imported.flatMap(({ run }) => run ?? []);
      for (const id of ids) emit('run.changed', summarize(runRow(id), ports, null));
      queue.analyze(ids);
      return imported;
    },
    'model.export': ({ run, update, format }) => exportModel(runRow(run), update, format, ports),
  };

  return {
    handlers,
    queue,
    measures,
    pages,
    layoutOf,
    prepare,
    async close() {
      test?.cancel();
      readers.closeSpikes();
      await networkViews.cancel();
      await pages.close();
      await measures.close();
      await queue.close();
      store.close();
    },
  };
}

function metricChoice(metric: ComparisonMetric): MetricChoice {
  const { id, label, meaning, source, better, symmetric, preprocessing, limits, settings } = metric;
  return { id, label, meaning, source, better, symmetric, preprocessing, limits, settings };
}

function ruleChoice({ id, label, summary, source, equation, needs, settings }: LearningRule): RuleChoice {
  return { id, label, summary, source, equation, needs, settings: { ...settings } };
}

/** Settings of a rule that is not trained are a slip of the pen. */
function requireRulesInUse({ rules: chosen, ruleSettings }: Sweep): void {
  for (const id of Object.keys(ruleSettings)) {
    rules.get(id);
    if (chosen.includes(id)) continue;
    throw new LabError(
      'rule.settings',
      `Reading the settings of "${id}": the plan does not train this rule. Add it, or leave them out.`,
    );
  }
}
