import { describe, expect, it } from 'vitest';
import { all, keepOnly, move, nothingSelected, pick } from '../../../../src/renderer/logic/selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const plain = { range: false, toggle: false };
const range = { range: true, toggle: false };
const toggle = { range: false, toggle: true };

describe('selection', () => {
  it('takes one row by a click and a range by a click with Shift, either way round', () => {
    const one = pick(nothingSelected, order, 'd', plain);
    expect([...one.ids]).toEqual(['d']);
    expect([...pick(one, order, 'b', range).ids]).toEqual(['b', 'c', 'd']);
    expect([...pick(pick(one, order, 'b', range), order, 'e', range).ids]).toEqual(['d', 'e']);
  });

  it('adds and takes away single rows', () => {
    const two = pick(pick(nothingSelected, order, 'a', plain), order, 'c', toggle);
    expect([...two.ids]).toEqual(['a', 'c']);
    expect([...pick(two, order, 'a', toggle).ids]).toEqual(['c']);
  });

  it('moves within the list and starts at its ends', () => {
    expect(move(nothingSelected, order, 1, false).active).toBe('a');
    expect(move(nothingSelected, order, -1, false).active).toBe('e');
    expect(move(pick(nothingSelected, order, 'd', plain), order, 10, false).active).toBe('e');
    expect(move(nothingSelected, [], 1, false)).toBe(nothingSelected);
  });

  it('extends from the anchor with Shift and an arrow', () => {
    const start = pick(nothingSelected, order, 'c', plain);
    const down = move(move(start, order, 1, true), order, 1, true);
    expect([...down.ids]).toEqual(['c', 'd', 'e']);
    expect([...move(down, order, -3, true).ids]).toEqual(['b', 'c']);
  });

  it('starts a range anew when its anchor is filtered away', () => {
    const start = pick(nothingSelected, order, 'a', plain);
    expect([...pick(start, ['b', 'c'], 'c', range).ids]).toEqual(['c']);
  });

  it('forgets what is no longer there', () => {
    expect(keepOnly(all(nothingSelected, order), new Set(['b', 'x']))).toEqual({
      ids: new Set(['b']),
      active: null,
      anchor: null,
    });
  });
});
