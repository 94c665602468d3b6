/**
 * Damages files and watches what becomes of them: a value or a LabError, within a second of the processor and 256 MB. The
 * seed of a run is in the name of its test; one that failed once stays in `runSeeds`.
 */
import { describe, expect, it } from 'vitest';
import { LabError } from '../../src/core/errors.ts';
import { Mt19937 } from '../../src/core/math/random/mt19937.ts';
import { joined, text } from '../support/files.ts';

export type Random = (below: number) => number;
export type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

/** Values at which lengths, counts and instructions go wrong. */
const interesting = [0, 1, 0x7f, 0x80, 0xff, ...text('.()[]{}0123456789tRbqhcX\x93\x8c\x8d\x8e\x95')];
const words = ["'descr'", "'shape'", '(', ')', ',', '-1', '9999999999999', '|O', '<f8', '>i2', '<U9', 'True', '"', '['];

export const mutations: readonly Mutation[] = [
  (bytes, random) => changed(bytes, random, (byte) => byte ^ (1 << random(8))),
  (bytes, random) => changed(bytes, random, () => interesting[random(interesting.length)]),
  (bytes, random) => bytes.slice(0, random(bytes.length + 1)),
  // a length field: four bytes that say a small, a large or an enormous number
  (bytes, random) =>
    replaced(bytes, random, Uint8Array.of(random(256), random(2) * 255, random(2) * 255, random(3) * 127)),
  (bytes, random) => replaced(bytes, random, new Uint8Array(8).fill([0, 0xff, 0x7f][random(3)])),
  (bytes, random) => replaced(bytes, random, text(words[random(words.length)])),
  // a piece of the file again, elsewhere: swaps instructions, repeats headers, nests
  (bytes, random) => {
    const from = random(bytes.length);
    return replaced(bytes, random, bytes.slice(from, from + 1 + random(40)));
  },
  (bytes, random) => {
    const at = random(bytes.length);
    const from = random(bytes.length);
    return joined(bytes.slice(0, at), bytes.slice(from, from + random(60)), bytes.slice(at));
  },
];

export function changed(bytes: Uint8Array, random: Random, change: (byte: number) => number): Uint8Array {
  const copy = bytes.slice();
  for (let n = 1 + random(3); n > 0 && copy.length > 0; n--) {
    const at = random(copy.length);
    copy[at] = change(copy[at]);
  }
  return copy;
}

function replaced(bytes: Uint8Array, random: Random, piece: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set(piece.subarray(0, copy.length), random(Math.max(1, copy.length - piece.length)));
  return copy;
}

/** rounds: inputs of each run; more: mutations that know the format */
export type Subject = {
  read: (bytes: Uint8Array) => unknown;
  seeds: readonly Uint8Array[];
  rounds: number;
  more?: readonly Mutation[];
  /** after each input */
  between?: () => Promise<void> | void;
};

/** More for a hunt: FUZZ_SEEDS="[5,6,7]". */
const runSeeds = [1, 2, 3, 4].concat(JSON.parse(process.env['FUZZ_SEEDS'] ?? '[]') as number[]);

const mostSeconds = 1;
const mostBytes = 256 * 1024 ** 2;

export function fuzz(name: string, { read, seeds, rounds, more = [], between }: Subject): void {
  const all = [...mutations, ...more];
  describe(`damaged files: ${name}`, () => {
    it('reads what is not damaged', () => {
      for (const seed of seeds) expect(read(seed)).toBeDefined();
    });

    it.each(runSeeds)(
      'end in a value or a LabError (seed %i)',
      async (runSeed) => {
        const engine = new Mt19937(runSeed);
        const random: Random = (below) => engine.uint32() % Math.max(1, below);
        for (let round = 0; round < rounds; round++) {
          let bytes = seeds[random(seeds.length)];
          for (let n = 1 + random(3); n > 0; n--) bytes = all[random(all.length)](bytes, random);
          const outcome = outcomeOf(read, round % 2 === 0 ? bytes : Buffer.from(bytes));
          if (outcome !== 'fine') expect.fail(`round ${round}: ${outcome}: ${Buffer.from(bytes).toString('base64').slice(0, 8000)}`); // prettier-ignore
          await between?.();
        }
      },
      600_000,
    );
  });
}

function outcomeOf(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): string {
  const memory = process.memoryUsage.rss();
  const before = process.cpuUsage();
  try {
    read(bytes);
  } catch (error) {
    if (!(error instanceof LabError)) return String(error instanceof Error ? error.stack : error);
    if (!error.message.endsWith('.')) return `not a sentence: ${error.message}`;
    if (error.message.length > 1500) return `too long a message: ${error.message.length}`;
  }
  const { user, system } = process.cpuUsage(before);
  if ((user + system) / 1e6 > mostSeconds) return `took ${(user + system) / 1e6} seconds of the processor`;
  const taken = process.memoryUsage.rss() - memory;
  return taken > mostBytes ? `took ${taken} bytes` : 'fine';
}
