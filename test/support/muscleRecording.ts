/** MATLAB files of the shapes of Sussillo et al. 2015, with simulated reaches in them: nothing here was recorded. */
import { matFile, matNumbers } from './matFile.ts';

export const muscleExtents = { neurons: 180, muscles: 7, conditions: 27, neuralSteps: 196, muscleSteps: 66 };
type Value = (row: number, step: number, condition: number) => number;

/** One array of three axes, its values by their places. */
export function cubeMat(name: string, shape: readonly [number, number, number], value: Value): Uint8Array {
  const [rows, steps, conditions] = shape;
  const values: number[] = [];
  for (let c = 0; c < conditions; c++) {
    for (let t = 0; t < steps; t++) for (let r = 0; r < rows; r++) values.push(value(r, t, c));
  }
  return matFile([[name, matNumbers(shape, values)]], { compressed: true });
}

/** Two angles tell a reach; nine directions, three curvatures. */
const angles = (c: number): [number, number] => [(2 * Math.PI * (c % 9)) / 9, (2 * Math.PI * Math.floor(c / 9)) / 3];
const weight = (i: number, k: number): number => Math.sin(12.9898 * (i + 1) + 78.233 * (k + 1));

/** At ms from movement onset: a plan from −1100 ms on that turns into two waves of movement. */
function latents(ms: number, condition: number): number[] {
  const [direction, curve] = angles(condition);
  const plan = ms < -1100 || ms > -150 ? 0 : 1;
  const wave = (peak: number, width: number): number => Math.exp(-(((ms - peak) / width) ** 2));
  return [
    plan * Math.cos(direction),
    plan * Math.sin(direction),
    plan * Math.cos(curve),
    wave(-80, 90) * Math.cos(direction + 0.5),
    wave(60, 90) * Math.sin(direction + curve),
    wave(150, 120) * Math.cos(direction - curve),
    wave(0, 200),
  ];
}

const mixed = (i: number, values: readonly number[]): number => values.reduce((sum, v, k) => sum + v * weight(i, k), 0);

/** rates of neurons, above 0; steps of 10 ms that end at 400 ms */
export function neuralMat(conditions = muscleExtents.conditions, neurons = muscleExtents.neurons): Uint8Array {
  const { neuralSteps } = muscleExtents;
  return cubeMat('rates', [neurons, neuralSteps, conditions], (n, t, c) => {
    return 20 + 8 * mixed(n, latents(400 - 10 * (neuralSteps - 1 - t), c));
  });
}

/** what muscles do; steps of 10 ms that end at 400 ms */
export function muscleMat(conditions = muscleExtents.conditions, muscles = muscleExtents.muscles): Uint8Array {
  const { muscleSteps } = muscleExtents;
  return cubeMat('emg', [muscles, muscleSteps, conditions], (m, t, c) => {
    return Math.max(0, mixed(50 + m, latents(400 - 10 * (muscleSteps - 1 - t), c)));
  });
}
