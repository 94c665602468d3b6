/** Metrics against the published code, on random matrices and on the real recording. Cases are read from the folder's index. */
import { describe, expect, it } from 'vitest';
import { activityMatrix } from '../../src/core/analysis/activityMatrix.ts';
import { float64, tensor } from '../../src/core/math/tensor.ts';
import type { Tensor } from '../../src/core/math/tensor.ts';
import { normalizedError } from '../../src/core/metrics/normalizedError.ts';
import { bptt } from '../../src/core/rules/bptt.ts';
import { reach } from '../../src/core/tasks/reach.ts';
import { compute } from '../support/metricFixtures.ts';
import { openNetwork } from '../support/network.ts';
import { hatsopoulosDataset, publishedParameters, referenceArrays } from '../support/reachReference.ts';
import { describeReference, fromJson, hasReference, referenceJson, referenceList } from '../support/reference.ts';
import type { JsonArray } from '../support/reference.ts';

/** `value` or `train`/`test`, each with `…_sensitivity` and, where the answer is arbitrary, `…_well_defined: false` */
type Entry = Record<string, number | number[] | boolean>;
type Pair = { X: JsonArray; Y: JsonArray; results: Record<string, Entry> };
type RealPairs = {
  pairs: Record<string, Pick<Pair, 'results'>>;
  baseline: Record<string, number | { train: number[]; test: number[] }>;
};
type Index = { cases: { file: string; note: string }[] };
type ErrorCase = {
  name: string;
  target: JsonArray;
  output: JsonArray;
  output_mask: JsonArray;
  normalized_error: number;
};

/** How many published numbers each metric was compared with. */
const compared: Record<string, number> = {};

describeReference('metrics on random matrices', () => {
  const { cases } = hasReference ? referenceJson<Index>('fixtures', 'metrics', 'index.json') : { cases: [] };
  for (const { file, note } of cases) {
    const pair = referenceJson<Pair>('fixtures', 'metrics', file);
    describe(`${file}${note && ` (${note})`}`, () => {
      it.each(Object.keys(pair.results))('%s', (name) => {
        expectAgreement(name, compute(name, fromJson(pair.X), fromJson(pair.Y)), pair.results[name]);
      });
    });
  }
});

describeReference('metrics on the real recording against stored networks', () => {
  const { pairs, baseline } = hasReference
    ? referenceJson<RealPairs>('fixtures', 'metrics', 'hats_real.json')
    : { pairs: {}, baseline: {} };
  const dataset = hasReference ? hatsopoulosDataset() : null;
  const given = hasReference ? referenceArrays('fixtures', 'metrics', 'hats_real_activity.npz') : {};

  describe.each(Object.keys(pairs))('%s', (pair) => {
    const stored = `X_${pair}` in given;
    const names = Object.keys(pairs[pair].results);
    const activity = hasReference ? (stored ? float64(given[`X_${pair}`]) : ownActivity(pair)) : null;
    it.each(names)('%s', (name) => {
      const entry = pairs[pair].results[name];
      const slack = stored ? 0 : ownForwardPass(name, entry);
      const asked = name.replace('train_correlations', 'all_correlations'); // nothing was left out here
      expectAgreement(name, compute(asked, activity!, dataset!.activity), entry, slack);
    });
  });

  /** From a forward pass of one's own: units × steps × conditions. */
  function ownActivity(pair: string): Tensor {
    const [run, update] = pair.split('_update') as [string, string];
    const folder = referenceList('checkpoints').find((name) => name.startsWith('Hatsopoulos') && name.includes(run))!;
    const network = openNetwork(bptt, publishedParameters(folder, Number(update)), {
      activation: 'retanh',
      alpha: 0.1,
    });
    const { analysis } = reach.pose(dataset!, {});
    const samples = activityMatrix(network.forward(analysis.batch.input).rates, analysis);
    const [units, conditions] = [samples.shape[1], analysis.batch.trials];
    const steps = samples.shape[0] / conditions;
    const at = (i: number) => {
      const [unit, step, condition] = [
        Math.floor(i / (steps * conditions)),
        Math.floor(i / conditions) % steps,
        i % conditions,
      ];
      return samples.data[(step + steps * condition) * units + unit];
    };
    return tensor(
      [units, steps, conditions],
      Float64Array.from({ length: samples.data.length }, (_, i) => at(i)),
    );
  }

  it.each(Object.keys(baseline))('the average over conditions: %s', (name) => {
    const expected = baseline[name];
    const [entry, asked] =
      typeof expected === 'number'
        ? [{ value: expected }, `baseline|${name}`]
        : [expected, name.replace('crossvalidated', 'baseline_crossvalidated')];
    expectAgreement(asked, compute(asked, dataset!.activity, dataset!.activity), entry);
  });
});

