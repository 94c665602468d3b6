import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cardsPage, withCards } from '../../../scripts/metric-cards.ts';

/** Lines without what formatting may change. */
const linesOf = (page: string) =>
  page
    .split('\n')
    .map((line) => line.replaceAll('\\', '').trim())
    .filter((line) => line !== '' && !line.startsWith('|'));

describe('docs/metrics.md', () => {
  it('has the cards of the metrics as they are (node scripts/metric-cards.ts writes them)', () => {
    const page = readFileSync(cardsPage, 'utf8');
    expect(linesOf(page)).toEqual(linesOf(withCards(page)));
  });
});
