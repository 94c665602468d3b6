import { expect, it } from 'vitest';
import { addBlockSlope, blockLoss } from '../../../../src/core/engines/blockPenalty.ts';

/** Five units: blocks of two, the last unit in none. */
const Wrec = Float64Array.from({ length: 25 }, (_, k) => k);
const inBlocks = [2, 3, 7, 8, 10, 11, 15, 16];

it('sums the squares of the two off-diagonal blocks', () => {
  expect(blockLoss(0.5, Wrec)).toBe(0.5 * inBlocks.reduce((sum, k) => sum + k * k, 0));
  expect(blockLoss(0, Wrec)).toBe(0);
});

it('adds its slope to the gradient there and nowhere else', () => {
  const gradient = new Float64Array(25).fill(1);
  addBlockSlope(0.5, Wrec, gradient);
  expect([...gradient]).toEqual(Array.from(Wrec, (w, k) => (inBlocks.includes(k) ? 1 + w : 1)));
});
