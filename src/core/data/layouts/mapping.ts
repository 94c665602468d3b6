/** The user's word on what the arrays of a file, or the columns of a table, are. Plain JSON, checked by app/mapping.ts. */

/** What an axis of activity is; `signal` stands for `neuron` in behaviour. */
export type AxisName = 'neuron' | 'signal' | 'time' | 'trial' | 'condition';

export type TimeUnit = 's' | 'ms';

type Common = {
  /** the event at time 0 */
  alignment: string;
  /** of the dataset */
  name: string;
  /**
   * neurons with fewer trials than this in any condition are left out; absent: a neuron without a trial in some condition
   * is refused
   */
  minTrials?: number | undefined;
};

/** When the steps are: an array of the file with one time per step, or the first one and the length of a step. */
type Times = {
  times?: { array: string; unit: TimeUnit } | undefined;
  dtMs?: number | undefined;
  /** time of the first step relative to the alignment event */
  startMs?: number | undefined;
};

export type ArrayMapping = Common &
  Times & {
    kind?: 'array' | undefined;
    /** key of the array, or null when the file is one array; of a list of arrays, the list's, which is the first axis then */
    array: string | null;
    /**
     * neuron and time, each once; perhaps trial, once, which is averaged over; perhaps condition, where several axes make
     * all their combinations. Without condition there is one, unless the trials have labels.
     */
    axes: AxisName[];
    /** arrays with a number or text per trial: trials of the same labels are of one condition */
    conditionOf?: string[] | undefined;
    /** arrays with a number or text per condition; where several axes are conditions, one for each of them */
    conditionLabels?: string[] | undefined;
    /** array with a text or number per neuron */
    neuronNames?: string | undefined;
    /** behaviour on the same steps, by the name that it gets: arrays with the same axes but for neuron, or conditions × steps */
    signals?: Record<string, string> | undefined;
  };

/** A table whose columns do not say by their names what they are. */
export type TableMapping = Common & {
  kind: 'table';
  time: string;
  timeUnit: TimeUnit;
  /** columns that together say which condition a row is of; absent or empty: there is one */
  conditions?: string[] | undefined;
  /** column that tells the trials of a condition apart: they are averaged over */
  trial?: string | undefined;
  /** of a table with one rate a row: the columns of both */
  neuron?: string | undefined;
  rate?: string | undefined;
  /** of a table with one column per neuron: these columns */
  neurons?: string[] | undefined;
};

export type Mapping = ArrayMapping | TableMapping;

export function isTableMapping(mapping: Mapping): mapping is TableMapping {
  return mapping.kind === 'table';
}

/** What is told of an array of a file before its numbers are asked for. */
export type ArrayFacts = {
  key: string | null;
  /** of a list of arrays, its length first */
  shape: number[];
  /** of numbers; `text` for a list of texts */
  dtype: string;
  /** a list of arrays, one per entry of the first axis; ragged: an axis along which they differ in length, filled with NaN */
  list?: { ragged: number | null } | undefined;
  /** of one number or text */
  value?: number | string | undefined;
  /** of a row of numbers in even steps */
  even?: { first: number; step: number } | undefined;
  /** of a row of numbers or texts: how many different ones */
  levels?: number | undefined;
};

export type ColumnFacts = { name: string; numbers: boolean; levels: number; first: string };

export type Question = {
  why: string;
  arrays: ArrayFacts[];
  /** of a table; absent where the file is none */
  columns?: ColumnFacts[] | undefined;
  suggestion: Mapping | null;
  /** why the suggestion is what it is, by field; of the axes: `axis 1`, … */
  reasons: Record<string, string>;
};
