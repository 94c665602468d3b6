import type { Dataset } from '../../src/core/data/dataset.ts';
import { TorchRandom } from '../../src/core/math/random/torchRandom.ts';
import { tensor } from '../../src/core/math/tensor.ts';

const kinematics = ['handX', 'handY', 'handVx', 'handVy', 'shoulderAngle', 'elbowAngle'];

/** A small simulated reach recording: 8 directions, 5 neurons, −800 … 400 ms in steps of 10 ms. */
export function reachDataset(changes: Partial<Dataset> = {}): Dataset {
  const steps = 121;
  const conditions = 8;
  const random = TorchRandom.seeded(1);
  const draw = (shape: number[]) =>
    tensor(
      shape,
      Float64Array.from(
        random.uniform(
          shape.reduce((n, m) => n * m, 1),
          -1,
          1,
        ),
      ),
    );
  return {
    name: 'simulated reach',
    simulated: true,
    activity: draw([5, steps, conditions]),
    timeMs: Float64Array.from({ length: steps }, (_, t) => -800 + 10 * t),
    alignment: 'movement onset',
    conditions: Array.from({ length: conditions }, (_, c) => ({
      label: `${45 * c}°`,
      values: { directionDeg: 45 * c },
    })),
    kinematics: Object.fromEntries(kinematics.map((name) => [name, draw([conditions, steps])])),
    facts: {},
    source: { path: 'reach.npy', sha256: '', bytes: 0, format: 'npy', layout: 'reach' },
    ...changes,
  };
}
