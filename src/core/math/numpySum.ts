/**
 * The sum of values[from], …, values[to − 1] in the order in which NumPy adds contiguous numbers: one after the other below
 * 8, in 8 running sums up to 128, in halves beyond. Averages then agree with NumPy's to the last bit.
 */
export function numpySum(values: ArrayLike<number>, from: number, to: number): number {
  const count = to - from;
  if (count > 128) {
    const half = Math.floor(count / 2);
    const middle = from + half - (half % 8);
    return numpySum(values, from, middle) + numpySum(values, middle, to);
  }
  if (count < 8) return plainSum(values, from, to, 0);
  const whole = to - (count % 8);
  const s = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = from; i < whole; i += 8) for (let k = 0; k < 8; k++) s[k] += values[i + k];
  return plainSum(values, whole, to, s[0] + s[1] + (s[2] + s[3]) + (s[4] + s[5] + (s[6] + s[7])));
}

function plainSum(values: ArrayLike<number>, from: number, to: number, start: number): number {
  let sum = start;
  for (let i = from; i < to; i++) sum += values[i];
  return sum;
}
