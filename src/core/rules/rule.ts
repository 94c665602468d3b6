/** A learning rule says as data how credit travels, which engines read; one that cannot brings its own gradient. */
import type { ModelSettings } from '../models/parameters.ts';
import type { Gradient, Pass } from './pass.ts';

export type Credit = {
  /**
   * how the error enters the units: through Woutᵀ; through fixed random weights Boutᵀ; or through weights Boutᵀ that are
   * random at first and then change as Wout does
   */
  readonly readout: 'transpose' | 'random' | 'adaptive';
  /** share that Wout and Bout lose after every update, where Bout is adaptive; else 0 */
  readonly decay: number;
  /**
   * how error passes between units, back in time: through Wrecᵀ; not at all (each unit keeps its own leak); through each
   * unit's connection to itself alone; through fixed random weights; or through the means of Wrec over blocks of cell types
   */
  readonly recurrent: 'transpose' | 'none' | 'diagonal' | 'random' | 'cell-types';
  /**
   * what a unit keeps of its error from one step to the one before: what its state, which leaks, would keep; what a
   * leaking rate would, whatever leaks; or nothing
   */
  readonly keeps: 'state' | 'rate' | 'nothing';
  /** slope of the rate for errors between units, whatever the preactivation; null: the true φ′ */
  readonly slope: number | null;
  /** errors pass between units within windows of so many steps, counted from the end of the trial; null: throughout */
  readonly window: number | null;
};

/** What each of them can be, for forms and tables too. */
export const needKinds = {
  /** local: what pre- and postsynaptic unit do, and signals sent to units or to all; non-local: what other synapses know */
  locality: ['local', 'non-local'],
  /** how errors come to a synapse: as one number for all, sent from the outputs to each unit, or on through other units */
  signal: ['one number for all', 'to each unit', 'between units'],
  /** forward weights that errors must find again on their way back */
  weightTransport: ['none', 'readout', 'recurrent', 'readout and recurrent', 'readout and cell types'],
  /** online: the weight change is known as the trial goes on; offline: only after going back through the trial */
  timing: ['online', 'offline'],
  /** what is left to chance: nothing, weights drawn once, or draws in every update */
  draws: ['none', 'once', 'every update'],
} as const;

/** What a synapse would have to know. */
export type Needs = { readonly [K in keyof typeof needKinds]: (typeof needKinds)[K][number] } & {
  /** what is kept beside weights and rates; N units, T steps */
  readonly memory: string;
};

/** A number that a plan may set. */
export type RuleSetting = {
  readonly label: string;
  readonly hint: string;
  readonly unit?: string;
  readonly default: number;
  readonly whole?: boolean;
  readonly least?: number;
  readonly most?: number;
};

export type RuleValues = Readonly<Record<string, number>>;

/** A line of a rule's equation, and what it stands for. Symbols are those of docs/science.md. */
export type EquationLine = readonly [line: string, meaning: string];

export type LearningRule = {
  readonly id: string;
  readonly label: string;
  /** one sentence for the user: what information the rule needs and what it leaves out */
  readonly summary: string;
  readonly source: string;
  /** how the recurrent weights learn, as in the rule's own comment; the other parameters learn alike */
  readonly equation: readonly EquationLine[];
  readonly needs: Needs;
  /** with the default settings, where there are any; null where the rule brings its own gradient */
  readonly credit: Credit | null;
  /** in place of `credit`: the gradient from one batch, on the reference engine alone */
  gradient?(pass: Pass): Gradient;
  /** numbers that a plan may set, by name; absent: none */
  readonly settings?: Readonly<Record<string, RuleSetting>>;
  /** what the settings change; values holds one for each */
  configure?(values: RuleValues): Pick<LearningRule, 'credit'> | Pick<LearningRule, 'gradient'>;
  /** why no network of this kind can be trained with the rule, or null; absent: all can */
  obstacle?(model: Pick<ModelSettings, 'units' | 'activation' | 'dale'>): string | null;
};
