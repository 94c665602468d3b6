import { movementsOf, movementSteps, outputColumns } from './reachMovements.ts';
import {
  reachDefaults,
  reachLabel,
  reachSettings,
  readReachSettings,
  refuse,
  type ReachSettings,
} from './reachSettings.ts';
import { drawTrials, oneTrialEach, requireFit } from './reachBatches.ts';
import { holdEnd, type Course } from './reachTrial.ts';
import type { Conventions, TaskDefinition } from './task.ts';

const inputLabels = ['sine of direction', 'cosine of direction', 'hold'] as const;

/**
 * Centre-out reach with a delay: a cue tells the direction, the hand moves when the hold cue goes off.
 *
 * Inputs: sine and cosine of the direction, hold cue. Outputs: what the arm did in the recording, condition by condition.
 */
export const reach: TaskDefinition<Partial<ReachSettings>> = {
  id: 'reach',
  label: reachLabel,
  source: 'Hatsopoulos, Xu & Amit 2007, J. Neurosci. 27:5105; as posed by Liu, Yang & Cueva 2025',
  settings: reachSettings,
  defaults: reachDefaults,
  loss: () => 'mean-squared-error',
  pose(dataset, given, conventions = 'published') {
    const settings = readReachSettings(given);
    const { steps, interval1, interval2, outputOffset, analysis } = settings;
    requireFit(steps, outputOffset, { interval1: interval1[0], interval2: interval2[0] }, refuse);
    requireFit(steps, outputOffset, { interval1: interval1[1], interval2: interval2[1] }, refuse);
    requireFit(analysis.steps, outputOffset, analysis, refuse);
    const start = analysis.start ?? analysisStart(settings, movementSteps(dataset.timeMs)[0], conventions);
    const stop = start + dataset.timeMs.length;
    if (start < 0) refuse(`the recording to begin within the trial, ${-start} steps later`, tooEarly(settings));
    if (stop > analysis.steps) refuse(`analysis.steps to be at least ${stop}`, String(analysis.steps));

    const columns = outputColumns(dataset, settings.outputs);
    const movements = movementsOf(dataset, columns);
    const course: Course = { outputOffset, cue: 'pulse' };
    return {
      id: reach.id,
      dtMs: dataset.timeMs[1] - dataset.timeMs[0],
      inputLabels,
      outputLabels: columns.map((column) => column.label),
      loss: reach.loss({}),
      steps,
      draw: (random, trials) => drawTrials(random, trials, movements, settings, course),
      analysis: { batch: oneTrialEach(movements, analysis.steps, analysis, course), start, stop },
    };
  },
};

/**
 * Step of the analysis trial on which the recording's first step falls. [Note: Analysis window] The published comparison
 * starts at interval2 of the analysis trial (step 105), although the condition cue shifts everything by interval1 and its
 * own length: movement onset in the recording thus falls 32 steps after the onset in the network's target. Corrected, both
 * onsets fall on the same step: the network is asked for step `firstMoving` of the recording where the output starts.
 */
function analysisStart(
  { analysis, outputOffset }: ReachSettings,
  firstMoving: number,
  conventions: Conventions,
): number {
  return conventions === 'published' ? analysis.interval2 : holdEnd(analysis) + outputOffset - firstMoving;
}

function tooEarly({ analysis }: ReachSettings): string {
  return `analysis.interval1 ${analysis.interval1} and analysis.interval2 ${analysis.interval2}; make one of them longer`;
}
