/** Some of the units of activity, and random halves of them. */
import { LabError } from '../errors.ts';
import type { NumpyGenerator } from '../math/random/numpyGenerator.ts';
import { sizeOf, tensor } from '../math/tensor.ts';
import type { Tensor } from '../math/tensor.ts';

/** x: … × units. The units asked for, in that order. */
export function unitsAt({ shape, data }: Tensor, units: readonly number[]): Tensor {
  const all = shape.at(-1)!;
  const samples = sizeOf(shape.slice(0, -1));
  const out = new Float64Array(samples * units.length);
  for (let i = 0, at = 0; i < samples; i++) {
    for (let j = 0; j < units.length; j++) out[at++] = data[i * all + units[j]];
  }
  return tensor([...shape.slice(0, -1), units.length], out);
}

/**
 * Two groups of neurons, none in both, of half of the neurons each, or of `most` where that is fewer. Drawn as published:
 * the first of a permutation of all, then the first of a permutation of the rest. Throws LabError `level.neurons`.
 */
export function drawHalves(neurons: number, random: NumpyGenerator, most = Infinity): [number[], number[]] {
  if (neurons < 4) {
    throw new LabError(
      'level.neurons',
      `Splitting the neurons of a recording in two halves: expected at least 4 neurons, found ${neurons}. Choose a recording of more neurons, or another way of comparing.`,
    );
  }
  const size = Math.min(Math.floor(neurons / 2), most);
  const first = random.permutation(neurons).slice(0, size);
  const taken = new Set(first);
  const rest = Array.from({ length: neurons }, (_, i) => i).filter((i) => !taken.has(i));
  const second = random.permutation(rest.length).slice(0, size);
  return [first, second.map((i) => rest[i])];
}
