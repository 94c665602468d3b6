/**
 * The trials of the context-dependent decision that the published networks were trained on (`data_synthetic.pkl`): inputs
 * `IN` (trials × steps × 9), right outputs `TARGETOUT` and `output_mask` (trials × steps), one trial per condition, described
 * in `batch_trial_info`. Nothing was recorded with them; what they become is a task on 0 neurons.
 */
import { asCondition, conditionOf } from '../contextConditions.ts';
import type { Condition } from '../dataset.ts';
import { LabError } from '../../errors.ts';
import { tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { FileValue } from '../formats/format.ts';
import type { Layout } from './layout.ts';
import { isArray } from './reaching.ts';

const keys = { input: 'IN', target: 'TARGETOUT', mask: 'output_mask' } as const;
const described = 'batch_trial_info';

export const manteTrials: Layout = {
  id: 'mante2013-trials',
  recognises: (value) => value instanceof Map && [...Object.values(keys), described].every((k) => value.has(k)),
  toContent(value, fileName) {
    const entries = value as Map<string, FileValue>;
    const refuse = (expected: string, found: unknown): never => {
      throw new LabError('data.trials', `Reading "${fileName}": expected ${expected}, found ${String(found)}.`);
    };
    const infos = entries.get(described);
    if (!Array.isArray(infos) || infos.length === 0)
      return refuse(`"${described}" to be a list of trials`, typeof infos);
    const numberOf = (info: FileValue, name: string): number => {
      const found = info instanceof Map ? info.get(name) : undefined;
      return typeof found === 'number' ? found : refuse(`a number "${name}" for every trial`, typeof found);
    };
    const conditions = infos.map((info): Condition => {
      const condition = conditionOf(
        numberOf(info, 'coh_motion'),
        numberOf(info, 'coh_color'),
        numberOf(info, 'context'),
      );
      const choice = numberOf(info, 'ground_truth');
      if (choice !== condition.choice) refuse(`choice ${condition.choice} for ${asCondition(condition).label}`, choice);
      return asCondition(condition);
    });
    const arrayOf = (name: string, shape: readonly (number | null)[]): Tensor => {
      const found = entries.get(name);
      const fits =
        isArray(found) &&
        found.shape.length === shape.length &&
        shape.every((n, i) => n === null || n === found.shape[i]);
      if (fits) return tensor(found.shape, found.data);
      const wanted = shape.map((n) => n ?? 'any').join(' × ');
      return refuse(`"${name}" to be ${wanted}`, isArray(found) ? found.shape.join(' × ') : 'no array');
    };
    const input = arrayOf(keys.input, [infos.length, null, null]);
    const steps = input.shape[1];
    const [start, stop] = ['recording_start_index', 'recording_stop_index'].map((name) => numberOf(entries, name));
    if (!(Number.isInteger(start) && Number.isInteger(stop) && 0 <= start && start < stop - 1 && stop <= steps)) {
      refuse(`a recording within ${steps} steps`, `${start} to ${stop}`);
    }
    const dtMs = numberOf(infos[0], 'dt');
    if (!(dtMs > 0)) refuse('steps longer than 0 ms', dtMs);
    return {
      name: 'Mante 2013 trials, nothing recorded',
      simulated: false,
      activity: tensor([0, stop - start, conditions.length], new Float64Array()),
      timeMs: Float64Array.from({ length: stop - start }, (_, t) => t * dtMs),
      alignment: 'stimulus onset',
      conditions,
      kinematics: {},
      facts: {},
      trials: {
        input,
        target: arrayOf(keys.target, [infos.length, steps]),
        mask: arrayOf(keys.mask, [infos.length, steps]),
        start,
      },
    };
  },
};
