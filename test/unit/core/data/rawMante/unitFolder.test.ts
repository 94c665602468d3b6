import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mat } from '../../../../../src/core/data/formats/mat.ts';
import { importDataset, importUnits } from '../../../../../src/core/data/importDataset.ts';
import type { UnitOptions } from '../../../../../src/core/data/rawMante/options.ts';
import { unitFile, unitTrials } from '../../../../support/unitFile.ts';
import { matFile, matNumbers } from '../../../../support/matFile.ts';

const facts = { path: '/recordings/monkey A', sha256: 'f', bytes: 9 };
const published: UnitOptions = { dtMs: 15, selection: 'published' };
const corrected: UnitOptions = { dtMs: 15, selection: 'corrected' };
const plain = unitFile(unitTrials());

function folderOf(files: Record<string, Uint8Array>, options: UnitOptions) {
  const units = Object.entries(files).map(([file, bytes]) => ({
    file,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    read: () => mat.read(bytes, file),
  }));
  return importUnits(units, facts, options);
}
const whyNot = (bytes: Uint8Array, options: UnitOptions): string => {
  const { files } = folderOf({ 'a.mat': plain, 'b.mat': bytes }, options);
  expect(files![0].kept).toBe(true);
  expect(files![1].kept).toBe(false);
  return files![1].why;
};

