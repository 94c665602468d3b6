import { describe, expect, it } from 'vitest';
import { alignGradients, alignmentParts, type AlignmentPart } from '../../../../src/core/analysis/gradientAlignment.ts';
import { tensor, zeros } from '../../../../src/core/math/tensor.ts';
import { mapParameters, type Parameters } from '../../../../src/core/models/parameters.ts';
import { cosine, randomParameters, smallShape } from '../../../support/network.ts';

const g = randomParameters(smallShape, 1);
const q = randomParameters(smallShape, 100);

const scaled = (p: Parameters, by: number): Parameters =>
  mapParameters(p, (t) =>
    tensor(
      t.shape,
      Float64Array.from(t.data, (v) => by * v),
    ),
  );
const emptied = (p: Parameters, name: keyof Parameters): Parameters => ({ ...p, [name]: zeros(p[name].shape) });
const partOf = (part: AlignmentPart, ...compared: Parameters[]) =>
  alignGradients(compared[0], compared[1]).find((a) => a.part === part)!;

describe('how gradients align', () => {
  it('is the cosine and the ratio of lengths that paper and pencil give', () => {
    const one = { ...g, bout: tensor([2], Float64Array.of(3, 0)) };
    const other = { ...g, bout: tensor([2], Float64Array.of(3, 4)) };
    const close = (v: number) => expect.closeTo(v, 12) as number;
    expect(partOf('bout', one, other)).toEqual({
      part: 'bout',
      cosine: close(0.6),
      normRatio: close(0.6),
      reason: null,
    });
    const across = { ...g, bout: tensor([2], Float64Array.of(-8, 6)) };
    expect(partOf('bout', across, other)).toMatchObject({ cosine: close(0), normRatio: close(2) });
  });

  it('has one entry per parameter, and one over the recurrent layer', () => {
    const found = alignGradients(g, q);
    expect(found.map((a) => a.part)).toEqual(alignmentParts);
    for (const { part, cosine: c } of found) {
      const names = part === 'recurrent' ? (['a0', 'Win', 'Wrec', 'b'] as const) : [part];
      expect(c).toBeCloseTo(cosine(g, q, names), 12);
    }
  });

  it('is exactly 1 with itself, −1 with its opposite', () => {
    for (const { cosine: c, normRatio } of alignGradients(g, g)) expect([c, normRatio]).toEqual([1, 1]);
    for (const { cosine: c, normRatio } of alignGradients(scaled(g, -1), g)) expect([c, normRatio]).toEqual([-1, 1]);
  });

  it.each([1e-200, 1e-7, 3, 1e200])('has the same cosine at %f times the length, and that ratio', (by) => {
    alignGradients(scaled(g, by), q).forEach((a, i) => {
      const before = alignGradients(g, q)[i];
      expect(a.cosine).toBeCloseTo(before.cosine!, 12);
      expect(a.normRatio! / before.normRatio! / by).toBeCloseTo(1, 12);
    });
  });

  it('has no cosine where a gradient is zero, and says whose', () => {
    const [none, some] = [emptied(g, 'b'), g];
    expect(partOf('b', none, some)).toEqual({
      part: 'b',
      cosine: null,
      normRatio: 0,
      reason: "The rule's gradient is zero.",
    });
    expect(partOf('b', some, none)).toMatchObject({
      cosine: null,
      normRatio: null,
      reason: 'The gradient of BPTT is zero.',
    });
    expect(partOf('b', none, none)).toMatchObject({
      cosine: null,
      normRatio: null,
      reason: 'Both gradients are zero.',
    });
    expect(partOf('recurrent', none, some).cosine).toBeLessThan(1);
  });

  it.each([NaN, Infinity])('is nothing where a gradient holds %f', (bad) => {
    const broken = { ...g, b: tensor([9], new Float64Array(9).fill(0.5)) };
    broken.b.data[3] = bad;
    for (const part of ['b', 'recurrent'] as const) {
      for (const pair of [
        [broken, q],
        [q, broken],
      ]) {
        expect(partOf(part, ...pair)).toMatchObject({
          cosine: null,
          normRatio: null,
          reason: 'A gradient is not finite.',
        });
      }
    }
    expect(partOf('Wrec', broken, q).cosine).not.toBeNull();
  });

  it('leaves out parameters that keep their first values', () => {
    const found = alignGradients(g, q, ['Wrec', 'bout']);
    const at = (part: AlignmentPart) => found.find((a) => a.part === part)!;
    expect(at('Wrec')).toMatchObject({ cosine: null, normRatio: null, reason: 'It keeps its first values.' });
    expect(at('bout').reason).toBe('It keeps its first values.');
    expect(at('recurrent').cosine).toBeCloseTo(cosine(g, q, ['a0', 'Win', 'b']), 12);
    const all = alignGradients(g, q, ['a0', 'Win', 'Wrec', 'b']);
    expect(all[0]).toMatchObject({ part: 'recurrent', reason: 'It keeps its first values.' });
  });
});
