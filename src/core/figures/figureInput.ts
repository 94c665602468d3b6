/** What figures of runs are made from. The application gathers it; a figure takes what it needs. */
import type { AlignmentPart } from '../analysis/gradientAlignment.ts';
import type { Performance } from '../metrics/performance.ts';
import type { StatisticsSettings } from '../statistics/compareGroups.ts';
import type { ReadAt, ReadingChoice } from '../statistics/readAt.ts';
import type { Figure } from './figure.ts';
import type { BandKind } from './seedBand.ts';

/** The results of one run along training, in order of updates. */
export type RunCurve = {
  /** the run's id */
  readonly run: string;
  /** curves of one rule share a colour; their mean over seeds is drawn */
  readonly rule: string;
  readonly ruleLabel: string;
  /** place of that colour in the palette */
  readonly color: number;
  readonly seed: number;
  readonly points: readonly CurvePoint[];
};

export type CurvePoint = {
  readonly update: number;
  /** result id → value; null or absent where there is none */
  readonly values: Readonly<Record<string, number | null>>;
};

/** The training loss of one run, at every update made. */
export type LossCurve = Omit<RunCurve, 'points'> & {
  readonly updates: ArrayLike<number>;
  readonly loss: ArrayLike<number>;
  /** of the whole gradient, after clipping */
  readonly gradientNorm: ArrayLike<number>;
};

/** A level that distances are read against. */
export type LevelShown = {
  readonly label: string;
  readonly kind: 'floor' | 'ceiling';
  readonly y: number;
  /** standard deviation over the draws that y is the mean of */
  readonly sd?: number | undefined;
  /** what it means that a network is nearer than this ceiling, or at its end no nearer than this floor */
  readonly past: string;
};

/** What figures show as distance between networks and recording. */
export type DistanceShown = {
  /** its place among the values of a point */
  readonly id: string;
  /** of the axis */
  readonly label: string;
  readonly better: 'lower' | 'higher' | 'neither';
  readonly levels: readonly LevelShown[];
  /** what a reader has to know about how it was measured */
  readonly notes: readonly string[];
};

export type FigureInput = {
  /** given to figures that ask for results or alignments, else empty */
  readonly curves: readonly RunCurve[];
  /** given to figures that ask for losses, else empty */
  readonly losses: readonly LossCurve[];
  /** false: the runs were trained on a task alone, so that no distance to a recording is there */
  readonly recorded: boolean;
  readonly distance: DistanceShown;
  /** results of the recording itself: result id → value */
  readonly recording: Readonly<Record<string, number | null>>;
  /** what counts as error and as accuracy in these runs */
  readonly performance: Performance;
  readonly logY: boolean;
  /** which part of the gradient is shown, in figures that have parts */
  readonly part: AlignmentPart;
  /** at which point of training seeds are read, in figures of one number per seed */
  readonly reading: ReadingChoice;
  readonly statistics: StatisticsSettings;
  /** round means over seeds along training */
  readonly band: BandKind;
};

export type FigureDefinition = {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  readonly needs: 'results' | 'losses' | 'alignments';
  /** of the gradient, of which it shows one at a time, at first the first; absent: none */
  readonly parts?: readonly AlignmentPart[];
  /** shows one number per seed, read where one chooses, and here where nobody chose */
  readonly reads?: ReadAt;
  describe(input: FigureInput): Figure;
};
