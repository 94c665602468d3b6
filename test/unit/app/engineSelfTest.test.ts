import { describe, expect, it } from 'vitest';
import { compareWithReference, testEngine, testSteps, tolerance } from '../../../src/app/engineSelfTest.ts';
import type { EngineTest } from '../../../src/app/contract.ts';
import type { Engine, Network } from '../../../src/core/engines/engine.ts';
import { referenceEngine } from '../../../src/core/engines/reference.ts';
import { bptt } from '../../../src/core/rules/bptt.ts';
import { eprop } from '../../../src/core/rules/eprop.ts';
import { rules } from '../../../src/core/rules/index.ts';

/** The reference engine, but that each network is changed first. */
function spoilt(change: (network: Network) => void): Engine {
  return {
    ...referenceEngine,
    open(setup, state) {
      const network = referenceEngine.open(setup, state);
      change(network);
      return network;
    },
  };
}

function scaleGradient(network: Network, factor: number): void {
  const gradient = network.gradient.bind(network);
  network.gradient = (batch, noise) => {
    const found = gradient(batch, noise);
    found.gradient.Wrec.data[5] *= factor;
    return found;
  };
}

describe('compareWithReference', () => {
  it.each(rules.all)('finds the reference engine equal to itself: $label', (rule) => {
    expect(compareWithReference(referenceEngine, rule)).toEqual({ difference: 0, repeats: true });
  });

  it('notices another rule, one wrong weight, and numbers that are none', () => {
    const open = referenceEngine.open.bind(referenceEngine);
    const other: Engine = { ...referenceEngine, open: (setup, state) => open({ ...setup, rule: eprop }, state) };
    expect(compareWithReference(other, bptt).difference).toBeGreaterThan(tolerance);
    expect(
      compareWithReference(
        spoilt((n) => scaleGradient(n, 1.5)),
        bptt,
      ).difference,
    ).toBeGreaterThan(tolerance);
    expect(() =>
      compareWithReference(
        spoilt((n) => scaleGradient(n, NaN)),
        bptt,
      ),
    ).toThrow('expected a finite loss');
  });

  it('notices an engine that does not repeat', () => {
    let opened = 0;
    const fickle = spoilt((n) => scaleGradient(n, 1 + 1e-12 * opened++));
    const { difference, repeats } = compareWithReference(fickle, bptt);
    expect(difference).toBeLessThan(tolerance);
    expect(repeats).toBe(false);
  });
});

describe('testEngine', () => {
  it('tells every step beforehand, skips what the engine refuses, and estimates what is slow', () => {
    const picky: Engine = { ...referenceEngine, refusal: ({ rule }) => (rule === eprop ? 'not this one' : null) };
    let clock = 0;
    const steps = testEngine(picky, () => (clock += 1000));
    const told: string[] = [];
    let test: EngineTest | null = null;
    while (test === null) {
      const { done, value } = steps.next();
      if (done) test = value;
      else told.push(value);
    }
    expect(told.length).toBeLessThanOrEqual(testSteps);
    expect(told).toContain('speed of BPTT');
    expect(test.numbers.map(({ rule }) => rule)).toEqual(rules.all.map(({ label }) => label));
    expect(test.numbers.find(({ rule }) => rule === eprop.label)).toMatchObject({ refusal: 'not this one' });
    expect(test.speed[0]).toEqual({ rule: bptt.label, msPerUpdate: 10_000, estimated: true, msTogether: null });
  }, 30_000);
});
