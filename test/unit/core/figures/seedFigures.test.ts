/** Figures of one number per seed: distanceBars, distanceScatter, and what they say. */
import { describe, expect, it } from 'vitest';
import type { FigureInput } from '../../../../src/core/figures/figureInput.ts';
import { figureTable, toCsv } from '../../../../src/core/figures/figureTable.ts';
import { figures } from '../../../../src/core/figures/index.ts';
import { compareSeeds } from '../../../../src/core/figures/seedComparison.ts';
import { figureInput, runCurve } from '../../../support/runCurves.ts';

/** At accuracy 0.8, the highest that e-prop's second seed reaches, distances are 0.4, 0.38, 0.36 and 0.5, 0.49, 0.46. */
const curves = [
  runCurve('bptt', 1, [0, 0.8, 1], [0.6, 0.4, 0.3]),
  runCurve('bptt', 2, [0, 0.8, 1], [0.6, 0.38, 0.31]),
  runCurve('bptt', 3, [0, 0.8, 0.9], [0.6, 0.36, 0.32]),
  runCurve('e-prop', 1, [0, 0.8, 0.85], [0.6, 0.5, 0.48]),
  runCurve('e-prop', 2, [0, 0.8, 0.7], [0.6, 0.49, 0.47]),
  runCurve('e-prop', 3, [0, 0.8, 0.9], [0.6, 0.46, 0.44]),
];
const described = (id: string, rest: Partial<FigureInput> = {}) =>
  figures.get(id).describe(figureInput([...curves], rest));
const reading = (at: 'accuracy' | 'best' | 'last' | 'smallest', accuracy: number | null = null) => ({
  reading: { at, accuracy },
});

describe.each(figures.all.filter((f) => f.reads))('$id', (definition) => {
  const figure = definition.describe(figureInput([...curves]));

  it('has a dot per seed with its origin, and a mean with an error bar per group', () => {
    const members = figure.lines.filter((l) => l.role === 'member');
    expect(members.map((l) => l.label)).toEqual(curves.map((c) => `${c.ruleLabel}, seed ${c.seed}`));
    expect(members.map((l) => l.y[0])).toEqual([0.4, 0.38, 0.36, 0.5, 0.49, 0.46].map((v) => expect.closeTo(v, 12)));
    expect(members[4].origins).toEqual([{ run: 'e-prop-2', seed: 2, update: 10 }]);
    const means = figure.lines.filter((l) => l.role === 'mean');
    expect(means.map((l) => l.n)).toEqual([[3], [3]]);
    expect(means[0].y[0]).toBeCloseTo(0.38, 12);
    expect(figure.bands.map((b) => b.label)[0]).toBe('BPTT, 95 % t interval of the mean');
    expect(figure.bands[0].low[0]).toBeLessThan(0.36);
  });

  it('shows the seeds that have the reading, and is an empty figure, not an error, where none has or there are no runs', () => {
    expect(definition.describe(figureInput([])).lines).toEqual([]);
    const some = definition.describe(figureInput([...curves], reading('accuracy', 0.99999)));
    expect(some.lines.map((l) => l.label)).toEqual(['BPTT, seed 1', 'BPTT, seed 2', 'BPTT, mean']);
    const nowhere = definition.describe(figureInput([...curves], reading('accuracy', 1.5)));
    expect(nowhere.lines).toEqual([]);
    expect(nowhere.whyEmpty).toBe('No seed has such a reading');
  });

  it('says that nothing was recorded, where nothing was', () => {
    const unrecorded = definition.describe(figureInput([...curves], { recorded: false }));
    expect(unrecorded.whyEmpty).toMatch(/nothing was recorded/);
    expect(unrecorded.comparison).toBeUndefined();
  });
});

describe('the distance of each group', () => {
  it('stands at a place with its name', () => {
    const { x, lines } = described('distanceBars');
    expect(x).toMatchObject({ places: ['BPTT', 'E-PROP'], min: -0.5, max: 1.5 });
    expect(lines.filter((l) => l.role === 'mean').map((l) => l.x)).toEqual([[0], [1]]);
  });
});

describe('accuracy and distance of each seed', () => {
  it('has the accuracy of the reading along x', () => {
    const { lines } = described('distanceScatter', reading('last'));
    expect(lines.slice(0, 6).map((l) => l.x[0])).toEqual([1, 1, 0.9, 0.85, 0.7, 0.9].map((v) => expect.closeTo(v, 12)));
    expect(lines.slice(0, 6).map((l) => l.y[0])).toEqual([0.3, 0.31, 0.32, 0.48, 0.47, 0.44]);
  });
});

