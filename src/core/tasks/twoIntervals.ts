/**
 * Two-interval comparison: two vibrations f1 and f2 come one after the other; which was faster?
 *
 *   fixation   f1      delay   f2      decision
 *   hold 1     1       1       1       0
 *   level 0    of f1   0       of f2   0
 *
 * A frequency comes in through two channels, as neurons of S2 are tuned: one rises with it from 0 to 1, the other falls
 * from 1 to 0. Outputs: a choice between "wait", right before the decision, "f1 > f2" and "f1 < f2" (cross-entropy).
 * Each f1 comes with an f2 above and below it by the same difference, so that neither alone tells the answer.
 */
import { designedTask } from './designed.ts';
import { refuseSetting } from './settings.ts';

const label = 'Two-interval comparison';

export const twoIntervals = designedTask({
  id: 'two-intervals',
  label,
  source:
    'after Romo, Brody, Hernández & Lemus 1999, Nature 399:470; channels as in Miller et al. 2003, Cereb. Cortex 13:1208',
  settings: {
    dtMs: { kind: 'number', label: 'Time step', unit: 'ms', least: 1, most: 100, default: 20 },
    firstHz: {
      kind: 'numbers',
      label: 'First frequencies',
      hint: 'two conditions each',
      unit: 'Hz',
      least: 0,
      most: 1000,
      fewest: 1,
      default: [14, 18, 22, 26, 30],
    },
    differenceHz: {
      kind: 'number',
      label: 'Difference of the second',
      unit: 'Hz',
      least: 0.01,
      most: 1000,
      default: 8,
    },
    fixationMs: { kind: 'range', label: 'Fixation', unit: 'ms', least: 1, most: 60_000, default: [100, 300] },
    stimulusMs: { kind: 'number', label: 'Each vibration', unit: 'ms', least: 1, most: 60_000, default: 300 },
    delayMs: { kind: 'range', label: 'Delay', unit: 'ms', least: 1, most: 60_000, default: [200, 600] },
    decisionMs: { kind: 'number', label: 'Decision', unit: 'ms', least: 1, most: 60_000, default: 300 },
  },
  design({ dtMs, firstHz, differenceHz, fixationMs, stimulusMs, delayMs, decisionMs }) {
    const lowest = Math.min(...firstHz) - differenceHz;
    const highest = Math.max(...firstHz) + differenceHz;
    if (lowest < 0)
      refuseSetting(label, 'first frequencies no lower than the difference', `${Math.min(...firstHz)} Hz`);
    const level = (hz: number): number => (hz - lowest) / (highest - lowest);
    const pairs = firstHz.flatMap((f1) => [f1 - differenceHz, f1 + differenceHz].map((f2) => ({ f1, f2 })));
    return {
      dtMs,
      inputLabels: ['hold', 'rising with frequency', 'falling with frequency'],
      outputLabels: ['wait', 'f1 > f2', 'f1 < f2'],
      loss: 'cross-entropy',
      conditions: pairs.map(({ f1, f2 }) => ({ label: `${f1}, then ${f2} Hz`, values: { f1Hz: f1, f2Hz: f2 } })),
      phases: {
        fixation: fixationMs,
        first: [stimulusMs, stimulusMs],
        delay: delayMs,
        second: [stimulusMs, stimulusMs],
        decision: [decisionMs, decisionMs],
      },
      zero: { phase: 'first', event: 'onset of the first vibration' },
      write(trial, condition, { fixation, first, second, decision }) {
        const { f1, f2 } = pairs[condition];
        trial.input(0, { from: fixation.from, to: decision.from }, 1);
        for (const [span, hz] of [
          [first, f1],
          [second, f2],
        ] as const) {
          trial.input(1, span, level(hz));
          trial.input(2, span, 1 - level(hz));
        }
        trial.choice(f1 > f2 ? 1 : 2, decision);
      },
    };
  },
});
