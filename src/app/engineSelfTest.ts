/**
 * Is an engine right, and how fast is it here? Compares it with the reference engine on a small network, then times
 * weight changes of the size of the published reach runs (200 units, 100 trials × 300 steps).
 */
import type { Engine, EngineState, TrainingSetup, Work } from '../core/engines/engine.ts';
import { referenceEngine } from '../core/engines/reference.ts';
import { initialState } from '../core/engines/state.ts';
import { TorchRandom } from '../core/math/random/torchRandom.ts';
import { sizeOf, tensor, type Tensor } from '../core/math/tensor.ts';
import { parameterNames, type NetworkShape, type Parameters } from '../core/models/parameters.ts';
import { bptt } from '../core/rules/bptt.ts';
import { drawNetwork } from '../core/rules/drawNetwork.ts';
import { eprop } from '../core/rules/eprop.ts';
import { rules } from '../core/rules/index.ts';
import type { LearningRule } from '../core/rules/rule.ts';
import type { EngineTest } from './contract.ts';
import { publishedPreset } from './presets.ts';

/** Differences that rounding to float32 can make in a few updates stay far below. */
export const tolerance = 1e-4;

const common = { inputs: 3, outputs: 2, activation: 'retanh', alpha: 0.1, leak: 'preactivation', dale: false } as const;
const small = { trials: 6, steps: 30, updates: 3 };
const smallShape: NetworkShape = { ...common, units: 24 };
/** for rules that compute their own gradient, at a cost that may grow with the number of units to the power of 4 */
const smallestShape: NetworkShape = { ...common, units: 8 };
/** for rules that ask for it */
const smallDaleShape: NetworkShape = { ...common, units: 48, activation: 'ReLU', dale: true };
const published = { shape: { ...common, units: 200 }, trials: 100, steps: 300 };
/** Engines that are slow are timed on this share of the trials: time grows with their number. */
const share = 0.1;
const rulesTimed = [bptt, eprop];
const together = 4;
/** spent on one figure, about */
const budgetMs = 500;

/**
 * The engine's test, one step per `next`; each yields what comes next, for those who wait. now: a clock in ms. A
 * generator, so that the caller can tell about it in between: the engine's work blocks.
 */
export function* testEngine(engine: Engine, now: () => number): Generator<string, EngineTest> {
  const numbers: EngineTest['numbers'] = [];
  for (const rule of rules.all) {
    yield `numbers of ${rule.label}`;
    const refusal = engine.refusal(setupOf(rule, shapeFor(rule)));
    if (refusal === null) {
      const { difference, repeats } = compareWithReference(engine, rule);
      numbers.push({ rule: rule.label, refusal, difference, agrees: difference < tolerance, repeats });
    } else numbers.push({ rule: rule.label, refusal, difference: null, agrees: false, repeats: false });
  }
  const speed: EngineTest['speed'] = [];
  for (const rule of rulesTimed) {
    yield `speed of ${rule.label}`;
    const alone = timeAlone(engine, rule, now);
    let msTogether: number | null = null;
    if (engine.ensembleSize > 1) {
      yield `speed of ${rule.label}, ${together} networks at once`;
      msTogether = timeTogether(engine, rule, now);
    }
    speed.push({ rule: rule.label, ...alone, msTogether });
  }
  const { id, label, description } = engine;
  return { engine: id, label, description, numbers, speed, error: null };
}

export const testSteps = rules.all.length + 2 * rulesTimed.length;

/**
 * Trains a small network twice on the engine and once on the reference engine. difference: the largest of any gradient
 * or weight, as a share of the largest entry of the gradient's array or of all weights.
 */
export function compareWithReference(engine: Engine, rule: LearningRule): { difference: number; repeats: boolean } {
  const expected = train(referenceEngine, rule);
  const found = train(engine, rule);
  const again = train(engine, rule);
  const differences = found.map((parameters, i) => differenceOf(parameters, expected[i]));
  return {
    difference: Math.max(...differences),
    repeats: found.every((parameters, i) => parameterNames.every((n) => sameBits(parameters[n], again[i][n]))),
  };
}

