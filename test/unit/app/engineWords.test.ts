import { describe, expect, it } from 'vitest';
import type { EngineTest } from '../../../src/app/contract.ts';
import { numbersInWords, speedInWords } from '../../../src/app/engineWords.ts';

const right = { rule: 'BPTT', refusal: null, difference: 2.6e-7, agrees: true, repeats: true };
const test = (change: Partial<EngineTest>): EngineTest => ({
  engine: 'native-cpu',
  label: 'Native (CPU)',
  description: '',
  numbers: [right],
  speed: [],
  error: null,
  ...change,
});

describe('numbersInWords', () => {
  it.each<[string, Partial<EngineTest>, boolean, string]>([
    ['right', {}, true, 'matches the reference engine to 3e-7, repeats bit for bit'],
    [
      'the largest difference of all rules',
      { numbers: [right, { ...right, rule: 'e-prop', difference: 4e-6 }] },
      true,
      'matches the reference engine to 4e-6, repeats bit for bit',
    ],
    [
      'rules that it refuses',
      { numbers: [right, { rule: 'X', refusal: 'no', difference: null, agrees: false, repeats: false }] },
      true,
      'matches the reference engine to 3e-7, repeats bit for bit; not for X',
    ],
    [
      'wrong',
      { numbers: [{ ...right, difference: 0.02, agrees: false }] },
      false,
      'BPTT differs from the reference engine by 2e-2',
    ],
    ['fickle', { numbers: [{ ...right, repeats: false }] }, false, 'BPTT gives other numbers when repeated'],
    [
      'broken off',
      { numbers: [], error: 'The test ended with signal SIGSEGV.' },
      false,
      'The test ended with signal SIGSEGV.',
    ],
    ['the oracle itself', { engine: 'reference' }, true, 'is the reference engine, repeats bit for bit'],
  ])('says of a test: %s', (_, change, passed, text) => {
    expect(numbersInWords(test(change))).toEqual({ passed, text });
  });
});

describe('speedInWords', () => {
  it('has as many digits as one wants to know', () => {
    const speed = (msPerUpdate: number, estimated = false, msTogether: number | null = null): unknown =>
      speedInWords(test({ speed: [{ rule: 'BPTT', msPerUpdate, estimated, msTogether }] }))[0];
    expect(speed(41.3)).toEqual({ rule: 'BPTT', alone: '41 ms', together: null });
    expect(speed(0.4567)).toMatchObject({ alone: '0.46 ms' });
    expect(speed(999.7)).toMatchObject({ alone: '1.0 s' });
    expect(speed(4724, true)).toMatchObject({ alone: '≈ 4.7 s' });
    expect(speed(46_100, true)).toMatchObject({ alone: '≈ 46 s' });
    expect(speed(41.3, false, 22.4)).toMatchObject({ together: '22 ms' });
  });
});
