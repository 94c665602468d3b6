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
import { rules } from '../core/rules/index.ts';
import type { LearningRule } from '../core/rules/rule.ts';
import { tasks } from '../core/tasks/index.ts';
import { nothingSaid } from '../core/data/dataset.ts';
import { datasetFormats } from '../core/data/exports/index.ts';
import type { Emit, Handlers, ImportReply, MetricChoice, RuleChoice, Settings } from './contract.ts';
import { describeAny } from './describeAny.ts';
import { compareRuns } from './describeFigure.ts';
import { addBehaviour, importDataset, importSample, requireDataset, summaryOf } from './importDataset.ts';
import type { Watch } from './importDataset.ts';
import { exportFormats } from '../core/checkpoints/exportFormats.ts';
import { exportModel } from './exportModel.ts';
import { importModels } from './importModel.ts';
import { knownNumbers } from './measureItems.ts';
import { MeasureQueue } from './measureQueue.ts';
import { expandSweep } from './plan.ts';
import type { DatasetId, RunId, RunSpec } from './plan.ts';
import type { DatasetRow, Ports, RunRow } from './ports.ts';
import { NetworkViews } from './networkViews.ts';
import { planPreparation } from './planPreparation.ts';
import type { PlanPreparation } from './planPreparation.ts';
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

export type Service = PlanPreparation & {
  handlers: Handlers;
  queue: RunQueue;
  measures: MeasureQueue;
  pages: RecordingPages;
  close(): Promise<void>;
};

export type ServiceOptions = {
  emit: Emit;
  /** `own`: only the runs started or resumed here (command line); `all`: every run that waits (app) */
  takes: 'all' | 'own';
};

export function createService(ports: Ports, { emit, takes }: ServiceOptions): Service {
  const { store, workspace, machine, engines, readers } = ports;
  const preparation = planPreparation(ports);
  const queue = new RunQueue(ports, emit, takes);
  queue.recover();
  const measures = new MeasureQueue(ports, emit);
  const networkViews = new NetworkViews(ports, emit);
  const pages = new RecordingPages(ports);
  if (takes === 'all') void engines.probe(); // so that the answer is there when it is asked for
  let test: ReturnType<typeof engines.test> | null = null;

  const datasetRow = (id: DatasetId): DatasetRow => requireDataset(id, ports);
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
    'dataset.behaviour': ({ dataset, colours }) => pages.behaviour(datasetRow(dataset), colours),
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
      const { sweep, engines } = await preparation.check(plan);
      return { runs: expandSweep(sweep).length, engines };
    },
    'run.start': async (plan) => queue.start((await preparation.prepare(plan)).sweep),
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
    'figure.reproduce': async ({ plan }) => ensureRuns(expandSweep((await preparation.prepare(plan)).sweep)),
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
    ...preparation,
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
