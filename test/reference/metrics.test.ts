/** Metrics against the published code, on random matrices and on the real recording. Cases are read from the folder's index. */
import { describe, expect, it } from 'vitest';
import { normalizedError } from '../../src/core/metrics/normalizedError.ts';
import { belongsToLaterWork, compute } from '../support/metricFixtures.ts';
import { hatsopoulosDataset, referenceArrays } from '../support/reachReference.ts';
import { describeReference, fromJson, hasReference, referenceJson } from '../support/reference.ts';
import type { JsonArray } from '../support/reference.ts';

/** `value` or `train`/`test`, each with `…_sensitivity` and, where the answer is arbitrary, `…_well_defined: false` */
type Entry = Record<string, number | number[] | boolean>;
type Pair = { X: JsonArray; Y: JsonArray; results: Record<string, Entry> };
type RealPairs = { pairs: Record<string, Pick<Pair, 'results'>>; baseline: Record<string, number> };
type Index = { cases: { file: string; note: string }[] };
type ErrorCase = {
  name: string;
  target: JsonArray;
  output: JsonArray;
  output_mask: JsonArray;
  normalized_error: number;
};

/** units × steps × conditions by name */
const activityFile = () => referenceArrays('fixtures', 'metrics', 'hats_real_activity.npz');

describeReference('metrics on random matrices', () => {
  const { cases } = hasReference ? referenceJson<Index>('fixtures', 'metrics', 'index.json') : { cases: [] };
  for (const { file, note } of cases) {
    const pair = referenceJson<Pair>('fixtures', 'metrics', file);
    const names = Object.keys(pair.results);
    const later = names.filter(belongsToLaterWork);
    describe(`${file}${note && ` (${note})`}`, () => {
      it.each(names.filter((name) => !belongsToLaterWork(name)))('%s', (name) => {
        const computed = compute(name, fromJson(pair.X), fromJson(pair.Y));
        for (const [key, found] of Object.entries(computed)) expectAgreement(name, key, found, pair.results[name]);
      });
      it.skip(`later work: ${later.length} results of CCA, CKA, metricCKA and Euclidean Procrustes`, () => {});
    });
  }
});

describeReference('metrics on the real recording against stored networks', () => {
  const { pairs, baseline } = hasReference
    ? referenceJson<RealPairs>('fixtures', 'metrics', 'hats_real.json')
    : { pairs: {}, baseline: {} };
  const neurons = () => hatsopoulosDataset().activity;

  // the other pairs need a forward pass of their own: see curves.test.ts
  const given = hasReference ? Object.keys(pairs).filter((pair) => `X_${pair}` in activityFile()) : [];
  describe.each(given)('%s', (pair) => {
    const names = Object.keys(pairs[pair].results);
    it.each(names.filter((name) => !belongsToLaterWork(name)))('%s', (name) => {
      const computed = compute(name, activityFile()[`X_${pair}`], neurons());
      for (const [key, found] of Object.entries(computed)) expectAgreement(name, key, found, pairs[pair].results[name]);
    });
    const later = names.filter(belongsToLaterWork);
    it.skip(`later work: ${later.length} results of CCA, CKA and metricCKA`, () => {});
  });

  it('the average over conditions: Williams2021', () => {
    const [found] = compute('baseline|Williams2021', neurons(), neurons())['value'];
    expect(Math.abs(found - baseline['Williams2021'])).toBeLessThan(1e-8);
  });
});

describeReference('normalised error', () => {
  const { cases } = hasReference
    ? referenceJson<{ cases: ErrorCase[] }>('fixtures', 'metrics', 'normalized_error.json')
    : { cases: [] };
  it.each(cases)('$name', ({ output, target, output_mask, normalized_error }) => {
    const found = normalizedError.score(fromJson(output), fromJson(target), fromJson(output_mask));
    expect(Math.abs(found - normalized_error)).toBeLessThanOrEqual(1e-10 * Math.max(1, normalized_error));
  });
});

/** Within 1e-8 and ten times the sensitivity; distances that are truly 0 within 1e-7 (arc cosine near 1). */
function expectAgreement(name: string, key: string, found: number[], entry: Entry): void {
  const expected = [entry[key] as number | number[]].flat();
  expect(found.length, `${name}, ${key}: count`).toBe(expected.length);
  const firstOnly = (entry[`${key}_first_entries_well_defined`] as number | undefined) ?? 0;
  const compared = entry[`${key}_well_defined`] === false ? firstOnly : expected.length;
  for (let i = 0; i < compared; i++) {
    const tolerance = expected[i] < 1e-6 ? 1e-7 : 1e-8 + 10 * (entry[`${key}_sensitivity`] as number);
    expect(
      Math.abs(found[i] - expected[i]),
      `${name}, ${key}[${i}]: ${found[i]}, not ${expected[i]}`,
    ).toBeLessThanOrEqual(tolerance);
  }
}
