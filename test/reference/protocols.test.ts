/** How metrics are applied, against published numbers: conditions left out, and the scale of the recording itself. */
import { describe, expect, it } from 'vitest';
import { samplesByNeurons } from '../../src/core/analysis/activityMatrix.ts';
import { comparerOf } from '../../src/core/analysis/measure.ts';
import { measureLevel } from '../../src/core/analysis/measureNetwork.ts';
import { leaveOneConditionOut } from '../../src/core/analysis/protocols/leaveOneConditionOut.ts';
import { normalizedWithData } from '../../src/core/analysis/protocols/normalizedWithData.ts';
import type { Protocol, ProtocolInput } from '../../src/core/analysis/protocols/protocol.ts';
import { NumpyGenerator } from '../../src/core/math/random/numpyGenerator.ts';
import { float64 } from '../../src/core/math/tensor.ts';
import type { Tensor } from '../../src/core/math/tensor.ts';
import { byCondition } from '../../src/core/metrics/conditions.ts';
import { chosenBy } from '../support/metricFixtures.ts';
import { hatsopoulosDataset, referenceArrays } from '../support/reachReference.ts';
import { describeReference, fromJson, hasReference, referenceJson } from '../support/reference.ts';
import type { JsonArray } from '../support/reference.ts';

/** activity, recording: units × steps × conditions */
function applied(
  protocol: Protocol,
  activity: Tensor,
  recording: Tensor,
  name: string,
  more: Partial<ProtocolInput> = {},
) {
  const { metric, settings } = chosenBy(name);
  const [x, y] = [activity, recording].map((t) => byCondition(samplesByNeurons(t), t.shape[2]));
  const random = NumpyGenerator.seeded(0);
  const comparer = comparerOf({ metric: metric.id, settings });
  return protocol.apply({ activity: x, recording: y, sameNeurons: false, comparer, draws: 1, random, ...more });
}

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

type Scores = { train: number[]; test: number[] } & Record<string, number | boolean | number[]>;
type Pair = { X: JsonArray; Y: JsonArray; results: Record<string, Scores> };
const pairs: Record<string, Pair> = {};
if (hasReference) {
  for (const { file } of referenceJson<{ cases: { file: string }[] }>('fixtures', 'metrics', 'index.json').cases) {
    pairs[file] = referenceJson<Pair>('fixtures', 'metrics', file);
  }
}

/** Those that do not depend on arbitrary directions of a linear algebra library. */
function leftOutOneByOne(results: Record<string, Scores>): string[] {
  return Object.keys(results).filter((name) => {
    const { test_well_defined: test, train_well_defined: train } = results[name];
    return name.startsWith('crossvalidated') && test !== false && train !== false;
  });
}

describeReference('conditions left out one by one', () => {
  const cases = Object.entries(pairs).flatMap(([file, { results }]) => leftOutOneByOne(results).map((n) => [file, n]));

  it('are there to compare with', () => expect(cases.length).toBeGreaterThan(100));

  it.each(cases)('give the published means: %s, %s', (file, name) => {
    const { X, Y, results } = pairs[file];
    expectMeans(applied(leaveOneConditionOut, fromJson(X), fromJson(Y), name), results[name], name);
  });

  it.each(Object.keys(hasReference ? real().baseline : {}).filter((name) => name.startsWith('crossvalidated')))(
    'give the published average over conditions of the recording: %s',
    (name) => {
      const { metric, settings } = chosenBy(name);
      const measure = { metric: metric.id, settings, protocol: leaveOneConditionOut.id, draws: 1, seed: 0 };
      const { value } = measureLevel(hatsopoulosDataset(), 'crossConditionAverage', measure);
      expect(Math.abs(value! - mean(real().baseline[name].test))).toBeLessThan(1e-8);
    },
  );

  it.each(['CKA', 'CCA|n_PCs=20'])('give the published means on the real recording: %s', (metric) => {
    const name = `crossvalidated_distance_0to1|${metric}`;
    const found = applied(leaveOneConditionOut, realActivity('lm0_update1000'), hatsopoulosDataset().activity, name);
    expectMeans(found, real().pairs['lm0_update1000'].results[name], name, 1e-7);
  });
});

function expectMeans(found: ReturnType<Protocol['apply']>, published: Scores, name: string, slack = 1e-8): void {
  const { unit } = chosenBy(name);
  for (const part of ['train', 'test'] as const) {
    const sensitivity = (published[`${part}_sensitivity`] as number | undefined) ?? 0;
    const smallest = Math.min(...published[part]);
    const tolerance = (smallest < 1e-6 ? 1e-7 : slack) + 10 * sensitivity;
    expect(Math.abs(unit(found[part].value) - mean(published[part])), `${name}, ${part}`).toBeLessThan(tolerance);
  }
}