/** Gradient before and weights after each update. */
function train(engine: Engine, rule: LearningRule): Parameters[] {
  const { trials, steps, updates } = small;
  const shape = shapeFor(rule);
  const network = engine.open(setupOf(rule, shape), stateOf(shape, rule, engine));
  try {
    const work = randomWork(shape, trials, steps);
    return Array.from({ length: updates }).flatMap(() => {
      const { gradient } = network.gradient(work.batch, work.noise);
      network.update(work.batch, work.noise);
      return [gradient, network.state().parameters];
    });
  } finally {
    network.close();
  }
}

function differenceOf(found: Parameters, expected: Parameters): number {
  const shares = parameterNames.map((name) => {
    const [x, y] = [found[name].data, expected[name].data];
    let [largest, difference] = [0, 0];
    for (let i = 0; i < y.length; i++) {
      largest = Math.max(largest, Math.abs(y[i]));
      difference = Math.max(difference, Math.abs(x[i] - y[i]));
    }
    return difference === 0 ? 0 : difference / largest;
  });
  return Math.max(...shares);
}

function sameBits(x: Tensor, y: Tensor): boolean {
  return x.data.every((value, i) => Object.is(value, y.data[i]));
}

function timeAlone(engine: Engine, rule: LearningRule, now: () => number): { msPerUpdate: number; estimated: boolean } {
  const { shape, trials, steps } = published;
  const network = engine.open(setupOf(rule, shape), stateOf(shape, rule, engine));
  try {
    const few = randomWork(shape, trials * share, steps);
    const ms = msPerCall(() => network.update(few.batch, null), budgetMs / 5, now);
    if (ms / share > budgetMs) return { msPerUpdate: ms / share, estimated: true };
    const { batch } = randomWork(shape, trials, steps);
    return { msPerUpdate: msPerCall(() => network.update(batch, null), budgetMs, now), estimated: false };
  } finally {
    network.close();
  }
}

/** ms per update of one network, while several are trained side by side. */
function timeTogether(engine: Engine, rule: LearningRule, now: () => number): number {
  const { shape, trials, steps } = published;
  const states = Array.from({ length: together }, () => stateOf(shape, rule, engine));
  const ensemble = engine.openMany(setupOf(rule, shape), states);
  try {
    const work = states.map(() => ({ ...randomWork(shape, trials, steps), noise: null }));
    return msPerCall(() => ensemble.update(work), budgetMs, now) / together;
  } finally {
    ensemble.close();
  }
}

/** The median; the first call, which makes ready, counts only where it takes all the time there is. */
function msPerCall(call: () => unknown, spend: number, now: () => number): number {
  const times: number[] = [];
  const start = now();
  do {
    const before = now();
    call();
    times.push(now() - before);
  } while (now() - start < spend);
  const counted = (times.length > 1 ? times.slice(1) : times).sort((a, b) => a - b);
  return counted[counted.length >> 1];
}

function shapeFor(rule: LearningRule): NetworkShape {
  if (rule.credit === null) return smallestShape;
  return rule.obstacle?.(smallShape) ? smallDaleShape : smallShape;
}

function setupOf(rule: LearningRule, shape: NetworkShape): TrainingSetup {
  const { optimizer } = publishedPreset.plan.training;
  return { shape, rule, loss: 'mean-squared-error', blockPenalty: 0, optimizer };
}

function stateOf(shape: NetworkShape, rule: LearningRule, { precision }: Engine): EngineState {
  const model = { ...shape, initialGain: 1, readoutGain: 1, density: 1 };
  const { parameters, wiring } = drawNetwork(rule, shape, model, 1);
  return initialState(parameters, 1, precision, wiring);
}

/** The same in every call: random input, target and noise, the last third of the trials counts. */
function randomWork({ units, inputs, outputs }: NetworkShape, trials: number, steps: number): Work {
  const random = TorchRandom.seeded(1);
  const draw = (features: number, scale: number): Tensor => {
    const shape = [trials, steps, features];
    return tensor(
      shape,
      random.randn(sizeOf(shape)).map((v) => scale * v),
    );
  };
  const batch = { trials, steps, input: draw(inputs, 1), target: draw(outputs, 1), mask: draw(outputs, 0) };
  for (let trial = 0; trial < trials; trial++) {
    const end = (trial + 1) * steps * outputs;
    batch.mask.data.fill(1, end - Math.ceil(steps / 3) * outputs, end);
  }
  return { batch, noise: draw(units, 0.05) };
}
