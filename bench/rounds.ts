/** Contenders that take turns, and what their times say. */
import { median } from './table.ts';

export type Contender = {
  readonly name: string;
  /** does the work once and gives its time in ms */
  readonly sample: () => number | Promise<number>;
};

/** Per contender its times in ms, one per round, after one sample each that does not count. */
export type Times = ReadonlyMap<string, readonly number[]>;

export async function takeTurns(contenders: readonly Contender[], rounds: number): Promise<Times> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const { name, sample } of contenders) {
      const ms = await sample();
      if (round >= 0) times.get(name)!.push(ms);
    }
  }
  return times;
}

export function smallest(times: Times, name: string): number {
  return Math.min(...times.get(name)!);
}

export function middle(times: Times, name: string): number {
  return median(times.get(name)!);
}

/** How many times the work of `name` takes what that of `base` takes: of the smallest times, and median over rounds. */
export function ratio(times: Times, name: string, base: string): { ofSmallest: number; ofRounds: number } {
  const below = times.get(base)!;
  return {
    ofSmallest: smallest(times, name) / smallest(times, base),
    ofRounds: median(times.get(name)!.map((ms, round) => ms / below[round])),
  };
}

/** "5.1 / 5.4": of the smallest times / median over rounds. */
export function ratioText(times: Times, name: string, base: string, digits = 2): string {
  const { ofSmallest, ofRounds } = ratio(times, name, base);
  return `${ofSmallest.toFixed(digits)} / ${ofRounds.toFixed(digits)}`;
}

/** "47.1 / 48.0": smallest / median, in ms. */
export function timeText(times: Times, name: string, digits = 1): string {
  return `${smallest(times, name).toFixed(digits)} / ${middle(times, name).toFixed(digits)}`;
}

/** ms of processor time, of all threads of this process. */
export function cpuTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** ms by the clock on the wall. */
export function wallTime(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