type Draw = { d1_neural_neural: number; d2_model_neural: number; d3_average_neural: number };
type Draws = {
  metric: string;
  n_PCs_KEEP: number | null;
  VARIANCEEXPLAINED_KEEP: number | null;
  numpy_default_rng_seed: number;
  iterations: Draw[];
  checkpoint: string;
  n_iterations: number;
  mean_normalized: number;
  std_normalized: number;
  all_normalized?: number[];
  all_normalized_baseline?: number[];
};

/** The name by which other fixtures call such a choice. */
function nameOf({ metric, n_PCs_KEEP: components, VARIANCEEXPLAINED_KEEP: variance }: Draws): string {
  const kept = components !== null ? `|n_PCs=${components}` : variance !== null ? `|variance=${variance}` : '';
  return `distance_0to1|${metric}${kept}`;
}

const label = (draws: Draws) => `${draws.checkpoint ?? ''} ${nameOf(draws)}, seed ${draws.numpy_default_rng_seed}`;

describeReference('normalised with data, by the published draws', () => {
  const given = hasReference
    ? referenceJson<{ neural: JsonArray; model: JsonArray; runs: Draws[] }>(
        'fixtures',
        'metrics',
        'normalized_with_data_random.json',
      )
    : null;
  const onReal = hasReference
    ? referenceJson<{ runs: Draws[] }>('fixtures', 'metrics', 'hats_real_normalized_with_data.json').runs
    : [];

  it.each((given?.runs ?? []).map((run) => [label(run), run] as const))('random matrices: %s', (_, run) => {
    expectDraws(fromJson(given!.model), fromJson(given!.neural), run);
    expectAll(fromJson(given!.model), fromJson(given!.neural), { ...run, n_iterations: run.iterations.length });
  });

  describe('the real recording', () => {
    it.each(onReal.map((run) => [label(run), run] as const))('first draws: %s', (_, run) => {
      expectDraws(realActivity(run.checkpoint), hatsopoulosDataset().activity, run);
    });

    it('all 100 draws, of network and average over conditions', { timeout: 120_000 }, () => {
      const run = onReal.find(({ all_normalized: all }) => all)!;
      const found = expectAll(realActivity(run.checkpoint), hatsopoulosDataset().activity, run);
      expect(Math.abs(found['baseline'].value - mean(run.all_normalized_baseline!))).toBeLessThan(1e-8);
    });
  });

  /** Each distance, as a mean over the draws that are listed. */
  function expectDraws(activity: Tensor, recording: Tensor, run: Draws): void {
    const { iterations } = run;
    const found = applied(normalizedWithData, activity, recording, nameOf(run), drawnAs(run, iterations.length));
    const expected = {
      neurons: iterations.map((i) => i.d1_neural_neural),
      network: iterations.map((i) => i.d2_model_neural),
      average: iterations.map((i) => i.d3_average_neural),
    };
    for (const [part, values] of Object.entries(expected)) {
      expect(Math.abs(found[part].value - mean(values)), part).toBeLessThan(1e-8);
    }
  }

  function expectAll(activity: Tensor, recording: Tensor, run: Draws): ReturnType<Protocol['apply']> {
    const draws = run.n_iterations;
    const found = applied(normalizedWithData, activity, recording, nameOf(run), drawnAs(run, draws));
    const { value, sd } = found['normalized'];
    expect(Math.abs(value - run.mean_normalized)).toBeLessThan(1e-8);
    expect(Math.abs(sd! * Math.sqrt((draws - 1) / draws) - run.std_normalized)).toBeLessThan(1e-8); // published with n
    return found;
  }

  function drawnAs({ numpy_default_rng_seed: seed }: Draws, draws: number): Partial<ProtocolInput> {
    return { draws, random: NumpyGenerator.seeded(seed) };
  }
});

type Real = { pairs: Record<string, Pick<Pair, 'results'>>; baseline: Record<string, Scores> };

function real(): Real {
  return referenceJson<Real>('fixtures', 'metrics', 'hats_real.json');
}

/** units × steps × conditions */
function realActivity(checkpoint: string): Tensor {
  return float64(referenceArrays('fixtures', 'metrics', 'hats_real_activity.npz')[`X_${checkpoint}`]);
}