describeReference('the published numbers', () => {
  it('are all compared with, but those that the linear algebra library decides', () => {
    const expected: Record<string, number> = {};
    const { cases } = referenceJson<Index>('fixtures', 'metrics', 'index.json');
    const { pairs, baseline } = referenceJson<RealPairs>('fixtures', 'metrics', 'hats_real.json');
    const files = cases.map(({ file }) => referenceJson<Pair>('fixtures', 'metrics', file));
    const entries = [...files, ...Object.values(pairs)].flatMap(({ results }) => Object.entries(results));
    entries.push(
      ...Object.entries(baseline).map(([k, v]): [string, any] => [k, typeof v === 'number' ? { value: v } : v]),
    );
    for (const [name, entry] of entries) {
      for (const key of ['value', 'train', 'test']) {
        if (key in entry) expected[familyOf(name)] = (expected[familyOf(name)] ?? 0) + wellDefined(entry, key);
      }
    }
    expect(compared).toEqual(expected);
    expect(compared).toEqual({
      Williams2021: 1130,
      euclidean_Procrustes: 11,
      CKA: 715,
      metricCKA: 572,
      CCA: 956,
      participation_ratio: 29,
    });
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

/** Of a name such as `crossvalidated_distance_0to1|CKA|n_PCs=4`: CKA. */
function familyOf(name: string): string {
  return name.split('|').find((part) => /^(Williams2021|euclidean|CKA|metricCKA|CCA|participation)/.test(part))!;
}

/** How many values of an entry do not depend on arbitrary directions: all, or the first ones. */
function wellDefined(entry: Entry, key: string): number {
  if (entry[`${key}_well_defined`] !== false) return [entry[key]].flat().length;
  return (entry[`${key}_first_entries_well_defined`] as number | undefined) ?? 0;
}

/** How far a value may lie off where the network's activity is not the stored one. */
function ownForwardPass(name: string, entry: Entry): number {
  const rounding = (entry['value_change_with_forward_rounding'] as number | undefined) ?? 0;
  return (name.includes('alpha=0.5|all') ? 1e-4 : 1e-5) + 10 * rounding;
}

/** Within 1e-8 and ten times the sensitivity; distances that are truly 0 within 1e-7 (arc cosine near 1). */
function expectAgreement(name: string, computed: Record<string, number[]>, entry: Entry, slack = 0): void {
  for (const [key, found] of Object.entries(computed)) {
    const expected = [entry[key] as number | number[]].flat();
    const count = wellDefined(entry, key);
    if (count === expected.length) expect(found.length, `${name}, ${key}: count`).toBe(count);
    for (let i = 0; i < count; i++) {
      const sensitivity = (entry[`${key}_sensitivity`] as number | undefined) ?? 0;
      const tolerance = slack + (expected[i] < 1e-6 ? 1e-7 : 1e-8 + 10 * sensitivity);
      expect(
        Math.abs(found[i] - expected[i]),
        `${name}, ${key}[${i}]: ${found[i]}, not ${expected[i]}`,
      ).toBeLessThanOrEqual(tolerance);
    }
    compared[familyOf(name)] = (compared[familyOf(name)] ?? 0) + count;
  }
}
