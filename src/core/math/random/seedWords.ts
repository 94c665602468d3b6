/**
 * Many bits from one small seed, as NumPy's `SeedSequence(seed).generate_state(count)`: near seeds give unrelated states.
 * Source: O'Neill 2015, "Developing a seed_seq alternative".
 */
const pool = 4;

/** seed: whole, from 0 to 2³² − 1. As many words of 32 bits. */
export function seedWords(seed: number, count: number): number[] {
  let key = 0x43b0d7e5;
  const hashed = (value: number): number => {
    const mixed = value ^ key;
    key = Math.imul(key, 0x931e8875);
    return folded(Math.imul(mixed, key));
  };
  const words = Array.from({ length: pool }, (_, i) => hashed(i === 0 ? seed : 0));
  for (let from = 0; from < pool; from++) {
    for (let to = 0; to < pool; to++) {
      if (from === to) continue;
      words[to] = folded(Math.imul(0xca01f9dd, words[to]) - Math.imul(0x4973f715, hashed(words[from])));
    }
  }
  let out = 0x8b51f9dd;
  return Array.from({ length: count }, (_, i) => {
    const mixed = words[i % pool] ^ out;
    out = Math.imul(out, 0x58f38ded);
    return folded(Math.imul(mixed, out)) >>> 0;
  });
}

function folded(value: number): number {
  return value ^ (value >>> 16);
}
