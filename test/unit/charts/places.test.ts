import { describe, expect, it } from 'vitest';
import { wrapped } from '../../../src/charts/places.ts';

describe('a name under its place', () => {
  it('is broken between words, and never within one', () => {
    expect(wrapped('feedback alignment (direct)', 12)).toEqual(['feedback', 'alignment', '(direct)']);
    expect(wrapped('feedback alignment (direct)', 20)).toEqual(['feedback alignment', '(direct)']);
    expect(wrapped('BPTT', 2)).toEqual(['BPTT']);
  });
});
