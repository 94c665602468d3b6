/** Where a logarithmic axis has its ticks, and what stands beside them. */

/** Enough to see that the axis is logarithmic; more than the most would crowd it. */
const fewest = 3;
const most = 7;

/**
 * The sparsest set that has enough ticks: powers of ten, else 1, 2 and 5 times them, else every leading digit, or 1, 2, 3 and 5 where that is too many. Less
 * than that is nearly linear and gets equal steps.
 */
export function logarithmicTicks(min: number, max: number): number[] {
  for (const leading of [[1], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]]) {
    const ticks = multiplesOfPowers(leading, min, max);
    if (ticks.length >= fewest) {
      const every = leading.length === 1 ? Math.ceil(ticks.length / most) : 1;
      if (leading.length === 9 && ticks.length > most) return multiplesOfPowers([1, 2, 3, 5], min, max);
      return ticks.filter((_, i) => i % every === 0);
    }
  }
  return equalSteps(min, max);
}

function multiplesOfPowers(leading: readonly number[], min: number, max: number): number[] {
  const [first, last] = [Math.floor(Math.log10(min)), Math.floor(Math.log10(max))];
  const exponents = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const slack = 1e-9; // an end of the axis that rounding put beside a tick
  return exponents
    .flatMap((exponent) => leading.map((digit) => Number(`${digit}e${exponent}`)))
    .filter((value) => value >= min * (1 - slack) && value <= max * (1 + slack));
}

/** Steps of 1, 2 or 5 times a power of ten, the largest that gives enough ticks. */
function equalSteps(min: number, max: number): number[] {
  const exponent = Math.floor(Math.log10(max - min));
  for (const step of [`1e${exponent}`, `5e${exponent - 1}`, `2e${exponent - 1}`, `1e${exponent - 1}`].map(Number)) {
    const [first, last] = [Math.ceil(min / step), Math.floor(max / step)];
    if (last - first + 1 < fewest) continue;
    return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  }
  return [min, max];
}

/** Plain from 0.001 to 10000, beyond that as a power. */
export function logarithmicLabel(value: number): string {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const shown = Number(value.toPrecision(6));
  if (exponent >= -3 && exponent <= 4) return String(shown);
  const leading = Number((shown / 10 ** exponent).toPrecision(6));
  return `${leading === 1 ? '' : `${leading}·`}10${superscript(exponent)}`;
}

function superscript(exponent: number): string {
  return String(exponent).replace(/./g, (c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)]));
}
