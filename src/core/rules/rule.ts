/** A learning rule says as data how credit travels; engines read it. */

export type Credit = {
  /** how the error enters the units: through Woutᵀ */
  readonly readout: 'transpose';
  /** how error passes between units, back in time: through Wrecᵀ, or not at all (each unit keeps its own leak) */
  readonly recurrent: 'transpose' | 'none';
};

export type LearningRule = {
  readonly id: string;
  readonly label: string;
  /** one sentence for the user: what information the rule needs and what it leaves out */
  readonly summary: string;
  readonly source: string;
  readonly credit: Credit;
};
