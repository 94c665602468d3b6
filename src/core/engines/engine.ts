/** Who does the arithmetic. The reference engine is the oracle of all others. */
import type { LabError } from '../errors.ts';
import type { Precision, Tensor } from '../math/tensor.ts';
import type { NetworkShape, ParameterName, Parameters } from '../models/parameters.ts';
import type { Wiring } from '../models/wiring.ts';
import type { LearningRule } from '../rules/rule.ts';
import type { Batch, LossId } from '../tasks/task.ts';

export type OptimizerSettings = {
  readonly kind: 'adam' | 'adamw';
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** decoupled (AdamW); 0 for Adam */
  readonly weightDecay: number;
  /** largest allowed norm of the whole gradient, or null */
  readonly clipNorm: number | null;
  /** the learning rate is multiplied by `factor` after every `every` updates; null: constant */
  readonly decay: { readonly every: number; readonly factor: number } | null;
  /** parameters that keep their first values */
  readonly frozen: readonly ParameterName[];
};

export type TrainingSetup = {
  readonly shape: NetworkShape;
  readonly rule: LearningRule;
  readonly loss: LossId;
  /** coefficient of the sum of squares of the two off-diagonal blocks of Wrec, each ⌊N/2⌋ square; 0 = none */
  readonly blockPenalty: number;
  readonly optimizer: OptimizerSettings;
};

/** All that changes while training, so that a copy of it is a checkpoint one can resume from bit for bit. */
export type EngineState = {
  /** updates made so far */
  readonly update: number;
  readonly parameters: Parameters;
  /** Adam's running means of the gradient and of its square */
  readonly moments: { readonly first: Parameters; readonly second: Parameters };
  /** coefficient r of the activity penalty r · mean(h²) that the next update uses */
  readonly activityPenalty: number;
  readonly wiring: Wiring;
  /** of what the rule draws, see `ruleDraws`; of no use to most */
  readonly ruleSeed: number;
};

export type Loss = {
  /** see LossId */
  readonly main: number;
  /** r · mean(h²) over everything, noise included */
  readonly activity: number;
  /** penalty on blocks of Wrec */
  readonly weights: number;
};

export type UpdateReport = Loss & {
  /** number of this update, from 1 */
  readonly update: number;
  /** norm of the whole gradient, after clipping */
  readonly gradientNorm: number;
  /** coefficient r for the next update: r · 2/3 if the activity term reached half of the main one, else r */
  readonly activityPenalty: number;
};

export type Forward = {
  /** trials × steps × units */
  readonly rates: Tensor;
  /** trials × steps × outputs */
  readonly readout: Tensor;
};

/** One update's trials, and the noise added to the rates (trials × steps × units) or null. */
export type Work = { readonly batch: Batch; readonly noise: Tensor | null };

/** One network held by an engine. Not re-entrant. */
export interface Network {
  /** One weight change. noise: trials × steps × units, added to the rates, or null. */
  update(batch: Batch, noise: Tensor | null): UpdateReport;
  /** Loss and gradient (before clipping) at the present parameters; changes nothing. */
  gradient(batch: Batch, noise: Tensor | null): { loss: Loss; gradient: Parameters };
  /** Noise-free pass. input: trials × steps × inputs. */
  forward(input: Tensor): Forward;
  /** The readout alone (trials × steps × outputs), for test sets whose rates would not fit in memory. */
  readout(input: Tensor): Tensor;
  /** A copy. */
  state(): EngineState;
  close(): void;
}

/**
 * Networks of equal setup that an engine trains side by side. The numbers of one do not depend on the others.
 */
export interface Ensemble {
  readonly size: number;
  /**
   * One weight change of each network that has work; all work has equal trials and steps. Per network its report, the
   * LabError `training.diverged` that leaves it as it was, or null where it had no work.
   */
  update(work: readonly (Work | null)[]): (UpdateReport | LabError | null)[];
  /** Loss and gradient (before clipping) that an update of one network with this work takes; changes nothing. */
  gradient(network: number, work: Work): { loss: Loss; gradient: Parameters };
  /** A copy of the state of one network. */
  state(network: number): EngineState;
  close(): void;
}

export type EngineId = 'native-cuda' | 'native-cpu' | 'reference' | 'tensorflow';

export interface Engine {
  readonly id: EngineId;
  readonly label: string;
  readonly precision: Precision;
  /** for the run's record: version, instruction set, backend, threads */
  readonly description: string;
  /** Why this engine cannot do it, in words for the user, or null when it can. */
  refusal(setup: TrainingSetup): string | null;
  open(setup: TrainingSetup, state: EngineState): Network;
  openMany(setup: TrainingSetup, states: readonly EngineState[]): Ensemble;
  /** how many networks are worth training side by side in one call; 1: no gain */
  readonly ensembleSize: number;
}
