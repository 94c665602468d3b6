/** The laws of all rules. The tests check them, and so can the user: `lrlab rules --check`. */
import { referenceEngine } from '../../core/engines/reference.ts';
import { addOuter } from '../../core/math/linear/products.ts';
import { ruleDraws } from '../../core/math/random/ruleDraws.ts';
import { tensor, type Tensor } from '../../core/math/tensor.ts';
import { bptt } from '../../core/rules/bptt.ts';
import { directFeedback, directFeedbackAlignment, drawFeedback } from '../../core/rules/directFeedbackAlignment.ts';
import { eprop } from '../../core/rules/eprop.ts';
import { epropAdaptive } from '../../core/rules/epropAdaptive.ts';
import { epropRandom } from '../../core/rules/epropRandom.ts';
import { feedbackAlignment } from '../../core/rules/feedbackAlignment.ts';
import { rules } from '../../core/rules/index.ts';
import { modProp } from '../../core/rules/modProp.ts';
import { nodePerturbation } from '../../core/rules/nodePerturbation.ts';
import { recurrentFeedbackAlignment } from '../../core/rules/recurrentFeedbackAlignment.ts';
import { rflo } from '../../core/rules/rflo.ts';
import { rtrl } from '../../core/rules/rtrl.ts';
import type { LearningRule } from '../../core/rules/rule.ts';
import { snap1 } from '../../core/rules/snap1.ts';
import { threeFactor } from '../../core/rules/threeFactor.ts';
import { truncatedBptt } from '../../core/rules/truncatedBptt.ts';
import { uoro } from '../../core/rules/uoro.ts';
import {
  aligns,
  allButInitialState,
  asTraces,
  different,
  learns,
  rounding,
  same,
  unbiased,
  withCredit,
  withoutDale,
  worst,
  type Given,
} from './kinds.ts';
import type { Law } from './law.ts';
import {
  apart,
  batchOf,
  daleForm,
  flat,
  forms,
  gradientOf,
  memorylessLinearForm,
  noiseOf,
  noRecurrence,
  nudged,
  parameters,
  preactivationForm,
  randomDirection,
  setupOf,
  sizes,
  stateOf,
  weightsOf,
  type Form,
} from './smallNetwork.ts';
import { epropTrace, presentTrace, rfloTrace, snapTrace } from './traces.ts';

const readoutFeedback = (): Given => ({ wiring: { Bout: parameters.Wout } });
const ownFeedback = (form: Form): Given => ({ wiring: { Bout: parameters.Wout, Brec: weightsOf(form) } });

const specific: readonly Law[] = [
  {
    rule: bptt.id,
    says: 'is compared with the other rules in active networks, whose units do not saturate',
    figure: 'smallest share of rates from 0.1 to 0.95',
    least: 0.5,
    measure: () => Math.min(...forms.map(shareOfActiveRates)),
  },
  {
    rule: bptt.id,
    says: 'is the slope of the loss along random directions, by central differences',
    figure: 'largest relative difference',
    most: 1e-6,
    measure: () => worst(apartFromSlope),
  },

  asTraces(eprop, epropTrace, 'eligibility traces times learning signals'),
  same(eprop, 'equals BPTT where there are no recurrent weights', bptt, {
    given: () => ({ parameters: noRecurrence }),
    among: withoutDale, // under it the slope of |w| at 0 is 0
  }),
  same(eprop, 'equals BPTT on a single step, but for the initial state', bptt, {
    given: () => ({ steps: 1, names: allButInitialState }),
  }),
  different(eprop, bptt),

  same(withCredit(truncatedBptt, { window: sizes.steps + 1 }), 'equals BPTT with a window longer than the trial', bptt),
  same(withCredit(truncatedBptt, { window: 1 }), 'equals e-prop with windows of one step', eprop),
  different(withCredit(truncatedBptt, { window: 3 }), bptt, 'with windows of 3 steps'),

  same(feedbackAlignment, 'equals BPTT when it sends errors through the readout’s own weights', bptt, {
    given: readoutFeedback,
  }),
  different(feedbackAlignment, bptt),
  aligns(feedbackAlignment),

  same(withCredit(modProp, { slope: null }), 'equals BPTT with the weights themselves and the true slope', bptt, {
    given: ownFeedback,
  }),
  different(modProp, bptt),

  asTraces(epropRandom, epropTrace, 'eligibility traces times random signals'),
  same(epropRandom, 'equals e-prop when it sends errors through the readout’s own weights', eprop, {
    given: readoutFeedback,
  }),
  different(epropRandom, eprop),
  aligns(epropRandom),

  same(epropAdaptive, 'equals e-prop once its feedback matches the readout', eprop, { given: readoutFeedback }),
  {
    rule: epropAdaptive.id,
    says: 'brings feedback and readout together by the same share in every update',
    figure: 'largest relative difference',
    most: 1e-10,
    measure: () => worst(apartFromDecay),
  },
  different(epropAdaptive, eprop),
  aligns(epropAdaptive),

  asTraces(rflo, rfloTrace, 'the published traces times random signals'),
  same(rflo, 'equals e-prop with random broadcast where the rate leaks', epropRandom, {
    among: forms.filter(({ leak }) => leak === 'rate'),
  }),
  different(rflo, epropRandom, 'where the preactivation leaks', [preactivationForm]),
  aligns(rflo),

  asTraces(threeFactor, presentTrace, 'present activity times present error'),
  same(threeFactor, 'equals BPTT on a single step, but for the initial state', bptt, {
    given: () => ({ steps: 1, names: allButInitialState }),
  }),
  different(threeFactor, eprop),

  same(recurrentFeedbackAlignment, 'equals BPTT through the weights of the network itself', bptt, {
    given: ownFeedback,
  }),
  different(recurrentFeedbackAlignment, bptt),
  aligns(recurrentFeedbackAlignment),

  {
    rule: directFeedbackAlignment.id,
    says: 'equals e-prop with the same random broadcast where there are no lags',
    figure: 'largest difference',
    most: rounding,
    measure: () => worst(apartWithoutLags),
  },
  {
    rule: directFeedbackAlignment.id,
    says: 'equals BPTT through the true matrices of a linear network without leak, but for the initial state',
    figure: 'largest difference',
    most: rounding,
    measure: apartThroughTrueMatrices,
  },
  different(directFeedbackAlignment, bptt),

  asTraces(snap1, snapTrace, 'influences of synapses on their own targets'),
  same(snap1, "equals e-prop where no unit connects to itself, as under Dale's law", eprop, { among: [daleForm] }),
  different(snap1, eprop, 'where units connect to themselves', withoutDale),
  different(snap1, bptt),

  { ...same(rtrl, 'equals BPTT', bptt), most: 1e-10 },

  ...unbiased(uoro),
  ...unbiased(rules.configured(nodePerturbation.id, { deviation: 1e-3, draws: 1 })),
];

