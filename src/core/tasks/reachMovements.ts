import type { Dataset } from '../data/dataset.ts';
import { LabError } from '../errors.ts';
import { reachOutputs, type ReachOutput } from './reachSettings.ts';
import type { Movement } from './reachTrial.ts';

/** The movement is taken from this time on, relative to its onset, to the end of the recording. */
const movementStartMs = -100;

/** Kinematics behind the outputs, by their names in the dataset. */
const kinematicsOf = {
  position: ['handX', 'handY'],
  velocity: ['handVx', 'handVy'],
  angles: ['shoulderAngle', 'elbowAngle'],
};

/** One output of the network. */
type Column = {
  readonly label: string;
  /** target at a step of the dataset */
  readonly target: (condition: number, step: number) => number;
  /** true when the target counts and stays to the end of the trial */
  readonly staysOn: boolean;
};

export function outputColumns(dataset: Dataset, outputs: readonly ReachOutput[]): Column[] {
  return reachOutputs
    .filter((output) => outputs.includes(output))
    .flatMap((output) =>
      output === 'onehot' ? oneHot(dataset) : kinematicsOf[output].map((name) => recorded(dataset, name)),
    );
}

/** What the arm did, condition by condition. Throws when the dataset does not tell. */
export function movementsOf(dataset: Dataset, columns: readonly Column[]): Movement[] {
  const steps = movementSteps(dataset.timeMs);
  return dataset.conditions.map(({ label, values }, condition) => {
    const degrees = values['directionDeg'];
    if (degrees === undefined) missing('a direction (directionDeg) for every condition', `none for "${label}"`);
    const radians = (degrees * Math.PI) / 180;
    return {
      cue: [Math.sin(radians), Math.cos(radians)],
      rest: new Float32Array(columns.length),
      target: Float32Array.from(steps.flatMap((step) => columns.map((column) => column.target(condition, step)))),
      after: {
        target: Float32Array.from(columns, ({ staysOn, target }) => (staysOn ? target(condition, steps[0]) : 0)),
        mask: Float32Array.from(columns, ({ staysOn }) => (staysOn ? 1 : 0)),
      },
    };
  });
}

function oneHot({ conditions }: Dataset): Column[] {
  return conditions.map(({ label }, k) => ({ label, target: (c) => (c === k ? 1 : 0), staysOn: true }));
}

function recorded({ kinematics, timeMs }: Dataset, name: string): Column {
  const values = kinematics[name]?.data;
  if (!values) missing(`kinematics "${name}"`, Object.keys(kinematics).join(', ') || 'none');
  return { label: name, target: (condition, step) => values[condition * timeMs.length + step], staysOn: false };
}

/** Steps of the dataset that the network has to repeat: from 100 ms before movement onset on. */
export function movementSteps(timeMs: Float64Array): number[] {
  const first = timeMs.findIndex((t) => t >= movementStartMs);
  if (first === -1 || timeMs[0] > movementStartMs) {
    missing(
      `times from ${movementStartMs} ms on, relative to movement onset`,
      `${timeMs[0]} … ${timeMs.at(-1)} ms`,
      'Import the recording again with the time of its first step, or choose another one.',
    );
  }
  return Array.from(timeMs.subarray(first), (_, k) => first + k);
}

const otherOutputs = 'Choose other outputs or a dataset with them.';

function missing(expected: string, found: string, advice = otherOutputs): never {
  throw new LabError(
    'task.data',
    `Posing the reach task on a dataset: expected ${expected}, found ${found}. ${advice}`,
  );
}
