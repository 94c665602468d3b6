import { describe, expect, it } from 'vitest';
import {
  balanceByNumber,
  connectCellTypes,
  daleCellTypes,
  daleMask,
  excitatoryUnits,
} from '../../../../src/core/models/daleWeights.ts';
import { randomTensor } from '../../../support/network.ts';

const units = 43;
const cellTypes = daleCellTypes(units)!;
const every = (kept: boolean): boolean[][] => cellTypes.map(() => cellTypes.map(() => kept));

describe("networks under Dale's law", () => {
  it('have four units that excite for each that inhibits, and no weight from a unit to itself', () => {
    const { data } = daleMask(5);
    expect([...data.subarray(0, 5)]).toEqual([0, 1, 1, 1, -1]);
    expect([...data.subarray(20)]).toEqual([1, 1, 1, 1, 0]);
  });

  it('have as much weight from units that excite as from those that inhibit', () => {
    const Wrec = new Float64Array(25).fill(1);
    balanceByNumber(5, Wrec);
    expect([...Wrec.subarray(0, 5)]).toEqual([0.25, 0.25, 0.25, 0.25, 1]);
  });
});

describe('cell types', () => {
  it('are eight of each sign that share out all units', () => {
    expect(cellTypes).toHaveLength(16);
    expect(cellTypes.flat()).toEqual([0, ...cellTypes.flatMap(([, end]) => [end, end]).slice(0, -1)]);
    expect(cellTypes[7][1]).toBe(excitatoryUnits(units));
    expect(cellTypes.at(-1)![1]).toBe(units);
  });

  it('are not there in networks too small for them', () => {
    expect([35, 36, 40].map((n) => daleCellTypes(n)?.length ?? null)).toEqual([null, 16, 16]);
  });

  it('give what is left to the last type as published, to as many types as there are units left when corrected', () => {
    const sizes = (conventions: 'published' | 'corrected') =>
      daleCellTypes(50, conventions)!.map(([start, end]) => end - start);
    expect(sizes('published')).toEqual([5, 5, 5, 5, 5, 5, 5, 5, 1, 1, 1, 1, 1, 1, 1, 3]);
    expect(sizes('corrected').toSorted((a, b) => a - b)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 5, 5, 5, 5, 5, 5, 5, 5]);
    expect(daleCellTypes(80, 'corrected')).toEqual(daleCellTypes(80, 'published'));
    const [ends, starts] = [1, 0].map((end) => daleCellTypes(123, 'corrected')!.map((type) => type[end as 0 | 1]));
    expect([0, ...ends]).toEqual([...starts, 123]);
  });

  it('give every unit inputs of one total size, with the signs of Dale’s law', () => {
    const { Wrec } = connectCellTypes(randomTensor([units, units], 1), daleMask(units), cellTypes, every(true));
    for (let i = 0; i < units; i++) {
      const row = Wrec.data.subarray(i * units, (i + 1) * units);
      expect(row.reduce((sum, w) => sum + Math.abs(w), 0)).toBeCloseTo(1, 12);
      expect(row.every((w, j) => w > 0 === j < excitatoryUnits(units))).toBe(true);
    }
  });

  it('are refused when a unit is left without input', () => {
    const kept = every(true).with(3, every(false)[0]);
    expect(() => connectCellTypes(randomTensor([units, units], 1), daleMask(units), cellTypes, kept)).toThrow(
      expect.objectContaining({ code: 'model.cellTypes', message: expect.stringContaining('unit 12') }),
    );
  });
});
