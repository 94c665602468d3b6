/** All that is chosen on the way from spikes to rates. */

/** How a file is to be read, where it leaves that open. */
export type ReadAs = Pick<RateOptions, 'table' | 'ticksPerSecond'>;

/** A condition variable: trials with the same value are averaged. */
export type ConditionVariable = {
  column: string;
  /** angles become the nearest of this many directions, 0° among them; absent: values are taken as they are */
  directions?: number | undefined;
  /** of angles; absent: deg */
  unit?: 'deg' | 'rad' | undefined;
};

export type Smoothing =
  | { kind: 'none' }
  /** sdMs: standard deviation */
  | { kind: 'gaussian'; sdMs: number }
  /** the later half of a Gaussian: a spike acts on what comes after it only. sdMs: of the whole Gaussian */
  | { kind: 'causal'; sdMs: number };

export type Normalisation =
  | { kind: 'none' }
  /** of every neuron: minus its mean, over its standard deviation, both over steps and conditions */
  | { kind: 'zScore' }
  /** of every neuron: over its range (largest − smallest) + constant (Churchland et al. 2012, Nature 487:51) */
  | { kind: 'soft'; constantHz: number };

export type RateOptions = {
  /** how the dataset is called */
  name: string;
  /** table of the trials, in a file that has several; absent: the one that is told of first */
  table?: string | undefined;
  /** of the clock of spikes and events, in a file that does not say: 1, seconds; 1000, ms; or a sampling rate */
  ticksPerSecond?: number | undefined;
  /** column with the event that is at time 0 of every trial */
  event: string;
  /** centres of the first and of the last step, ms from the event */
  fromMs: number;
  toMs: number;
  /** length of a step */
  binMs: number;
  smoothing: Smoothing;
  /** none: one condition of all trials */
  conditions: ConditionVariable[];
  /** trials are taken where every column named has one of the values */
  only: { column: string; is: (number | string)[] }[];
  /** conditions with fewer trials are left out, and so are neurons recorded in fewer trials of one that is kept */
  minTrials: number;
  /** neurons are left out whose mean rate in the trials taken is not above; 0: those without a spike */
  minRateHz: number;
  normalisation: Normalisation;
  /** of what was measured beside: as it is; each minus its first step, over its largest size; or left out */
  signals: 'recorded' | 'scaled' | 'none';
  /** whether the dataset holds single trials too, for what splits them */
  keepTrials: boolean;
};

export const defaultRates = {
  fromMs: -500,
  toMs: 1000,
  binMs: 10,
  smoothing: { kind: 'gaussian', sdMs: 25 },
  minTrials: 2,
  minRateHz: 0,
  softConstantHz: 5,
  directions: 8,
} as const;
