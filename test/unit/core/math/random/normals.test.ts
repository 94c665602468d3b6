import { expect, it } from 'vitest';
import { normals } from '../../../../../src/core/math/random/normals.ts';
import { NumpyRandom } from '../../../../../src/core/math/random/numpyRandom.ts';

it('draws uniform and normal values as NumPy does from the same seed', () => {
  const random = NumpyRandom.seeded(5);
  expect([random.uniform(), random.uniform(), random.uniform()]).toEqual([
    0.22199317108973948, 0.8707323061773764, 0.20671915533942642,
  ]); // numpy.random.RandomState(5).random_sample()
  const drawn = normals(NumpyRandom.seeded(5), 6); // numpy.random.RandomState(5).randn(6)
  const expected = [
    0.44122748688504143, -0.33087015189408764, 2.43077118700778, -0.2520921296030769, 0.10960984157818278,
    1.5824811170615634,
  ];
  expected.forEach((value, i) => expect(drawn[i]).toBeCloseTo(value, 14));
});

it('draws an odd count as the beginning of a longer one', () => {
  const longer = normals(NumpyRandom.seeded(3), 8);
  expect(normals(NumpyRandom.seeded(3), 7)).toEqual(longer.subarray(0, 7));
});
