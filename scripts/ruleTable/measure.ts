/** The gradient of a rule against that of BPTT, at the weights of trained networks. */
import { trainRun } from '../../src/app/trainRuns.ts';
import type { RunSpec } from '../../src/app/plan.ts';
import { publishedPreset } from '../../src/app/presets.ts';
import { firstState, poseTask, ruleOf, trainingSetup } from '../../src/app/trainingSetup.ts';
import { alignGradients } from '../../src/core/analysis/gradientAlignment.ts';
import type { ResumePoint } from '../../src/core/checkpoints/checkpoint.ts';
import type { Dataset } from '../../src/core/data/dataset.ts';
import type { Engine, EngineState } from '../../src/core/engines/engine.ts';
import { exactGradient } from '../../src/core/engines/exactGradient.ts';
import { referenceEngine } from '../../src/core/engines/reference.ts';
import { NumpyRandom } from '../../src/core/math/random/numpyRandom.ts';
import type { LearningRule } from '../../src/core/rules/rule.ts';

/** A task and the trials of its updates. */
export type Problem = { readonly id: string; readonly dataset: Dataset; readonly trials: number };

/** The kind of network: the first of `forms` that a rule can train. */
export type Form = { readonly note: string; readonly model: Partial<RunSpec['model']>; readonly trials?: number };

export const forms: readonly Form[] = [
  { note: '', model: {} },
  { note: "rectified linear units under Dale's law", model: { activation: 'ReLU', dale: true } },
  { note: '24 units, 4 trials', model: { units: 24 }, trials: 4 },
];

/** Over the recurrent layer; null where there is no cosine. */
export type Point = {
  readonly update: number;
  readonly seed: number;
  /** of the gradient that the optimizer gets, of the task's own, without the penalty on activity, and lengths of those */
  readonly whole: number | null;
  readonly task: number | null;
  readonly normRatio: number | null;
};

/** own: at the weights that the rule itself came to; false: at those of BPTT. Plain data. */
export type Measured = { readonly form: Form; readonly own: boolean; readonly points: readonly Point[] };

export class Meter {
  readonly #native: Engine;
  readonly #updates: number;
  readonly #units: number;
  /** networks already trained, by task, form, rule and seed */
  readonly #trained = new Map<string, Promise<ResumePoint[]>>();

  constructor(native: Engine, { updates, units }: { updates: number; units: number }) {
    this.#native = native;
    this.#updates = updates;
    this.#units = units;
  }

  /** A rule that no native network learns by is measured where BPTT came to. */
  async measure(rule: LearningRule, problem: Problem, seeds: readonly number[]): Promise<Measured | null> {
    const form = forms.find((f) => !rule.obstacle?.({ ...publishedPreset.plan.model, units: this.#units, ...f.model }));
    if (!form) return null;
    const setup = trainingSetup(this.#spec(rule.id, problem, form, seeds[0]), this.#pose(rule, problem, form));
    const engine = this.#native.refusal(setup) === null ? this.#native : referenceEngine;
    const own = engine === this.#native;
    const trainedBy = own ? rule.id : 'bptt';
    const points: Point[] = [];
    for (const seed of seeds) {
      const spec = this.#spec(rule.id, problem, form, seed);
      for (const reached of await this.#train(trainedBy, problem, form, seed)) {
        points.push(this.#compare(spec, problem, engine, own, reached));
      }
    }
    return { form, own, points };
  }

  #compare(spec: RunSpec, { dataset }: Problem, engine: Engine, own: boolean, { state, random }: ResumePoint): Point {
    const task = poseTask(spec, dataset);
    const setup = trainingSetup(spec, task);
    const at: EngineState = own
      ? state
      : {
          ...firstState(spec, setup.shape, engine),
          update: state.update,
          parameters: state.parameters,
          activityPenalty: state.activityPenalty,
        };
    const work = { batch: task.draw(NumpyRandom.from(random.trials), spec.training.trials), noise: null };
    const aligned = (there: EngineState) => {
      const network = engine.open(setup, there);
      const { gradient } = network.gradient(work.batch, null);
      network.close();
      const exact = exactGradient(this.#native, setup, there, work);
      return alignGradients(gradient, exact).find(({ part }) => part === 'recurrent')!;
    };
    const [whole, alone] = [aligned(at), aligned({ ...at, activityPenalty: 0 })];
    return {
      update: state.update,
      seed: spec.seed,
      whole: whole.cosine,
      task: alone.cosine,
      normRatio: alone.normRatio,
    };
  }

  /** The points before the first update and after the last. */
  #train(rule: string, problem: Problem, form: Form, seed: number): Promise<ResumePoint[]> {
    const key = [problem.id, form.note, rule, seed].join();
    let reached = this.#trained.get(key);
    if (!reached) {
      reached = this.#trainNow(this.#spec(rule, problem, form, seed), problem.dataset);
      this.#trained.set(key, reached);
    }
    return reached;
  }

  async #trainNow(spec: RunSpec, dataset: Dataset): Promise<ResumePoint[]> {
    const points: ResumePoint[] = [];
    const chosen = { engine: this.#native, reason: '' };
    await trainRun(spec, dataset, () => Promise.resolve(chosen), {
      resumePoint: () => null,
      started: () => {},
      aligned: () => {},
      updated: () => {},
      save: (_, resume) => void points.push(resume),
      keep: () => {},
      shouldKeep: () => false,
      request: () => 'go on',
      stopped: () => {},
    });
    return points;
  }

  #pose(rule: LearningRule, problem: Problem, form: Form): ReturnType<typeof poseTask> {
    return poseTask(this.#spec(rule.id, problem, form, 1), problem.dataset);
  }

  #spec(rule: string, { id, trials }: Problem, form: Form, seed: number): RunSpec {
    const { figures: _, rules: __, seeds: ___, ...plan } = publishedPreset.plan;
    const spec: RunSpec = {
      ...plan,
      dataset: 'rules' as RunSpec['dataset'],
      task: { id, settings: id === 'context-decision' && form.trials !== undefined ? { draw: 'random' } : {} },
      model: { ...plan.model, units: this.#units, ...form.model },
      training: {
        ...plan.training,
        updates: this.#updates,
        trials: form.trials ?? trials,
        testTrials: 0,
        checkpoints: { every: this.#updates },
      },
      rule,
      seed,
    };
    ruleOf(spec);
    return spec;
  }
}
