/** Laws of spikes → rates, with answers known beforehand. */
import { describe, expect, it } from 'vitest';
import { kernelOf } from '../../../../../src/core/data/spikes/kernel.ts';
import { defaultRates } from '../../../../../src/core/data/spikes/rateOptions.ts';
import type { RateOptions } from '../../../../../src/core/data/spikes/rateOptions.ts';
import { ratesOf } from '../../../../../src/core/data/spikes/rates.ts';
import type { SpikeRecording, TrialColumn } from '../../../../../src/core/data/spikes/recording.ts';
import { normalCdf } from '../../../../../src/core/statistics/distributions/normal.ts';
import { codeOf, messageOf } from '../../../../support/files.ts';
import { centreOut } from '../../../../support/spikeFiles.ts';

const reaches = centreOut();
const direction = (values: ArrayLike<number>): TrialColumn => ({ name: 'direction', kind: 'number', values: Float64Array.from(values) }); // prettier-ignore
const event = (name: string, values: ArrayLike<number>): TrialColumn => ({ name, kind: 'event', values: Float64Array.from(values) }); // prettier-ignore

const recording: SpikeRecording = {
  name: 'Reaches',
  units: reaches.spikes.map((times, k) => ({ name: `u${k}`, times })),
  trials: {
    count: reaches.trials.length,
    columns: [
      event('movement onset', reaches.trials.map(({ onset }) => onset)), // prettier-ignore
      event('movement end', reaches.trials.map(({ end }) => end)), // prettier-ignore
      direction(reaches.trials.map((t) => t.direction)),
      { name: 'result', kind: 'text', values: reaches.trials.map(({ correct }) => (correct ? 'R' : 'F')) },
    ],
  },
  signals: [
    { name: 'handX', times: reaches.hand.times, values: reaches.hand.x, velocity: 'handVx' },
    { name: 'shoulderAngle', times: reaches.hand.times, values: reaches.hand.shoulder },
  ],
  movement: { from: 'movement onset', to: 'movement end' },
  why: [],
};

const options: RateOptions = {
  ...defaultRates,
  name: 'Reaches',
  event: 'movement onset',
  fromMs: -800,
  toMs: 400,
  smoothing: { kind: 'gaussian', sdMs: 25 },
  conditions: [{ column: 'direction', directions: 8 }],
  only: [],
  normalisation: { kind: 'none' },
  signals: 'recorded',
  keepTrials: true,
};

/** One unit with these spikes, one trial with its event at 10 s. */
const single = (times: readonly number[]): SpikeRecording => ({
  ...recording,
  units: [{ name: 'u', times: Float64Array.from(times) }],
  trials: { count: 1, columns: [event('go', [10])] },
  signals: [],
  movement: undefined as never,
});
const alone: RateOptions = { ...options, event: 'go', conditions: [], minTrials: 1, fromMs: -100, toMs: 200, keepTrials: false }; // prettier-ignore
const rates = (r: SpikeRecording, o: RateOptions): number[] => [...ratesOf(r, o).content.activity.data];
const largest = (a: readonly number[], b: readonly number[]): number => a.reduce((most, x, k) => Math.max(most, Math.abs(x - b[k])), 0); // prettier-ignore

