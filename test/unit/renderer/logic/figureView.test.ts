import { describe, expect, it } from 'vitest';
import { distanceVsUpdates } from '../../../../src/core/figures/distanceVsUpdates.ts';
import { fileStem, isEmpty, withMarks } from '../../../../src/renderer/logic/figureView.ts';
import { threeRuns } from '../../../support/runCurves.ts';

const figure = distanceVsUpdates.describe(threeRuns());
const everything = { seeds: true, mean: true, band: true };

describe('the marks of a figure that are shown', () => {
  it('are all of them when nothing is hidden', () => {
    expect(withMarks(figure, everything)).toEqual(figure);
  });

  it('keep the groups, so that colours stay', () => {
    const bare = withMarks(figure, { seeds: false, mean: false, band: false });
    expect(bare.groups).toEqual(figure.groups);
    expect(bare.bands).toEqual([]);
    expect(bare.lines.some((l) => l.role === 'mean')).toBe(false);
  });

  it('keep the seeds of a group that has no mean', () => {
    const alone = { ...figure, lines: figure.lines.filter((l) => l.role === 'member') };
    expect(withMarks(alone, { ...everything, seeds: false }).lines).toEqual(alone.lines);
    expect(isEmpty(withMarks(alone, { ...everything, seeds: false }))).toBe(false);
  });
});

describe('the suggested name of a file', () => {
  it('is the figure in words', () => {
    expect(fileStem('distanceVsAccuracy')).toBe('distance-vs-accuracy');
    expect(fileStem('conditionAverages-12')).toBe('condition-averages-12');
  });
});
