import { Mt19937, type RandomState } from './mt19937.ts';

/** Numbers as NumPy's legacy generator (`numpy.random.RandomState`) draws them. */
export class NumpyRandom {
  readonly #engine: Mt19937;

  private constructor(engine: Mt19937) {
    this.#engine = engine;
  }

  static seeded(seed: number): NumpyRandom {
    return new NumpyRandom(new Mt19937(seed));
  }

  static from(state: RandomState): NumpyRandom {
    return new NumpyRandom(Mt19937.from(state));
  }

  state(): RandomState {
    return this.#engine.state();
  }

  /**
   * A whole number in [low, high), each equally likely: 32-bit draws, cut to the bits that `high − low − 1` needs, until
   * one fits. A range of one value draws nothing. `high − low` is at most 2³².
   */
  randint(low: number, high: number): number {
    const largest = high - low - 1;
    if (largest === 0) return low;
    const bits = 0xffffffff >>> Math.clz32(largest);
    for (;;) {
      const draw = (this.#engine.uint32() & bits) >>> 0;
      if (draw <= largest) return low + draw;
    }
  }

  /** As many independent draws, in order. */
  randints(low: number, high: number, count: number): number[] {
    return Array.from({ length: count }, () => this.randint(low, high));
  }

  /** In [0, 1): 53 bits of two draws. */
  uniform(): number {
    const high = this.#engine.uint32() >>> 5;
    const low = this.#engine.uint32() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }
}
