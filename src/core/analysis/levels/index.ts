/** All levels. A new one is one file and one line here. */
import { LabError } from '../../errors.ts';
import { conditionAverage } from './conditionAverage.ts';
import type { Level } from './level.ts';
import { neuronSplit } from './neuronSplit.ts';
import { neuronSplitExtrapolated } from './neuronSplitExtrapolated.ts';
import { timeShuffled } from './timeShuffled.ts';
import { trialSplit } from './trialSplit.ts';

const all: readonly Level[] = [conditionAverage, timeShuffled, neuronSplit, neuronSplitExtrapolated, trialSplit];

export const levels = {
  all,
  get(id: string): Level {
    const level = all.find((l) => l.id === id);
    if (level) return level;
    const known = all.map((l) => `"${l.id}"`).join(', ');
    throw new LabError('level.unknown', `Choosing a level to compare with: expected one of ${known}, found "${id}".`);
  },
};
