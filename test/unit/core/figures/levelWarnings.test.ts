import { describe, expect, it } from 'vitest';
import type { DistanceShown } from '../../../../src/core/figures/figureInput.ts';
import { figures } from '../../../../src/core/figures/index.ts';
import { levelWarnings } from '../../../../src/core/figures/levelWarnings.ts';
import { figureInput, runCurve } from '../../../support/runCurves.ts';

const ceiling = { label: 'half of the neurons', kind: 'ceiling', y: 0.4, past: 'Halves are noisy.' } as const;
const floor = { label: 'average', kind: 'floor', y: 0.5, past: 'Time alone does that.' } as const;
const accuracy = [0, 0.5, 1];

function warnings(distances: number[][], change: Partial<DistanceShown> = {}): string[] {
  const input = figureInput(distances.map((distance, i) => runCurve('bptt', i + 1, accuracy, distance)));
  return levelWarnings({ ...input, distance: { ...input.distance, levels: [ceiling, floor], ...change } });
}

describe('warnings about levels', () => {
  it('are none where every run ends between floor and ceiling', () => {
    expect(warnings([[0.7, 0.5, 0.45]])).toEqual([]);
  });

  it('name the run and update that is past a ceiling, and what that means', () => {
    expect(
      warnings([
        [0.7, 0.39, 0.3],
        [0.7, 0.5, 0.45],
      ]),
    ).toEqual([
      'Warning: 1 of 2 runs past the ceiling “half of the neurons” (0.400): BPTT, seed 1, first at update 10 (0.390), nearest at update 20 (0.300). Halves are noisy.',
    ]);
  });

  it('name the run that ends no nearer than a floor, or no nearer than it began', () => {
    expect(warnings([[0.6, 0.45, 0.55]])).toEqual([
      'Warning: 1 of 1 run at the end no nearer to the recording than the floor “average” (0.500): BPTT, seed 1, 0.550 at update 20. Time alone does that.',
    ]);
    expect(warnings([[0.45, 0.42, 0.46]])).toEqual([
      'Warning: 1 of 1 run at the end no nearer to the recording than the floor “untrained” (0.450): BPTT, seed 1, 0.460 at update 20. Training has not brought the activity nearer to the recording than random weights are.',
    ]);
  });

  it('turn round where higher is nearer', () => {
    const levels = [
      { ...ceiling, y: 0.8 },
      { ...floor, y: 0.2 },
    ];
    const higher = { better: 'higher', levels } as const;
    expect(warnings([[0.3, 0.5, 0.7]], higher)).toEqual([]);
    expect(warnings([[0.3, 0.5, 0.9]], higher)[0]).toMatch(/past the ceiling .* first at update 20 \(0.900\)\./);
    expect(warnings([[0.1, 0.3, 0.15]], higher)[0]).toMatch(/no nearer to the recording than the floor “average”/);
  });

  it('tell of a floor that is nearer than a ceiling', () => {
    const levels = [
      { ...ceiling, y: 0.4 },
      { ...floor, y: 0.3 },
      { ...floor, y: 0.35 },
    ];
    const found = warnings([[0.7, 0.5, 0.2]], { levels });
    expect(found.filter((warning) => /leaves no room between them/.test(warning))).toHaveLength(2);
    expect(found[1]).toMatch(
      /^Warning: the floor “average” \(0.300\) is nearer .* ceiling “half of the neurons” \(0.400\)/,
    );
  });

  it('name three runs and count the others', () => {
    const [warning] = warnings([1, 2, 3, 4, 5].map(() => [0.7, 0.5, 0.3]));
    expect(warning).toMatch(/^Warning: 5 of 5 runs .*seed 3, [^;]*; and 2 more\./);
  });

  it('say nothing of measures that no direction is better in, nor of runs that were not trained', () => {
    expect(warnings([[0.1]], { better: 'neither' })).toEqual([]);
    expect(warnings([[0.6]])).toEqual([]);
  });

  it('stand first among the notes of the figures of distance', () => {
    const input = figureInput([runCurve('bptt', 1, accuracy, [0.7, 0.5, 0.3])]);
    const distance = { ...input.distance, levels: [ceiling], notes: ['As ever.'] };
    for (const id of ['distanceVsAccuracy', 'distanceVsUpdates']) {
      const { notes } = figures.get(id).describe({ ...input, distance });
      expect(notes.findIndex((n) => n.startsWith('Warning: 1 of 1 run past'))).toBeLessThan(notes.indexOf('As ever.'));
    }
  });
});
