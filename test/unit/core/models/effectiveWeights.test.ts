import { describe, expect, it } from 'vitest';
import { tensor } from '../../../../src/core/math/tensor.ts';
import { cellTypeMeans, effectiveWeights, toRawGradient } from '../../../../src/core/models/effectiveWeights.ts';

const Wrec = Float64Array.of(1, -2, 3, 0);
const mask = tensor([2, 2], Float64Array.of(1, -1, 0, -1));

describe('effectiveWeights', () => {
  it('are the raw ones where nothing stands in between', () => {
    expect(effectiveWeights({ dale: false }, { mask: null }, Wrec)).toEqual(Wrec);
  });

  it('lack the connections that the mask leaves out', () => {
    const some = tensor([2, 2], Float64Array.of(1, 0, 0, 1));
    expect([...effectiveWeights({ dale: false }, { mask: some }, Wrec)]).toEqual([1, -0, 0, 0]);
  });

  it("have the sign of the projecting unit under Dale's law, whatever the raw sign", () => {
    expect([...effectiveWeights({ dale: true }, { mask }, Wrec)]).toEqual([1, -2, 0, -0]);
    expect([...effectiveWeights({ dale: true }, { mask: null }, Wrec)]).toEqual([1, 2, 3, 0]);
  });
});

describe('toRawGradient', () => {
  const through = (dale: boolean, m: typeof mask | null): number[] => {
    const gradient = Float64Array.of(10, 10, 10, 10);
    toRawGradient({ dale }, { mask: m }, Wrec, gradient);
    return [...gradient].map((g) => g + 0); // −0 is 0
  };

  it('leaves the gradient alone where raw weights act', () => {
    expect(through(false, null)).toEqual([10, 10, 10, 10]);
  });

  it('is nothing where there is no connection, nor at a weight of 0 under Dale’s law', () => {
    expect(through(false, mask)).toEqual([10, -10, 0, -10]);
    expect(through(true, mask)).toEqual([10, 10, 0, 0]);
  });
});

describe('cellTypeMeans', () => {
  it('holds the mean of each block of two types', () => {
    const W = Float64Array.of(1, 2, 6, 3, 4, 8, 5, 7, 9);
    const types = [[0, 2] as const, [2, 3] as const];
    expect([...cellTypeMeans(W, types)]).toEqual([2.5, 2.5, 7, 2.5, 2.5, 7, 6, 6, 9]);
  });

  it('is nothing for units without a type', () => {
    expect([...cellTypeMeans(Float64Array.of(1, 2, 3, 4), [[1, 2]])]).toEqual([0, 0, 0, 4]);
  });
});
