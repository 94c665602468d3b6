/** A plan is checked, and its data made ready, before anything is stored. */
import type { Dataset } from '../core/data/dataset.ts';
import { LabError } from '../core/errors.ts';
import { figures } from '../core/figures/index.ts';
import { requireCellTypes } from '../core/rules/drawNetwork.ts';
import { rules } from '../core/rules/index.ts';
import { tasks } from '../core/tasks/index.ts';
import type { Task } from '../core/tasks/task.ts';
import type { EngineOfRules } from './contract.ts';
import { findDataset, readFile, requireDataset, requireRates, taskAlone } from './importDataset.ts';
import type { RecordingFiles } from './importDataset.ts';
import { expandSweep } from './plan.ts';
import type { DatasetId, FileToRead, Plan, RunSpec, Sweep } from './plan.ts';
import type { Ports } from './ports.ts';
import type { Read } from './preparedDataset.ts';
import { referenceSeconds } from './trainingCost.ts';
import { poseTask, ruleOf, trainingSetup } from './trainingSetup.ts';

type Prepared = { sweep: Sweep; engines: EngineOfRules[] };
type PlanData = { id: DatasetId; dataset: Dataset; keep: () => Promise<unknown> };

export type PlanPreparation = {
  /**
   * How a file is understood; no layout where it has to be said first. Nothing is stored, and a plan that names the file next
   * reads it no more.
   */
  layoutOf(file: FileToRead): Promise<string>;
  /** `prepare`, but data is stored by `keep` alone. */
  check(plan: Plan): Promise<Prepared & Pick<PlanData, 'keep'>>;
  /** Plan with imported data: what the queue takes. Throws what is wrong with it, and then keeps no data. */
  prepare(plan: Plan): Promise<Prepared>;
};

export function planPreparation(ports: Ports): PlanPreparation {
  let lookedAt: { file: string; read: Read } | null = null;
  const layoutOf: PlanPreparation['layoutOf'] = async (file) => {
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

  async function dataOf({ data, task }: Plan): Promise<PlanData> {
    if ('recording' in data) return taskAlone(tasks.alone(task.id, task.settings), ports);
    if ('dataset' in data) {
      const { id } = requireDataset(data.dataset, ports);
      return { id, dataset: await ports.workspace.readDataset(id), keep: () => Promise.resolve() };
    }
    const found = await findDataset(data, ports, {}, takeLookedAt(data));
    if (found.kind === 'dataset') return { id: found.id, dataset: await found.read(), keep: found.keep };
    if (found.kind === 'spikes') requireRates(found.spikes.path);
    throw new LabError(
      'data.mapping',
      `Importing "${found.question.path}": ${found.question.why} Give the plan a mapping; lrlab import prints a guess at it.`,
    );
  }

  /** Rules that the same engine trains, for the same reason, together. */
  async function enginesOf(specs: readonly RunSpec[], task: Task): Promise<EngineOfRules[]> {
    const found: EngineOfRules[] = [];
    for (const spec of specs) {
      const setup = trainingSetup(spec, task);
      const engine = await ports.engines.preview(spec.engine, setup);
      const known = found.find((f) => f.engine.id === engine.id && f.engine.reason === engine.reason);
      const secondsPerRun = engine.id === 'reference' ? referenceSeconds(spec.training, setup, task) : null;
      if (known) known.rules.push(spec.rule);
      else found.push({ rules: [spec.rule], engine, secondsPerRun });
    }
    return found;
  }

  const check: PlanPreparation['check'] = async (plan) => {
    const { data: _, figures: figureIds, ...rest } = plan;
    const { id, dataset, keep } = await dataOf(plan);
    const sweep: Sweep = { ...rest, dataset: id };
    const specs = expandSweep({ ...sweep, seeds: sweep.seeds.slice(0, 1) });
    for (const figure of figureIds) figures.get(figure);
    for (const spec of specs) requireCellTypes(ruleOf(spec), spec.model, spec.conventions);
    requireRulesInUse(sweep);
    const task = poseTask(specs[0], dataset);
    return { sweep, engines: await enginesOf(specs, task), keep };
  };

  const prepare: PlanPreparation['prepare'] = async (plan) => {
    const { sweep, engines, keep } = await check(plan);
    await keep();
    return { sweep, engines };
  };

  return { layoutOf, check, prepare };
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
