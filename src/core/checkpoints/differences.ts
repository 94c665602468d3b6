/** How far two sets of parameters are apart. */
import { LabError } from '../errors.ts';
import { parameterNames } from '../models/parameters.ts';
import type { ParameterName, Parameters } from '../models/parameters.ts';

/** Largest absolute difference of each parameter; NaN against anything is Infinity. */
export function largestDifferences(x: Parameters, y: Parameters): Record<ParameterName, number> {
  const entries = parameterNames.map((name) => [name, largestDifference(name, x, y)] as const);
  return Object.fromEntries(entries) as Record<ParameterName, number>;
}

function largestDifference(name: ParameterName, x: Parameters, y: Parameters): number {
  const [a, b] = [x[name], y[name]];
  if (a.shape.join() !== b.shape.join()) {
    throw new LabError(
      'checkpoint.shape',
      `Comparing ${name} of two networks: expected equal shapes, found ${a.shape.join(' × ')} and ${b.shape.join(' × ')}. Check the model's settings.`,
    );
  }
  let largest = 0;
  for (let i = 0; i < a.data.length; i++) {
    const d = Math.abs(a.data[i] - b.data[i]);
    if (!(d <= largest)) largest = Number.isNaN(d) ? Infinity : d;
  }
  return largest;
}
