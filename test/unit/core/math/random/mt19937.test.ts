import { describe, expect, it } from 'vitest';
import { Mt19937 } from '../../../../../src/core/math/random/mt19937.ts';

describe('Mt19937', () => {
  it('gives the published 10 000th number for the default seed', () => {
    const engine = new Mt19937(5489);
    for (let i = 1; i < 10_000; i++) engine.uint32();
    expect(engine.uint32()).toBe(4123659995);
  });

  it('goes on from a saved state, and the original is not moved by the copy', () => {
    const engine = new Mt19937(7);
    for (let i = 0; i < 1000; i++) engine.uint32();
    const saved = engine.state();
    const expected = Array.from({ length: 1000 }, () => engine.uint32());
    const copy = Mt19937.from(saved);
    expect(Array.from({ length: 1000 }, () => copy.uint32())).toEqual(expected);
    const again = Mt19937.from(saved);
    expect(again.uint32()).toBe(expected[0]);
  });

  it('takes the low 32 bits of a seed', () => {
    expect(new Mt19937(2 ** 32 + 3).uint32()).toBe(new Mt19937(3).uint32());
    expect(new Mt19937(4).uint32()).not.toBe(new Mt19937(3).uint32());
  });
});
