import { logFloat32, sineAndCosineFloat32 } from './float32.ts';
import { Mt19937, type RandomState } from './mt19937.ts';

export type TorchRandomState = RandomState & {
  /** second value of a pair of single normal draws, kept for the next one; null when there is none */
  readonly spareNormal: number | null;
};

const twoPi = Math.fround(2 * Math.PI);
const block = 16;

/** float32 numbers as PyTorch's CPU generator draws them (`torch.manual_seed`, `uniform_`, `randn`). */
export class TorchRandom {
  readonly #engine: Mt19937;
  #spareNormal: number | null;

  private constructor(engine: Mt19937, spareNormal: number | null) {
    this.#engine = engine;
    this.#spareNormal = spareNormal;
  }

  static seeded(seed: number): TorchRandom {
    return new TorchRandom(new Mt19937(seed), null);
  }

  static from(state: TorchRandomState): TorchRandom {
    return new TorchRandom(Mt19937.from(state), state.spareNormal);
  }

  state(): TorchRandomState {
    return { ...this.#engine.state(), spareNormal: this.#spareNormal };
  }

  /** Uniform in [from, to): the low 24 bits of a draw, scaled and shifted in single precision. */
  uniform(count: number, from = 0, to = 1): Float32Array {
    const low = Math.fround(from);
    const extent = Math.fround(Math.fround(to) - low);
    const out = new Float32Array(count);
    for (let i = 0; i < count; i++) out[i] = Math.fround(this.#uniform24() * extent) + low;
    return out;
  }

  /** Standard normal. Below 16 values PyTorch draws them one by one in double precision, else in blocks of 16. */
  randn(count: number): Float32Array {
    if (count < block) return Float32Array.from({ length: count }, () => this.#normal());
    const out = this.uniform(count);
    for (let start = 0; start + block <= count; start += block) toNormal(out, start);
    if (count % block > 0) {
      out.set(this.uniform(block), count - block);
      toNormal(out, count - block);
    }
    return out;
  }

  #uniform24(): number {
    return (this.#engine.uint32() & 0xffffff) * 2 ** -24;
  }

  /** 53 bits out of two draws, high word first. */
  #uniform53(): number {
    const high = this.#engine.uint32() & 0x1fffff;
    return (high * 2 ** 32 + this.#engine.uint32()) * 2 ** -53;
  }

  /** Box and Muller's method, which gives two values at a time. */
  #normal(): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal;
      this.#spareNormal = null;
      return spare;
    }
    const angle = 2 * Math.PI * this.#uniform53();
    const radius = Math.sqrt(-2 * Math.log1p(-this.#uniform53()));
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}

/** Box and Muller's method in place on 16 uniforms: the first eight give radii, the last eight angles. */
function toNormal(x: Float32Array, start: number): void {
  for (let j = start; j < start + block / 2; j++) {
    const radius = Math.fround(Math.sqrt(Math.fround(-2 * logFloat32(1 - x[j]))));
    const [sine, cosine] = sineAndCosineFloat32(Math.fround(twoPi * x[j + block / 2]));
    x[j] = radius * cosine;
    x[j + block / 2] = radius * sine;
  }
}