describe('a folder of single units', () => {
  it('becomes averages of neurons × steps × the conditions of the task, whatever order trials came in', () => {
    const dataset = folderOf({ 'a.mat': unitFile(unitTrials().toReversed()), 'b.mat': plain }, published);
    expect(dataset).toMatchObject({
      name: 'Mante 2013: monkey A',
      alignment: 'stimulus onset',
      source: { ...facts, format: 'mat', layout: 'mante2013-units {"dtMs":15,"selection":"published"}' },
    });
    expect(dataset.activity.shape).toEqual([2, 2, 72]);
    dataset.activity.data.forEach((rate, i) => expect(rate).toBe(i % 72));
    expect([...dataset.timeMs]).toEqual([100, 115]);
    expect([...dataset.facts['trialsPerNeuron'].data]).toEqual(Array(72).fill(1));
  });

  it('matches coherences by rank, and keeps the mean of what they were', () => {
    const weaker = unitTrials(({ motion, colour }) => ({ motion: motion / 2, colour: colour / 4 }));
    for (const options of [published, corrected]) {
      const { activity, conditions, facts: of } = folderOf({ 'a.mat': plain, 'b.mat': unitFile(weaker) }, options);
      expect(activity.data.slice(0, 144)).toEqual(activity.data.slice(144));
      expect(of['motionCoherence'].data[0]).toBeCloseTo(0.75 * conditions[0].values['motion'], 12);
      expect(of['colourCoherence'].data[0]).toBeCloseTo(0.625 * conditions[0].values['colour'], 12);
    }
  });

  it('drops a condition with any incorrect trial where published rules are asked for, else only that trial', () => {
    const trials = [...unitTrials(), { ...unitTrials()[3], correct: 0, rate: 1000 }];
    expect(whyNot(unitFile(trials), published)).toBe('71 of 72 conditions without an incorrect trial; 72 are needed');
    const { activity, files } = folderOf({ 'b.mat': unitFile(trials) }, corrected);
    expect(activity.data[3]).toBe(3000); // per second
    expect(files![0].why).toBe('72 trials averaged, 1 to 1 per condition; 1 incorrect left out');
  });

  it('counts trials by the last number where published rules are asked for, else those that are there', () => {
    const trials = [...unitTrials(), { ...unitTrials()[0], rate: 4 }];
    const file = unitFile(trials, { lastTrial: 72 });
    expect(folderOf({ 'a.mat': file }, published).activity.data[0]).toBe(0);
    expect(folderOf({ 'a.mat': file }, corrected).activity.data[0]).toBe(2000); // of 0 and 4 per ms
    expect(whyNot(unitFile(unitTrials(), { lastTrial: 80 }), published)).toMatch(/last trial's number is 80, but there are 72/); // prettier-ignore
  });

  it('tells when 72 conditions are not the task’s: published rules keep the unit, corrected ones do not', () => {
    // one condition was chosen both ways and another never correct: again 72 groups of correct trials
    const odd = unitTrials((_, place) => (place === 0 ? { ...unitTrials()[1], choice: 1 } : {}));
    expect(folderOf({ 'a.mat': unitFile(odd) }, published).files![0].why).toMatch(/number 1 of them is not the task's/);
    expect(whyNot(unitFile(odd), corrected)).toMatch(/^no correct trial in 1 of 72 conditions, the first "motion −50 %/); // prettier-ignore
    const fourLevels = unitTrials(({ motion }, place) => (place === 0 ? { motion: motion * 1.1 } : {}));
    expect(whyNot(unitFile(fourLevels), corrected)).toMatch(/^expected 3 coherences of motion on either side of 0, found/); // prettier-ignore
  });

  it('leaves out trials called correct against the coherence that decides, in the corrected mode', () => {
    const trials = [...unitTrials(), { ...unitTrials()[5], choice: 1, rate: 1000 }];
    const { activity, files } = folderOf({ 'a.mat': unitFile(trials) }, corrected);
    expect(activity.data[5]).toBe(5000);
    expect(files![0].why).toContain('1 called correct against their coherence left out');
  });

  it('takes a copy of a file for one more unit only where published rules are asked for', () => {
    const files = { 'a (copy).mat': plain, 'a.mat': plain };
    expect(folderOf(files, published).activity.shape[0]).toBe(2);
    expect(folderOf(files, corrected).files![1]).toMatchObject({ kept: false, why: 'the same bytes as "a (copy).mat"' }); // prettier-ignore
  });

  it('makes steps as long as the published rule does, or as asked', () => {
    const long = { 'a.mat': unitFile(unitTrials(), { samples: 751 }) };
    const stepsOf = (options: UnitOptions) => {
      const { timeMs } = folderOf(long, options);
      return { count: timeMs.length, first: timeMs[0], step: timeMs[1] - timeMs[0] };
    };
    expect(stepsOf({ dtMs: 40, selection: 'published' })).toEqual({ count: 18, first: 100, step: 41 });
    expect(stepsOf({ dtMs: 40, selection: 'corrected' })).toEqual({ count: 18, first: 119.5, step: 40 });
    expect(() => stepsOf({ dtMs: 2.5, selection: 'corrected' })).toThrow(/multiple of the length of a sample, found steps of 2.5 ms/); // prettier-ignore
    expect(() => stepsOf({ dtMs: 0.5, selection: 'published' })).toThrow(/none shorter than a sample/);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['is cut off', plain.slice(0, 900), /^an element claims \d+ bytes, found \d+/],
    ['is no MATLAB file', new Uint8Array(300), /^its header is cut off/],
    ['holds no unit', matFile([['rates', matNumbers([1, 2], [1, 2])]]), /^expected a struct "unit", found none\.$/],
    [
      'is sampled otherwise',
      unitFile(unitTrials(), { samples: 40 }),
      /^expected 31 samples .* as in "a.mat", found 40/,
    ],
    ['has numbers that are not finite', unitFile(unitTrials((_, p) => (p === 7 ? { rate: NaN } : {}))), /^expected finite numbers "response", found NaN/], // prettier-ignore
    ['has another context', unitFile(unitTrials((_, p) => (p === 7 ? { context: 3 } : {}))), /^expected the contexts 1 and -1, found 3/], // prettier-ignore
  ])('leaves out a file that %s, and says so', (_, bytes, why) => {
    expect(whyNot(bytes, corrected)).toMatch(why);
  });

  it('is refused where no file can be used, with the reason of the first', () => {
    const refused = (files: Record<string, Uint8Array>) => () => folderOf(files, published);
    expect(refused({})).toThrow(expect.objectContaining({ code: 'units.none', message: expect.stringContaining('found no .mat file') as string })); // prettier-ignore
    expect(refused({ 'x.mat': new Uint8Array(9) })).toThrow(/found 1, of which none can be used; "x.mat": /);
  });

  it('is asked for where one of its files comes alone', () => {
    expect(() => importDataset(plain, { path: 'a.mat', sha256: '', bytes: plain.length })).toThrow(
      expect.objectContaining({ code: 'data.unit', message: expect.stringContaining('Import the folder') as string }),
    );
  });
});
