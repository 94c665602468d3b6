/** Seeds as people write them: "1-5, 8". */

/** Largest seed: training and test streams take the seed plus up to 3. */
const largest = 2 ** 32 - 4;
/** A range longer than this is a slip of the finger. */
const mostSeeds = 1000;

export type ReadSeeds = { ok: true; seeds: number[] } | { ok: false; why: string };

/** In the order written, each once. */
export function readSeeds(text: string): ReadSeeds {
  const seeds = new Set<number>();
  for (const part of text.split(/[,;\s]+/).filter((p) => p !== '')) {
    const match = /^(\d+)(?:[-–](\d+))?$/.exec(part);
    if (!match) return { ok: false, why: `“${part}” is not a seed. Write numbers and ranges, for example 1-5, 8.` };
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last < first) return { ok: false, why: `The range “${part}” runs backwards; write ${last}-${first}.` };
    if (last > largest) return { ok: false, why: `Seeds go up to ${largest}; found ${last}.` };
    if (seeds.size + (last - first) >= mostSeeds) return { ok: false, why: `At most ${mostSeeds} seeds at a time.` };
    for (let seed = first; seed <= last; seed++) seeds.add(seed);
  }
  if (seeds.size === 0) return { ok: false, why: 'Give at least one seed, for example 1-3.' };
  return { ok: true, seeds: [...seeds] };
}

/** The shortest text that reads back as the same seeds: neighbours become ranges. */
export function writeSeeds(seeds: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < seeds.length;) {
    let j = i;
    while (seeds[j + 1] === seeds[j] + 1) j++;
    parts.push(i === j ? String(seeds[i]) : `${seeds[i]}-${seeds[j]}`);
    i = j + 1;
  }
  return parts.join(', ');
}
