import { expect, it } from 'vitest';
import { activationIds, activationOf, slopedActivationIds } from '../../src/core/models/activations.ts';
import { describeReference, fromJson, hasReference, largestDifference, referenceJson } from '../support/reference.ts';

describeReference('activation functions', () => {
  const fixture = hasReference ? referenceJson('fixtures', 'training', 'activations.json') : null;
  const published = Object.keys(fixture?.functions ?? {});

  it('are all those of the published code', () => {
    // the fixtures lack the published tanhwithslope, which takes a number
    expect(activationIds).toEqual(expect.arrayContaining([...published, 'tanhwithslope']));
    const sloped = published.filter((id) => fixture.functions[id].slope !== null);
    expect(slopedActivationIds.toSorted()).toEqual(sloped.toSorted());
  });

  it.each(activationIds.filter((id) => published.includes(id)))(
    '%s has the published values and slopes, ties included',
    (id) => {
      const x = fromJson(fixture.x).data;
      const { value, slope } = fixture.functions[id];
      expect(largestDifference(x.map(activationOf({ activation: id }).value), fromJson(value).data)).toBeLessThan(
        1e-14,
      );
      const slopes = slope === null ? new Float64Array(x.length) : fromJson(slope).data;
      expect(largestDifference(x.map(activationOf({ activation: id }).slope), slopes)).toBeLessThan(1e-14);
    },
  );

  it.each(activationIds.filter((id) => fixture?.extremes[id]))('%s has the published values at extremes', (id) => {
    const x = fromJson(fixture.extremes.x).data;
    const expected = fromJson(fixture.extremes[id]).data;
    expect(largestDifference(x.map(activationOf({ activation: id }).value), expected)).toBeLessThan(1e-14);
  });
});
