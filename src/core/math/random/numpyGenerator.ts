/**
 * Permutations as NumPy's `default_rng(seed).permutation(n)` draws them: the same seed, the same subsets as published.
 *
 *   s ← s · m + c  (mod 2¹²⁸),   output: the upper half xor the lower, rotated by the upper six bits of s   (PCG64, XSL-RR)
 *
 * Source: O'Neill 2014, "PCG: A family of simple fast space-efficient statistically good algorithms" (generator and
 * seeding of the state).
 */
import { seedWords } from './seedWords.ts';

const multiplier = 0x2360ed051fc65da44385df649fccf645n;

export class NumpyGenerator {
  #state: bigint;
  readonly #increment: bigint;
  /** upper half of the last 64 bits, where only the lower was used */
  #kept: number | null = null;

  private constructor(state: bigint, sequence: bigint) {
    this.#increment = BigInt.asUintN(128, (sequence << 1n) | 1n);
    this.#state = this.#step(this.#step(0n) + state);
  }

  /** seed: whole, from 0 to 2³² − 1 */
  static seeded(seed: number): NumpyGenerator {
    const [a, b, c, d] = seedWords(seed, 8).reduce<bigint[]>((pairs, word, i) => {
      if (i % 2 === 0) pairs.push(BigInt(word));
      else pairs[pairs.length - 1] |= BigInt(word) << 32n;
      return pairs;
    }, []);
    return new NumpyGenerator((a << 64n) | b, (c << 64n) | d);
  }

  /** The numbers 0 to n − 1 in random order, each order equally likely. */
  permutation(n: number): number[] {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.#upTo(i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  /** A whole number from 0 to `largest`, each equally likely: draws cut to the bits that it needs, until one fits. */
  #upTo(largest: number): number {
    const bits = 0xffffffff >>> Math.clz32(largest);
    for (;;) {
      const draw = (this.#uint32() & bits) >>> 0;
      if (draw <= largest) return draw;
    }
  }

  #uint32(): number {
    if (this.#kept !== null) {
      const upper = this.#kept;
      this.#kept = null;
      return upper;
    }
    this.#state = this.#step(this.#state);
    const turn = this.#state >> 122n;
    const mixed = BigInt.asUintN(64, (this.#state >> 64n) ^ this.#state);
    const output = BigInt.asUintN(64, (mixed >> turn) | (mixed << (64n - turn)));
    this.#kept = Number(output >> 32n);
    return Number(BigInt.asUintN(32, output));
  }

  #step(state: bigint): bigint {
    return BigInt.asUintN(128, state * multiplier + this.#increment);
  }
}