describe('what is said about a comparison of seeds', () => {
  const notes = (rest: Partial<FigureInput> = {}) => described('distanceBars', rest).notes.join('\n');

  it('is where seeds were read, whose accuracy decides, and what bias that has', () => {
    expect(notes()).toContain(
      'Read at equal accuracy of 0.8, the highest that all seeds reach (E-PROP, seed 2, gets no further).',
    );
    expect(notes(reading('accuracy', 0.5))).toContain('Read at equal accuracy of 0.5. Each seed');
    expect(notes(reading('smallest'))).toContain('Biased towards the recording');
    expect(notes(reading('best'))).toContain('Mean accuracy there: BPTT 0.9667, E-PROP 0.85.');
  });

  it('is who was left out, and why', () => {
    expect(notes(reading('accuracy', 0.87))).toContain('E-PROP: no such reading, left out: seeds 1, 2.');
    const twice = [...curves, { ...curves[0], run: 'again' }];
    const found = figures.get('distanceBars').describe(figureInput(twice));
    expect(found.notes).toContain('BPTT: more than one run, of which the first counts: seed 1.');
    expect(found.comparison!.groups[0].seeds.map((s) => s.run)).toEqual(['bptt-1', 'bptt-2', 'bptt-3']);
  });

  it('is mean, SD, interval and n of every group, and the test of every pair', () => {
    expect(notes()).toMatch(/BPTT: mean 0.38, SD 0.02, 95 % t interval 0.33 to 0.43, n = 3 seeds\./);
    expect(notes()).toMatch(
      /BPTT − E-PROP: −0.103, 95 % t interval −0.118 to −0.089, d_z = .*, p = 0.25 \(sign flips of 3 pairs, all 8 ways\)/,
    );
    expect(notes()).toMatch(/seeds would show it with 80 % power \(t-test\)/);
  });

  it('is the smallest p that so few seeds can give', () => {
    expect(notes()).toContain('With 3 pairs of seeds p cannot be below 0.25, however');
  });

  it('is that other seeds make no pairs', () => {
    const others = curves.map((c) => (c.rule === 'bptt' ? c : { ...c, seed: c.seed + 10 }));
    const found = figures.get('distanceBars').describe(figureInput(others)).notes.join('\n');
    expect(found).toContain('unpaired since seeds differ, labels of 3 and 3 seeds, all 20 ways');
    expect(found).toContain('With 3 and 3 seeds p cannot be below 0.1, however');
  });

  it('is how short bootstrap intervals are with so few seeds', () => {
    const { statistics } = figureInput([]);
    const found = notes({ statistics: { ...statistics, interval: 'bca' } });
    expect(found).toContain('200 draws, random stream 1. With 3 seeds they hold the true mean about 75 % of the time');
    expect(notes()).not.toContain('Bootstrap');
  });

  it('is by the table where there are many pairs', () => {
    const many = ['a', 'b', 'c', 'd'].flatMap((rule) =>
      [1, 2].map((s) => runCurve(rule, s, [0, 1], [0.6, 0.3 + 0.01 * s])),
    );
    const figure = figures.get('distanceBars').describe(figureInput(many));
    expect(figure.notes).toContain('6 pairs of groups are compared; the table has them.');
    expect(figure.comparison!.statistics.pairs).toHaveLength(6);
  });
});

describe('the table of such a figure', () => {
  const rows = figureTable(described('distanceBars'));

  it('has the statistics beneath the seeds', () => {
    const statistic = (group: string, label: RegExp) =>
      rows.filter((r) => r.mark === 'statistic' && r.group === group && label.test(r.label));
    expect(statistic('BPTT', /^standard deviation$/)[0]).toMatchObject({ y: expect.closeTo(0.02, 12), n: 3 });
    expect(statistic('BPTT', /^mean, 95 % /).map((r) => r.label)).toEqual([
      'mean, 95 % BCa bootstrap',
      'mean, 95 % percentile bootstrap',
      'mean, 95 % t interval',
    ]);
    expect(statistic('BPTT − E-PROP', /^p, sign flips of 3 pairs/)[0]).toMatchObject({ y: 0.25, n: 3 });
    expect(statistic('BPTT − E-PROP', /^smallest p/)[0].y).toBe(0.25);
    expect(statistic('BPTT − E-PROP', /^effect size d_z/)[0].low).not.toBeNull();
  });

  it('has no number for a place that is a name', () => {
    expect(rows.filter((r) => r.mark === 'member').every((r) => r.x === null)).toBe(true);
    expect(toCsv(rows)).toContain('member,BPTT,"BPTT, seed 1",bptt-1,1,10,,0.4,,,');
  });
});

describe('the comparison of seeds', () => {
  it('knows each reading, in order of seeds', () => {
    const { groups, accuracy, atLabel } = compareSeeds(figureInput(curves.toReversed(), reading('last')));
    expect(groups[0].seeds.map((s) => [s.seed, s.distance, s.update])).toEqual([
      [1, 0.48, 20],
      [2, 0.47, 20],
      [3, 0.44, 20],
    ]);
    expect([accuracy, atLabel]).toEqual([null, 'at the last update']);
  });
});