/** In the order of the rules. */
export const laws: readonly Law[] = rules.all.flatMap((rule) => [
  ...specific.filter((law) => law.rule === rule.id),
  ...learns(rule),
]);

function shareOfActiveRates(form: Form): number {
  const network = referenceEngine.open(setupOf(bptt, form), stateOf(bptt, form));
  const sizesOfRates = Array.from(network.forward(batchOf(form).input).rates.data, Math.abs);
  return sizesOfRates.filter((h) => h > 0.1 && h < 0.95).length / sizesOfRates.length;
}

function apartFromSlope(form: Form): number {
  const setup = setupOf(bptt, form);
  const state = stateOf(bptt, form);
  const gradient = flat(gradientOf(bptt, form));
  const h = 1e-5;
  const ratios = [0, 1, 2].map((d) => {
    const direction = randomDirection(2000 + 10 * d);
    const lossAt = (by: number): number => {
      const network = referenceEngine.open(setup, { ...state, parameters: nudged(parameters, direction, by) });
      const { main, activity } = network.gradient(batchOf(form), noiseOf()).loss;
      return main + activity;
    };
    const expected = flat(direction).reduce((sum, v, i) => sum + v * gradient[i], 0);
    return Math.abs((lossAt(h) - lossAt(-h)) / (2 * h) / expected - 1);
  });
  return Math.max(...ratios);
}

/** How far Wout − Bout is from (1 − λ)ᵏ of what it was, after k updates. */
function apartFromDecay(form: Form): number {
  const updates = 20;
  const network = referenceEngine.open(setupOf(epropAdaptive, form), stateOf(epropAdaptive, form));
  const difference = (): number[] => {
    const { parameters: p, wiring } = network.state();
    return Array.from(p.Wout.data, (w, k) => w - wiring.Bout!.data[k]);
  };
  const before = difference();
  for (let k = 0; k < updates; k++) network.update(batchOf(form), noiseOf());
  const left = (1 - epropAdaptive.credit!.decay) ** updates;
  return Math.max(...difference().map((d, k) => Math.abs(d / (left * before[k]) - 1)));
}

function apartWithoutLags(form: Form): number {
  const ruleSeed = 1;
  const [B0] = drawFeedback(sizes, 0, ruleDraws(ruleSeed, 0));
  const given = { ruleSeed, wiring: { Bout: tensor([sizes.outputs, sizes.units], B0) } };
  const direct = rules.configured(directFeedbackAlignment.id, { lags: 0 });
  return apart(gradientOf(direct, form, given), gradientOf(epropRandom, form, given));
}

function apartThroughTrueMatrices(): number {
  const form = memorylessLinearForm;
  const feedback = trueFeedback(form);
  const direct: LearningRule = { ...directFeedbackAlignment, gradient: (pass) => directFeedback(pass, feedback) };
  const given = { activityPenalty: 0 };
  return apart(gradientOf(direct, form, given), gradientOf(bptt, form, given), allButInitialState);
}

/** Wout Wˡ, l = 0 … steps − 1: outputs × N each. */
function trueFeedback(form: Form): Tensor['data'][] {
  const { units: N, outputs, steps } = sizes;
  const W = weightsOf(form).data as Float64Array;
  const matrices = [parameters.Wout.data as Float64Array];
  for (let l = 1; l < steps; l++) {
    const product = new Float64Array(outputs * N);
    for (let o = 0; o < outputs; o++) {
      const row = product.subarray(o * N, (o + 1) * N);
      for (let k = 0; k < N; k++) addOuter(row, matrices[l - 1], o * N + k, 1, W, k * N, N);
    }
    matrices.push(product);
  }
  return matrices;
}
