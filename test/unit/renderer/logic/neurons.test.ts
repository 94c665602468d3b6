import { describe, expect, it } from 'vitest';
import { balancedColumns } from '../../../../src/renderer/logic/balancedColumns.ts';
import { readNeurons, writeNeurons } from '../../../../src/renderer/logic/neurons.ts';

const names = ['m1c1', 'm1c2', 'v4-7', '12'];

describe('neurons as people name them', () => {
  it.each([
    ['0-2, 7', [0, 1, 2, 7]],
    ['3', [3]],
    ['1 to 2; 1', [1, 2]],
    ['5–6', [5, 6]],
  ])('reads %s', (text, places) => expect(readNeurons(text, 10, null)).toEqual(places));

  it.each([
    ['m1c2', [1]],
    ['M1', [0, 1]],
    ['v4-7, 0', [2, 0]],
    ['12', [3]],
  ])('reads the name %s', (text, places) => expect(readNeurons(text, 4, names)).toEqual(places));

  it.each([
    ['', /Numbers from 0 to 9/],
    ['10', /10 neurons, numbered from 0 to 9/],
    ['4-2', /write 2-4/],
    ['x', /no neuron "x"/],
    ['0-12', /10 neurons/],
  ])('says what is wrong with "%s"', (text, words) => expect(readNeurons(text, 10, null)).toMatch(words));

  it('takes no more than fit on the page', () => {
    expect(readNeurons('0-12', 100, null)).toMatch(/At most 12/);
    expect(readNeurons('0-6, 10-15', 100, null)).toMatch(/At most 12 at once; these are 13/);
  });

  it('writes them as short as they can be read', () => {
    expect(writeNeurons([0, 1, 2, 7, 9, 10])).toBe('0–2, 7, 9–10');
    expect(readNeurons(writeNeurons([4, 5, 8]), 10, null)).toEqual([4, 5, 8]);
  });
});

describe('columns', () => {
  it.each([
    [6, 2250, 500, 3],
    [6, 740, 220, 3],
    [12, 2250, 340, 6],
    [5, 1100, 300, 3],
    [1, 2000, 300, 1],
    [4, 100, 300, 1],
    [3, 740, 230, 3],
  ])('put %i things into a place of %i pixels without a half empty row', (count, width, least, columns) =>
    expect(balancedColumns(count, width, least)).toBe(columns),
  );
});
