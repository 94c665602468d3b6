/** A learning rule says as data how credit travels; engines read it. */
import type { ModelSettings } from '../models/parameters.ts';

export type Credit = {
  /** how the error enters the units: through Woutᵀ, or through fixed random weights Boutᵀ */
  readonly readout: 'transpose' | 'random';
  /**
   * how error passes between units, back in time: through Wrecᵀ; not at all (each unit keeps its own leak); or through
   * the means of Wrec over blocks of cell types
   */
  readonly recurrent: 'transpose' | 'none' | 'cell-types';
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

export type LearningRule = {
  readonly id: string;
  readonly label: string;
  /** one sentence for the user: what information the rule needs and what it leaves out */
  readonly summary: string;
  readonly source: string;
  readonly needs: Needs;
  /** with the default settings, where there are any */
  readonly credit: Credit;
  /** numbers that a plan may set, by name; absent: none */
  readonly settings?: Readonly<Record<string, RuleSetting>>;
  /** what the settings change; values holds one for each */
  configure?(values: RuleValues): Partial<Pick<LearningRule, 'credit'>>;
  /** why no network of this kind can be trained with the rule, or null; absent: all can */
  obstacle?(model: Pick<ModelSettings, 'units' | 'activation' | 'dale'>): string | null;
};