describe('rates of spikes', () => {
  it('have the shape of the published averages with their settings: 121 steps of 8 directions', () => {
    const { content } = ratesOf(recording, options);
    expect(content.activity.shape).toEqual([6, 121, 8]);
    expect([content.timeMs[0], content.timeMs[80], content.timeMs[120]]).toEqual([-800, 0, 400]);
    expect(content.conditions[3]).toEqual({ label: '135°', values: { directionDeg: 135 } });
    expect(content.neuronNames).toEqual(['u0', 'u1', 'u2', 'u3', 'u4', 'u5']);
    expect([...content.facts['trialsPerCondition'].data]).toEqual(Array(8).fill(4));
    for (const ms of content.facts['medianMovementMs'].data) expect(ms).toBeCloseTo(500, 6);
    expect(Object.keys(content.kinematics)).toEqual(['handX', 'handVx', 'shoulderAngle']);
  });

  it('times the length of a step add up to the number of spikes', () => {
    const { content } = ratesOf(recording, { ...options, smoothing: { kind: 'none' } });
    const trials = content.singleTrials!;
    trials.forEach(({ activity, condition }, k) => {
      const row = trials.slice(0, k).filter((t) => t.condition === condition).length;
      const { onset } = reaches.trials.filter((t) => t.direction === 45 * condition)[row];
      reaches.spikes.forEach((times, n) => {
        const spikes = times.filter((s) => s - onset >= -0.805 && s - onset < 0.405).length;
        const sum = [...activity.data.slice(n * 121, (n + 1) * 121)].reduce((a, b) => a + b, 0);
        expect(sum * 0.01).toBeCloseTo(spikes, 9);
      });
    });
  });

  it.each([10, 1])('of one spike are the normal density, averaged over each step (of %i ms)', (binMs) => {
    const found = rates(single([10.0123]), { ...alone, binMs });
    const expected = found.map((_, t) => {
      const centre = -100 + t * binMs - 12.3;
      return (1000 / binMs) * (normalCdf((centre + binMs / 2) / 25) - normalCdf((centre - binMs / 2) / 25));
    });
    expect(largest(found, expected)).toBeLessThan(1e-6);
    expect(Math.max(...found)).toBeCloseTo(1000 / (25 * Math.sqrt(2 * Math.PI)), 0);
  });

  it('are those of the published way: counts per ms, filtered 100 ms beyond the window, averaged over 10 ms around each step', () => {
    const { spikes, trials } = reaches;
    const sample = (unit: number, onset: number): number[] => {
      const counts = new Float64Array(1411); // -905 to 506 ms
      for (const s of spikes[unit]) counts[Math.floor((s - onset) * 1000 + 905)] += 1;
      const filtered = counts.map(
        (_, t) =>
        counts.reduce((sum, n, u) => sum + (n * 1000 * Math.exp(-0.5 * ((t - u) / 25) ** 2)) / (25 * Math.sqrt(2 * Math.PI)), 0), // prettier-ignore
      );
      return Array.from({ length: 121 }, (_, k) => filtered.slice(100 + 10 * k, 110 + 10 * k).reduce((a, b) => a + b) / 10); // prettier-ignore
    };
    const right = trials.filter((t) => t.direction === 90).map(({ onset }) => sample(2, onset));
    const { data } = ratesOf(recording, options).content.activity;
    const found = Array.from({ length: 121 }, (_, t) => data[(2 * 121 + t) * 8 + 2]);
    const expected = found.map((_, t) => right.reduce((sum, rates) => sum + rates[t] / right.length, 0));
    expect(largest(found, expected)).toBeLessThan(0.02 * Math.max(...expected)); // where in its ms a spike lies
    expect(Math.max(...expected)).toBeGreaterThan(40);
  });

  it('are the same however wide the window: what lies outside acts on its ends', () => {
    const spikes = single([9.85, 9.9, 10.1, 10.23, 10.31]);
    const narrow = rates(spikes, alone);
    const wide = rates(spikes, { ...alone, fromMs: -500, toMs: 900 });
    expect(largest(narrow, wide.slice(40, 40 + narrow.length))).toBeLessThan(1e-12);
    expect(narrow.at(-1)).toBeGreaterThan(1);
  });

  it.each(['none', 'gaussian', 'causal'] as const)(
    'do not depend on when the clock began, nor on the order of trials (%s)',
    (kind) => {
      const o: RateOptions = { ...options, smoothing: kind === 'none' ? { kind } : { kind, sdMs: 25 } };
      const moved = (by: number): SpikeRecording => ({
        ...recording,
        units: recording.units.map((u) => ({ ...u, times: u.times.map((t) => t + by) })),
        trials: { ...recording.trials, columns: recording.trials.columns.map((c) => (c.kind === 'event' ? { ...c, values: c.values.map((t) => t + by) } : c)) }, // prettier-ignore
        signals: [],
      });
      const turned: SpikeRecording = {
        ...recording,
        trials: { ...recording.trials, columns: recording.trials.columns.map((c) => ({ ...c, values: c.values.toReversed() }) as TrialColumn) }, // prettier-ignore
      };
      const plain = rates(recording, o);
      expect(largest(plain, rates(moved(1234.5), o))).toBeLessThan(1e-3);
      expect(largest(plain, rates(turned, o))).toBeLessThan(1e-10);
    },
  );

  it('smoothed causally never look ahead, and keep all of a spike', () => {
    const smoothing = { kind: 'causal', sdMs: 20 } as const;
    const found = rates(single([10.05]), { ...alone, smoothing, toMs: 400 });
    const before = found.filter((_, t) => -100 + 10 * t + 5 <= 50);
    expect(Math.max(...before)).toBe(0);
    expect(found.reduce((a, b) => a + b, 0) * 0.01).toBeCloseTo(1, 6);
    expect(kernelOf(smoothing).cumulative(20)).toBeCloseTo(2 * normalCdf(1) - 1, 8);
  });

  it.each([{ kind: 'none' }, { kind: 'zScore' }, { kind: 'soft', constantHz: 5 }] as const)(
    'are the average of the single trials ($kind)',
    (normalisation) => {
      const { content } = ratesOf(recording, { ...options, normalisation });
      const sums = new Float64Array(content.activity.data.length);
      for (const { condition, neurons, activity } of content.singleTrials!) {
        neurons.forEach((n, row) => {
          for (let t = 0; t < 121; t++) sums[(n * 121 + t) * 8 + condition] += activity.data[row * 121 + t] / 4;
        });
      }
      expect(largest([...sums], [...content.activity.data])).toBeLessThan(1e-10);
    },
  );

  it('normalised have mean 0 and deviation 1, or a range below 1', () => {
    const of = (normalisation: RateOptions['normalisation']): number[] => rates(recording, { ...options, normalisation }).slice(0, 968); // prettier-ignore
    const z = of({ kind: 'zScore' });
    const mean = z.reduce((a, b) => a + b, 0) / z.length;
    expect(mean).toBeCloseTo(0, 10);
    expect(z.reduce((a, b) => a + (b - mean) ** 2, 0) / z.length).toBeCloseTo(1, 10);
    const [plain, soft] = [of({ kind: 'none' }), of({ kind: 'soft', constantHz: 5 })];
    const range = Math.max(...plain) - Math.min(...plain);
    expect(soft[7]).toBeCloseTo(plain[7] / (range + 5), 12);
  });

  it('put signals on the same steps, as they are or scaled as the published ones', () => {
    const { kinematics } = ratesOf(recording, options).content;
    const at = (name: string, c: number, t: number): number => kinematics[name].data[c * 121 + t];
    expect(at('handX', 0, 120) - at('handX', 4, 120)).toBeCloseTo(2 * 8 * (1 / (1 + Math.exp(-3))), 1);
    expect(at('handVx', 0, 105)).toBeCloseTo((at('handX', 0, 106) - at('handX', 0, 104)) / 0.02, 0);
    const scaled = ratesOf(recording, { ...options, signals: 'scaled' }).content.kinematics['shoulderAngle'].data;
    expect(Math.max(...scaled.map(Math.abs))).toBe(1);
    for (let c = 0; c < 8; c++) expect(scaled[c * 121]).toBe(0);
    expect(ratesOf(recording, { ...options, signals: 'none' }).content.kinematics).toEqual({});
  });

  it('leave out what they are told to, and say why', () => {
    const silent = { name: 'silent', times: new Float64Array() };
    const late = { name: 'late', times: reaches.spikes[0], observed: [[60, 1000]] as const };
    const { report, content } = ratesOf(
      { ...recording, units: [...recording.units, silent, late] },
      { ...options, only: [{ column: 'result', is: ['R'] }], minTrials: 4 },
    );
    const dropped = report.conditions.filter(({ kept }) => !kept);
    expect(dropped).toEqual([{ label: '225°', trials: 3, kept: false }]);
    expect(content.conditions).toHaveLength(7);
    expect(report.trialsLeftOut).toEqual([{ why: '"result" is not R', trials: 1 }]);
    expect(report.unitsLeftOut).toEqual([
      { why: 'no spike in the trials taken', units: ['silent'] },
      { why: 'recorded in fewer than 4 trials of a condition', units: ['late'] },
    ]);
    const slow = { name: 'slow', times: reaches.spikes[0].filter((_, k) => k % 4 === 0) };
    const above = ratesOf({ ...recording, units: [...recording.units, slow] }, { ...options, minRateHz: 15 });
    expect(above.report.unitsLeftOut).toEqual([{ why: 'mean rate not above 15 Hz', units: ['slow'] }]);
  });

  it('list which neurons each trial has, where some were not recorded throughout', () => {
    const late = { name: 'late', times: reaches.spikes[0], observed: [[60, 1000]] as const };
    const { singleTrials } = ratesOf({ ...recording, units: [late, ...recording.units] }, options).content;
    expect(singleTrials).toHaveLength(32);
    expect(singleTrials![0].neurons).toEqual([1, 2, 3, 4, 5, 6]);
    expect(singleTrials!.filter(({ neurons }) => neurons.includes(0)).length).toBeLessThan(32);
  });

  it('sort by several variables, and put angles in the nearest direction', () => {
    const columns = [direction([359, 44, -50, 0]), { name: 'side', kind: 'text' as const, values: ['left', 'right', 'left', 'left'] }, event('go', [1, 2, 3, 4])]; // prettier-ignore
    const four: SpikeRecording = { ...recording, trials: { count: 4, columns }, signals: [], movement: undefined as never }; // prettier-ignore
    const conditions = [{ column: 'direction', directions: 8 }, { column: 'side' }];
    const { content } = ratesOf(four, { ...options, event: 'go', conditions, minTrials: 1 });
    expect(content.conditions).toEqual([
      { label: 'direction 0°, side left', values: { directionDeg: 0 } },
      { label: 'direction 45°, side right', values: { directionDeg: 45 } },
      { label: 'direction 315°, side left', values: { directionDeg: 315 } },
    ]);
    const radians = { ...four, trials: { count: 4, columns: [direction([3.13, 3.15, -3.14, 3.1]), columns[2]] } };
    const turned = ratesOf(radians, { ...options, event: 'go', conditions: [{ column: 'direction', directions: 4, unit: 'rad' }], minTrials: 1 }); // prettier-ignore
    expect(turned.content.conditions.map(({ label }) => label)).toEqual(['180°']);
  });

  it.each([
    ['rates.column', { event: 'lunch' }],
    ['rates.event', { event: 'result' }],
    ['rates.column', { conditions: [{ column: 'side' }] }],
    ['rates.angles', { conditions: [{ column: 'result', directions: 8 }] }],
    ['rates.noTrials', { only: [{ column: 'result', is: ['X'] }] }],
    ['rates.minTrials', { minTrials: 5 }],
    ['rates.noUnits', { minRateHz: 500 }],
    ['rates.window', { toMs: -800 }],
    ['rates.window', { binMs: 0.001 }],
  ] as [string, Partial<RateOptions>][])('are refused by %s where the options do not fit: %j', (code, change) => {
    const act = (): unknown => ratesOf(recording, { ...options, ...change });
    expect(codeOf(act)).toBe(code);
    expect(messageOf(act)).toMatch(/^[A-Z].*: .*\. [A-Z].*\.$|^[A-Z].*: .*\.$/);
  });
});
