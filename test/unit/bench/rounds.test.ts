import { describe, expect, it } from 'vitest';
import { middle, ratio, ratioText, smallest, takeTurns, timeText } from '../../../bench/rounds.ts';

/** Gives these times one after the other. */
function clocked(name: string, times: readonly number[], log: string[] = []) {
  let round = 0;
  return { name, sample: () => (log.push(name), times[round++]) };
}

describe('contenders that take turns', () => {
  it('run once each per round, after a first one that does not count', async () => {
    const log: string[] = [];
    const times = await takeTurns([clocked('a', [99, 1, 2], log), clocked('b', [99, 3, 4], log)], 2);
    expect(log).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    expect([...times]).toEqual([
      ['a', [1, 2]],
      ['b', [3, 4]],
    ]);
  });

  it('may take time to answer', async () => {
    const times = await takeTurns([{ name: 'slow', sample: () => Promise.resolve(5) }], 1);
    expect(times.get('slow')).toEqual([5]);
  });

  it('are compared by their smallest times and round by round', async () => {
    const contenders = [clocked('slow', [0, 10, 40, 30]), clocked('fast', [0, 5, 10, 2])];
    const times = await takeTurns(contenders, 3);
    expect([smallest(times, 'slow'), middle(times, 'slow')]).toEqual([10, 30]);
    // smallest 10 and 2; per round 2, 4, 15
    expect(ratio(times, 'slow', 'fast')).toEqual({ ofSmallest: 5, ofRounds: 4 });
    expect(ratioText(times, 'slow', 'fast', 1)).toBe('5.0 / 4.0');
    expect(timeText(times, 'fast')).toBe('2.0 / 5.0');
  });
});
