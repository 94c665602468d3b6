/**
 * Sine on cue: a cue names a frequency f, and when it ends the network puts out a sine of it.
 *
 *   fixation   cue         sine
 *   y* = 0     y* = 0      y*(t) = sin(2π f t), t from the cue's end
 *
 * Inputs: the cue, 1 while it is shown; the frequency as a level from 0.2 (lowest) to 1 (highest), shown with the cue
 * and, unless `sustained` is off, to the end of the trial. Off, the network has to remember it.
 */
import { designedTask } from './designed.ts';
import { refuseSetting } from './settings.ts';

/** level of the lowest frequency, so that no frequency is told from silence by the cue alone */
const lowestLevel = 0.2;

const label = 'Sine on cue';

export const sineOnCue = designedTask({
  id: 'sine-on-cue',
  label,
  source: 'after Sussillo & Barak 2013, Neural Comput. 25:626 (sine wave generator)',
  settings: {
    dtMs: { kind: 'number', label: 'Time step', unit: 'ms', least: 1, most: 100, default: 20 },
    fixationMs: {
      kind: 'range',
      label: 'Fixation',
      hint: 'before the cue',
      unit: 'ms',
      least: 1,
      most: 60_000,
      default: [100, 300],
    },
    cueMs: { kind: 'number', label: 'Cue', unit: 'ms', least: 1, most: 60_000, default: 100 },
    sineMs: { kind: 'number', label: 'Sine', unit: 'ms', least: 1, most: 60_000, default: 1000 },
    frequenciesHz: {
      kind: 'numbers',
      label: 'Frequencies',
      hint: 'one condition each',
      unit: 'Hz',
      least: 0.01,
      most: 500,
      fewest: 1,
      default: [1, 1.5, 2, 2.5, 3],
    },
    sustained: {
      kind: 'boolean',
      label: 'Frequency stays on',
      hint: 'off: it is shown with the cue only and has to be remembered',
      default: true,
    },
  },
  design({ dtMs, fixationMs, cueMs, sineMs, frequenciesHz, sustained }) {
    const fastest = 1000 / (2 * dtMs); // two steps a period: no faster sine can be told from a slower one
    const tooFast = frequenciesHz.find((hz) => hz >= fastest);
    if (tooFast !== undefined)
      refuseSetting(label, `frequencies below ${fastest} Hz at steps of ${dtMs} ms`, `${tooFast} Hz`);
    const lowest = Math.min(...frequenciesHz);
    const spread = Math.max(...frequenciesHz) - lowest || 1;
    const level = (hz: number): number => lowestLevel + ((1 - lowestLevel) * (hz - lowest)) / spread;
    return {
      dtMs,
      inputLabels: ['cue', 'frequency'],
      outputLabels: ['sine'],
      loss: 'mean-squared-error',
      conditions: frequenciesHz.map((hz) => ({ label: `${hz} Hz`, values: { frequencyHz: hz } })),
      phases: { fixation: fixationMs, cue: [cueMs, cueMs], sine: [sineMs, sineMs] },
      zero: { phase: 'cue', event: 'cue onset' },
      write(trial, condition, { cue, sine }) {
        const hz = frequenciesHz[condition];
        trial.input(0, cue, 1);
        trial.input(1, sustained ? { from: cue.from, to: sine.to } : cue, level(hz));
        trial.target(0, sine, (step) => Math.sin((2 * Math.PI * hz * step * dtMs) / 1000));
      },
    };
  },
});
