import { expect, it } from 'vitest';
import { secondsLeft } from '../../../../src/renderer/logic/secondsLeft.ts';

it('takes what is left to be as fast as what was done', () => {
  expect(secondsLeft(0.25, 10)).toBe(30);
  expect(secondsLeft(1, 10)).toBe(0);
});

it('says nothing before there is something to go by', () => {
  expect(secondsLeft(0, 10)).toBeNull();
  expect(secondsLeft(0.5, 0.2)).toBeNull();
});
