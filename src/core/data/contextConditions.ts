/**
 * The conditions of a context-dependent decision: dots move left or right and are red or green, more or less coherently;
 * the context says which of both decides. Condition averages of Mante et al. 2013 come in this order.
 */
import type { Condition } from './dataset.ts';

/** Coherences of motion and colour, without sign. */
export type CoherenceLevels = { readonly motion: readonly number[]; readonly colour: readonly number[] };

/**
 * The levels of the published trials, for both. In the recordings they differ from session to session (0.05, 0.15, 0.50 for
 * motion and 0.06, 0.18, 0.50 for colour are common) and are matched by rank.
 */
export const manteLevels: CoherenceLevels = { motion: [0.06, 0.17, 0.5], colour: [0.06, 0.17, 0.5] };

/** +1: motion decides; −1: colour does. */
export const contextValues = { motion: 1, colour: -1 } as const;
export type Context = keyof typeof contextValues;

/** motion, colour: coherence with sign, right and green positive; choice: 2 where the coherence that decides is positive, else 1. */
export type ContextCondition = {
  readonly motion: number;
  readonly colour: number;
  readonly context: number;
  readonly choice: number;
};

/** Every motion with every colour in every context, sorted by choice, motion, colour and context. */
export function contextConditions(
  { motion, colour }: CoherenceLevels,
  contexts: readonly Context[] = ['motion', 'colour'],
): Condition[] {
  const signed = (levels: readonly number[]): number[] => levels.flatMap((level) => [-level, level]);
  return signed(motion)
    .flatMap((m) => signed(colour).flatMap((c) => contexts.map((context) => conditionOf(m, c, contextValues[context]))))
    .sort((a, b) => a.choice - b.choice || a.motion - b.motion || a.colour - b.colour || a.context - b.context)
    .map(asCondition);
}

export function conditionOf(motion: number, colour: number, context: number): ContextCondition {
  const deciding = context === contextValues.motion ? motion : colour;
  return { motion, colour, context, choice: deciding > 0 ? 2 : 1 };
}

export function asCondition(condition: ContextCondition): Condition {
  const { motion, colour, context } = condition;
  const percent = (coherence: number): string =>
    `${coherence < 0 ? '−' : '+'}${Number((100 * Math.abs(coherence)).toFixed(3))} %`;
  const attended = context === contextValues.motion ? 'motion' : 'colour';
  return {
    label: `motion ${percent(motion)}, colour ${percent(colour)}, ${attended} decides`,
    values: { ...condition },
  };
}

/** What a condition says of itself, or null where it is of another task. */
export function contextConditionFrom({ values }: Condition): ContextCondition | null {
  const { motion, colour, context } = values;
  if (motion === undefined || colour === undefined || context === undefined) return null;
  return conditionOf(motion, colour, context);
}
