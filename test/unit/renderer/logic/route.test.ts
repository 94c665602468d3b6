import { describe, expect, it } from 'vitest';
import { readRoute, writeRoute } from '../../../../src/renderer/logic/route.ts';

describe('addresses within the app', () => {
  it.each([
    ['datasets', null],
    ['runs', 'a/b c'],
    ['new-run', 'd1'],
    ['network', 'r1'],
  ] as const)('reads back what it writes: %s, %s', (page, id) => {
    expect(readRoute(writeRoute(page, id))).toEqual({ page, id });
  });

  it.each(['', '#', '#/', '#/nowhere', '#runs'])('leads from "%s" to the datasets', (hash) => {
    expect(readRoute(hash)).toEqual({ page: 'datasets', id: null });
  });
});
