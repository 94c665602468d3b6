/**
 * Delayed response: a cue shows a place on a circle; after a delay without it, when the fixation point goes off, the
 * network reports it.
 *
 *   fixation   cue   delay   response
 *   hold 1     1     1       0
 *   place 0    shown 0       0
 *
 * Report `angle`: outputs cosine and sine of the place in the response, 0 before (squared error). Report `place`: a choice
 * between "wait" and the places, "wait" being right before the response (cross-entropy); two places are left and right.
 */
import { designedTask } from './designed.ts';
import type { Span } from './trialWriter.ts';

export const delayedResponse = designedTask({
  id: 'delayed-response',
  label: 'Delayed response',
  source: 'after Funahashi, Bruce & Goldman-Rakic 1989, J. Neurophysiol. 61:331 (oculomotor delayed response)',
  settings: {
    dtMs: { kind: 'number', label: 'Time step', unit: 'ms', least: 1, most: 100, default: 20 },
    places: {
      kind: 'number',
      label: 'Places',
      hint: 'one condition each',
      whole: true,
      least: 2,
      most: 64,
      default: 8,
    },
    report: {
      kind: 'choice',
      label: 'Report',
      options: [
        { id: 'angle', label: 'Angle, as cosine and sine' },
        { id: 'place', label: 'Place, as a choice' },
      ],
      default: 'angle',
    },
    fixationMs: { kind: 'range', label: 'Fixation', unit: 'ms', least: 1, most: 60_000, default: [100, 300] },
    cueMs: { kind: 'number', label: 'Cue', unit: 'ms', least: 1, most: 60_000, default: 200 },
    delayMs: { kind: 'range', label: 'Delay', unit: 'ms', least: 1, most: 60_000, default: [200, 800] },
    responseMs: { kind: 'number', label: 'Response', unit: 'ms', least: 1, most: 60_000, default: 300 },
  },
  design({ dtMs, places, report, fixationMs, cueMs, delayMs, responseMs }) {
    const degrees = Array.from({ length: places }, (_, k) => (360 / places) * k);
    const labels = degrees.map((angle) => `${Number(angle.toFixed(2))}°`);
    return {
      dtMs,
      inputLabels: ['hold', 'cosine of place', 'sine of place'],
      outputLabels: report === 'angle' ? ['cosine', 'sine'] : ['wait', ...labels],
      loss: report === 'angle' ? 'mean-squared-error' : 'cross-entropy',
      conditions: degrees.map((directionDeg, k) => ({ label: labels[k], values: { directionDeg } })),
      phases: { fixation: fixationMs, cue: [cueMs, cueMs], delay: delayMs, response: [responseMs, responseMs] },
      zero: { phase: 'cue', event: 'cue onset' },
      write(trial, condition, { fixation, cue, response }) {
        const radians = (degrees[condition] * Math.PI) / 180;
        const hold: Span = { from: fixation.from, to: response.from };
        trial.input(0, hold, 1);
        trial.input(1, cue, Math.cos(radians));
        trial.input(2, cue, Math.sin(radians));
        if (report === 'place') return trial.choice(1 + condition, response);
        trial.target(0, response, Math.cos(radians));
        trial.target(1, response, Math.sin(radians));
      },
    };
  },
});
