/** What can be set of the context-dependent decision. Defaults are those of the published trials. */
import { manteLevels } from '../data/contextConditions.ts';
import type { TaskSettings } from './settings.ts';

const phase = { kind: 'number', unit: 'ms', least: 0, most: 60_000 } as const;
const coherences = { kind: 'numbers', least: 0.001, most: 1, fewest: 1 } as const;

export const contextDecisionSettings = {
  trials: {
    kind: 'choice',
    label: 'Trials',
    hint: 'from the file only where it holds trials; the generated ones are the same numbers',
    options: [
      { id: 'generated', label: 'Generated from these settings' },
      { id: 'file', label: 'From the imported file' },
    ],
    default: 'generated',
  },
  draw: {
    kind: 'choice',
    label: 'Trials of an update',
    options: [
      { id: 'every-condition', label: 'Every condition once, as published' },
      { id: 'random', label: 'Random conditions' },
    ],
    default: 'every-condition',
  },
  dtMs: { kind: 'number', label: 'Time step', unit: 'ms', least: 1, most: 100, default: 15 },
  fixationMs: { ...phase, label: 'Fixation', hint: 'phases last whole steps, rounded down', default: 350 },
  stimulusMs: { ...phase, label: 'Stimulus', default: 750 },
  delayMs: { ...phase, label: 'Delay', default: 300 },
  decisionMs: { ...phase, label: 'Decision', default: 300 },
  motionCoherences: {
    ...coherences,
    label: 'Motion coherences',
    hint: 'each to both sides',
    default: manteLevels.motion,
  },
  colourCoherences: {
    ...coherences,
    label: 'Colour coherences',
    hint: 'each to both sides',
    default: manteLevels.colour,
  },
  contexts: {
    kind: 'choice',
    label: 'What decides',
    options: [
      { id: 'both', label: 'Motion or colour' },
      { id: 'motion', label: 'Motion' },
      { id: 'colour', label: 'Colour' },
    ],
    default: 'both',
  },
  colourTargetOrder: {
    kind: 'boolean',
    label: 'Inputs for the order of colour targets',
    hint: 'two more inputs, constant in the published trials',
    default: true,
  },
  inputNoise: {
    kind: 'number',
    label: 'Input noise',
    hint: 'standard deviation per step; in training only',
    least: 0,
    most: 100,
    default: 0,
  },
  normalizeInputs: { kind: 'boolean', label: 'Divide the inputs of each step by their norm', default: true },
} as const satisfies TaskSettings;
