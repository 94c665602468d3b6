import { describe, expect, it } from 'vitest';
import {
  activityMatrix,
  crossConditionAverage,
  samplesByNeurons,
} from '../../../../src/core/analysis/activityMatrix.ts';
import { tensor } from '../../../../src/core/math/tensor.ts';

describe('activity as samples × units', () => {
  // value = 100 trial + 10 step + unit
  const rates = tensor([2, 3, 2], Float64Array.of(0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121));

  it('cuts the window out of each trial and puts the trials one after the other', () => {
    const matrix = activityMatrix(rates, { start: 1, stop: 3 });
    expect(matrix.shape).toEqual([4, 2]);
    expect([...matrix.data]).toEqual([10, 11, 20, 21, 110, 111, 120, 121]);
  });

  it('gives a recording and a network that repeats it the same rows', () => {
    // neurons × steps × conditions, same values
    const activity = tensor([2, 2, 2], Float64Array.of(10, 110, 20, 120, 11, 111, 21, 121));
    expect(samplesByNeurons(activity)).toEqual(activityMatrix(rates, { start: 1, stop: 3 }));
  });

  it('refuses a window outside the trial and says both', () => {
    const cut = () => activityMatrix(rates, { start: 1, stop: 4 });
    expect(cut).toThrow(expect.objectContaining({ code: 'analysis.window' }));
    expect(cut).toThrow(/0 to 3, found 1 to 4/);
  });

  it('averages over conditions and keeps the shape', () => {
    const averaged = crossConditionAverage(tensor([1, 2, 2], Float64Array.of(1, 3, 5, 9)));
    expect(averaged.shape).toEqual([1, 2, 2]);
    expect([...averaged.data]).toEqual([2, 2, 7, 7]);
  });
});
