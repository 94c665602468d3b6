/**
 * Mersenne Twister MT19937: the engine under NumPy's legacy generator and PyTorch's CPU generator.
 *
 * 624 words of 32 bits; a block of 624 outputs is made at a time, each output is a tempered word.
 * Source: Matsumoto & Nishimura 1998, ACM Trans. Model. Comput. Simul. 8:3; seeded as their `init_genrand` of 2002.
 */
const size = 624;
const middle = 397;

/** Where a stream stands: enough to go on from there, number for number. Plain data. */
export type RandomState = {
  /** 624 */
  readonly words: Uint32Array;
  /** outputs of the present block already given */
  readonly index: number;
};

export class Mt19937 {
  #words = new Uint32Array(size);
  #index = size;

  /** The low 32 bits of the seed count. */
  constructor(seed: number) {
    let word = seed >>> 0;
    this.#words[0] = word;
    for (let i = 1; i < size; i++) {
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + i) >>> 0;
      this.#words[i] = word;
    }
  }

  static from(state: RandomState): Mt19937 {
    const engine = new Mt19937(0);
    engine.#words = state.words.slice();
    engine.#index = state.index;
    return engine;
  }

  state(): RandomState {
    return { words: this.#words.slice(), index: this.#index };
  }

  /** The next whole number from 0 to 2³² − 1. */
  uint32(): number {
    if (this.#index >= size) {
      makeBlock(this.#words);
      this.#index = 0;
    }
    let word = this.#words[this.#index++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    word ^= word >>> 18;
    return word >>> 0;
  }
}

function makeBlock(words: Uint32Array): void {
  for (let i = 0; i < size; i++) {
    const joined = (words[i] & 0x80000000) | (words[(i + 1) % size] & 0x7fffffff);
    const twisted = (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
    words[i] = words[(i + middle) % size] ^ twisted;
  }
}
