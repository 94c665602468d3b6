import { describe, expect, it } from 'vitest';
import type { ImportedModel, RunId } from '../../../../src/app/contract.ts';
import { lastPart, unfitted, whatWasImported } from '../../../../src/renderer/logic/importedNetworks.ts';

const outcome = (given: Partial<ImportedModel>): ImportedModel => ({
  folder: '/data/a_lm0_x',
  run: 'r' as RunId,
  known: false,
  notes: [],
  error: null,
  ...given,
});

describe('what was imported', () => {
  it('is named with its notes where it is one', () => {
    expect(whatWasImported([outcome({ notes: ['A note.'] })])).toBe('Imported “a_lm0_x”. A note.');
    expect(whatWasImported([outcome({ known: true })])).toBe('“a_lm0_x” had been imported already.');
  });

  it('is counted where there is more', () => {
    expect(whatWasImported([outcome({}), outcome({ notes: ['A note.'] }), outcome({ known: true })])).toBe(
      'Imported 2 trained networks. 1 had been imported already. There are notes on 1: see the details of the runs.',
    );
    expect(whatWasImported([outcome({ known: true }), outcome({ known: true })])).toBe('2 had been imported already.');
  });

  it('leaves out what waits for a recording, but not what failed otherwise', () => {
    const waits = outcome({ run: null, error: { code: 'published.recording', message: '' } });
    const fails = outcome({ run: null, error: { code: 'published.settings', message: '' } });
    expect(unfitted([outcome({}), waits, fails])).toEqual([waits]);
  });

  it.each([
    ['/a/b', 'b'],
    ['C:\\a\\b', 'b'],
    ['b/', 'b'],
    ['/', '/'],
  ])('the last part of %j is %j', (folder, part) => expect(lastPart(folder)).toBe(part));
});
