/** Which trials of a unit are averaged, and in which of the 72 conditions; or why the unit is left out. */
import { contextConditionFrom, contextValues, manteLevels } from '../contextConditions.ts';
import { manteConditions } from '../layouts/mante2013.ts';
import type { UnitOptions } from './options.ts';
import type { RecordedUnit } from './unit.ts';

/** trials: numbers (from 0) of those averaged, by condition, in the order of `manteConditions`; said: what was counted. */
export type Selected = { readonly trials: readonly (readonly number[])[]; readonly said: string };
type Selection = (unit: RecordedUnit) => Selected | { readonly why: string };

const wanted = manteConditions.length;

/**
 * As published: the number of trials is the last value of `stim_trial`; a condition is what trials of the same choice,
 * motion, colour and context have in common; one with any incorrect trial is dropped; 72 have to remain, which are put in
 * the order of these four numbers. That each is then the task's condition of that place is taken for granted: where it is
 * not, the unit is kept and the report says so.
 */
const published: Selection = (unit) => {
  const { targ_dir, stim_dir, stim_col2dir, context, correct, stim_trial } = unit.variables;
  const trials = stim_trial.at(-1)!;
  if (!Number.isInteger(trials) || trials < 1 || trials > unit.trials) {
    return { why: `the last trial's number is ${trials}, but there are ${unit.trials} trials` };
  }
  const byCondition = new Map<string, { values: number[]; trials: number[]; correct: boolean }>();
  for (let trial = 0; trial < trials; trial++) {
    const values = [targ_dir, stim_dir, stim_col2dir, context].map((variable) => variable[trial]);
    const key = values.join(' ');
    const known = byCondition.get(key) ?? { values, trials: [], correct: true };
    known.trials.push(trial);
    known.correct &&= correct[trial] === 1;
    byCondition.set(key, known);
  }
  const kept = [...byCondition.values()].filter((condition) => condition.correct);
  const said = `${kept.length} of ${byCondition.size} conditions without an incorrect trial`;
  if (kept.length !== wanted) return { why: `${said}; ${wanted} are needed` };
  kept.sort((a, b) => a.values.map((v, i) => v - b.values[i]).find((difference) => difference !== 0) ?? 0);
  const places = placesOf(unit);
  const misplaced = kept.findIndex(
    ({ trials: [trial] }, place) => typeof places === 'string' || places[trial] !== place,
  );
  const doubt = `; number ${misplaced + 1} of them is not the task's: ${typeof places === 'string' ? places : 'the conditions are others'}`;
  return {
    trials: kept.map((condition) => condition.trials),
    said: `${counted(kept.map((condition) => condition.trials))}; ${said}${misplaced < 0 ? '' : doubt}`,
  };
};

/**
 * Each trial for itself: all trials that are there, without the incorrect ones and those whose choice is not what the
 * deciding coherence says although they are called correct. Conditions are told by what they mean, the rank of both
 * coherences among the unit's own and the context; each of the 72 needs a trial.
 */
const corrected: Selection = (unit) => {
  const places = placesOf(unit);
  if (typeof places === 'string') return { why: places };
  const { targ_dir, correct } = unit.variables;
  const trials: number[][] = manteConditions.map(() => []);
  let incorrect = 0;
  let contradictory = 0;
  for (let trial = 0; trial < unit.trials; trial++) {
    const place = places[trial];
    if (correct[trial] !== 1) incorrect++;
    else if (targ_dir[trial] > 0 !== (manteConditions[place].values['choice'] === 2)) contradictory++;
    else trials[place].push(trial);
  }
  const empty = trials.flatMap((of, place) => (of.length === 0 ? [manteConditions[place].label] : []));
  if (empty.length > 0) {
    return { why: `no correct trial in ${empty.length} of ${wanted} conditions, the first "${empty[0]}"` };
  }
  const contradictions =
    contradictory === 0 ? '' : `, ${contradictory} called correct against their coherence left out`;
  return { trials, said: `${counted(trials)}; ${incorrect} incorrect left out${contradictions}` };
};

export const selections: Readonly<Record<UnitOptions['selection'], Selection>> = { published, corrected };

function counted(trials: readonly (readonly number[])[]): string {
  const counts = trials.map((of) => of.length);
  const all = counts.reduce((sum, n) => sum + n, 0);
  return `${all} trials averaged, ${Math.min(...counts)} to ${Math.max(...counts)} per condition`;
}

/**
 * The place of every trial's condition among the task's, or why there is none. Coherences differ between sessions, so that
 * their ranks count: 3 below and 3 above zero.
 */
function placesOf({ trials, variables: { stim_dir, stim_col2dir, context } }: RecordedUnit): number[] | string {
  const motion = ranked(stim_dir, manteLevels.motion);
  const colour = ranked(stim_col2dir, manteLevels.colour);
  for (const [name, { found, of }] of Object.entries({ motion, colour })) {
    if (of === null) return `expected 3 coherences of ${name} on either side of 0, found ${found.join(', ')}`;
  }
  const contexts: readonly number[] = Object.values(contextValues);
  const other = context.find((value: number) => !contexts.includes(value));
  if (other !== undefined) return `expected the contexts ${contexts.join(' and ')}, found ${other}`;
  return Array.from({ length: trials }, (_, t) =>
    placeOf.get(keyOf(motion.of!.get(stim_dir[t])!, colour.of!.get(stim_col2dir[t])!, context[t]))!,
  );
}

function ranked(
  coherences: RecordedUnit['response'],
  levels: readonly number[],
): { found: number[]; of: Map<number, number> | null } {
  const found = [...new Set(coherences)].sort((a, b) => a - b);
  const signed = levels.flatMap((level) => [-level, level]).sort((a, b) => a - b);
  const fits = found.length === signed.length && found.every((v, i) => Math.sign(v) === Math.sign(signed[i]));
  return { found, of: fits ? new Map(found.map((v, i) => [v, signed[i]])) : null };
}

const keyOf = (motion: number, colour: number, context: number): string => `${motion} ${colour} ${context}`;
const placeOf = new Map(
  manteConditions.map((condition, place) => {
    const { motion, colour, context } = contextConditionFrom(condition)!;
    return [keyOf(motion, colour, context), place];
  }),
);
