/**
 * Places of the values from the smallest to the largest; equal values keep the order in which `from` has them (without it,
 * their own). A radix sort, many times as fast as sorting places by comparison: the bits of a finite number, its sign
 * flipped, are a whole number in the same order, of four digits of 16 bits.
 */
export function sortedOrder(values: Float64Array, from?: Uint32Array): Uint32Array {
  const n = values.length;
  const digits = new Uint16Array(ordered(values).buffer);
  let order = from ?? Uint32Array.from(values.keys());
  for (let digit = 0; digit < 4; digit++) {
    const starts = new Uint32Array(65537);
    for (let i = 0; i < n; i++) starts[digits[4 * i + digit] + 1]++;
    for (let k = 0; k < 65536; k++) starts[k + 1] += starts[k];
    const next = new Uint32Array(n);
    for (const i of order) next[starts[digits[4 * i + digit]]++] = i;
    order = next;
  }
  return order;
}

/** 64-bit whole numbers in the order of the values; two halves each, the lower one first. */
function ordered(values: Float64Array): Uint32Array {
  const halves = new Uint32Array(values.map((v) => v + 0).buffer); // −0 becomes 0
  for (let i = 1; i < halves.length; i += 2) {
    if (halves[i] >>> 31) {
      halves[i] = ~halves[i];
      halves[i - 1] = ~halves[i - 1];
    } else halves[i] |= 0x80000000;
  }
  return halves;
}
