/** A learning rule says as data how credit travels; engines read it. */

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

export type LearningRule = {
  readonly id: string;
  readonly label: string;
  /** one sentence for the user: what information the rule needs and what it leaves out */
  readonly summary: string;
  readonly source: string;
  readonly credit: Credit;
};
