/** Kinds of laws that several rules share. */
import { referenceEngine } from '../../core/engines/reference.ts';
import { parameterNames, type ParameterName } from '../../core/models/parameters.ts';
import { bptt } from '../../core/rules/bptt.ts';
import type { Credit, LearningRule } from '../../core/rules/rule.ts';
import { cosineOfMean, standardErrors } from './expectation.ts';
import type { Law } from './law.ts';
import {
  apart,
  batchOf,
  cosine,
  daleForm,
  forms,
  gradientOf,
  preactivationForm,
  rateForm,
  setupOf,
  stateOf,
  type Change,
  type Form,
} from './smallNetwork.ts';
import { apartFromTraces, type Trace } from './traces.ts';

/** Rounding in float64, as a share of the largest entry. */
export const rounding = 1e-12;
export const allButInitialState = parameterNames.filter((name) => name !== 'a0');
export const withoutDale = forms.filter(({ dale }) => !dale);

/** The largest of all forms of network. */
export function worst(measure: (form: Form) => number, among: readonly Form[] = forms): number {
  return Math.max(...among.map(measure));
}

/** The same rule with another part of its credit. */
export function withCredit(rule: LearningRule, change: Partial<Credit>): LearningRule {
  return { ...rule, credit: { ...rule.credit!, ...change } };
}

export type Given = Change & {
  /** parameters to compare; absent: all */
  readonly names?: readonly ParameterName[];
};

type Among = { given?: (form: Form) => Given; among?: readonly Form[] };

/** Both rules give the same gradient in every form, given the same. */
export function same(
  rule: LearningRule,
  says: string,
  other: LearningRule,
  { given = () => ({}), among = forms }: Among = {},
): Law {
  const measure = (form: Form): number => {
    const { names, ...change } = given(form);
    return apart(gradientOf(rule, form, change), gradientOf(other, form, change), names);
  };
  return {
    rule: rule.id,
    says,
    figure: 'largest difference',
    most: rounding,
    measure: () => worst(measure, among),
  };
}

/** Before the readout, the rule points elsewhere than another. */
export function different(
  rule: LearningRule,
  other: LearningRule,
  where = 'in an active recurrent network',
  among: readonly Form[] = forms,
): Law {
  return {
    rule: rule.id,
    says: `points elsewhere than ${other.label} ${where}`,
    figure: 'largest cosine',
    most: 0.999,
    measure: () => worst((form) => cosine(gradientOf(rule, form), gradientOf(other, form)), among),
  };
}

/** The rule as it is usually written is what engines compute. */
export function asTraces(rule: LearningRule, trace: Trace, of: string): Law {
  return {
    rule: rule.id,
    says: `is what ${of} give, summed forward in time`,
    figure: 'largest difference',
    most: rounding,
    measure: () => worst((form) => apartFromTraces(rule, form, trace)),
  };
}

const draws = 400;
const directions = 8;
/** In a right rule the mean lies farther off along one of 8 directions once in 2000 times; the draws are always the same. */
const mostErrors = 4;

/** On average over draws the rule is BPTT, while one draw is far from it. */
export function unbiased(rule: LearningRule): Law[] {
  const { id } = rule;
  const exact = gradientOf.bind(null, bptt, preactivationForm);
  return [
    {
      rule: id,
      says: `is BPTT on average: along its gradient and ${directions - 1} random directions the mean of ${draws} draws lies within ${mostErrors} standard errors`,
      figure: 'largest distance in standard errors',
      most: mostErrors,
      measure: () =>
        worst((form) => standardErrors(rule, form, draws, directions), [preactivationForm, rateForm, daleForm]),
    },
    {
      rule: id,
      says: `comes near to BPTT when ${draws} draws are averaged`,
      figure: 'cosine of the mean',
      least: 0.9,
      measure: () => cosineOfMean(rule, preactivationForm, draws),
    },
    {
      rule: id,
      says: 'is far from BPTT in a single draw',
      figure: 'cosine',
      most: 0.8,
      measure: () => cosine(gradientOf(rule, preactivationForm), exact()),
    },
  ];
}

/**
 * Training on one batch makes the loss smaller; where errors come through weights that do not know the readout, only as
 * the readout aligns with them, which takes longer.
 */
export function learns(rule: LearningRule): Law[] {
  const blind = rule.needs.draws === 'once';
  const updates = blind ? 300 : 100;
  const law = (says: string, most: number, measure: () => number): Law => ({
    rule: rule.id,
    says,
    figure: 'loss after / before',
    most,
    measure,
  });
  const whole = law(`makes the loss smaller in ${updates} updates on a batch`, 0.6, () =>
    lossAfterTraining(rule, [], updates),
  );
  const upstreamAlone = law('makes the loss smaller where the readout does not learn', 0.7, () =>
    lossAfterTraining(rule, ['Wout', 'bout'], 2 * updates),
  );
  return blind ? [whole] : [whole, upstreamAlone];
}

function lossAfterTraining(rule: LearningRule, frozen: readonly ParameterName[], updates: number): number {
  const change = { frozen, activityPenalty: 0 };
  const [setup, state] = [setupOf(rule, preactivationForm, change), stateOf(rule, preactivationForm, change)];
  const network = referenceEngine.open(setup, state);
  const batch = batchOf(preactivationForm);
  const first = network.update(batch, null).main;
  let last = first;
  for (let k = 0; k < updates; k++) last = network.update(batch, null).main;
  return last / first;
}

/** Cosine of Wout and Bout after 300 updates, less that before: what makes random feedback useful. */
export function aligns(rule: LearningRule): Law {
  return {
    rule: rule.id,
    says: 'makes the readout align with the feedback in 300 updates',
    figure: 'gain in cosine',
    least: 0.2,
    measure: () => {
      const network = referenceEngine.open(
        setupOf(rule, preactivationForm),
        stateOf(rule, preactivationForm, { activityPenalty: 0 }),
      );
      const angle = (): number => {
        const { parameters, wiring } = network.state();
        const feedback = { ...parameters, Wout: wiring.Bout! };
        return cosine(parameters, feedback, ['Wout']);
      };
      const before = angle();
      for (let k = 0; k < 300; k++) network.update(batchOf(preactivationForm), null);
      return angle() - before;
    },
  };
}
