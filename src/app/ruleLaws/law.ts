import type { LawOutcome } from '../contract.ts';

/** A property that a learning rule has in theory, and a number that shows it on a small network. */
export type Law = {
  /** the rule's id */
  readonly rule: string;
  /** a sentence that goes on from the rule's name */
  readonly says: string;
  /** what the number is */
  readonly figure: string;
  /** the law holds where the number is at least, or at most, so much */
  readonly least?: number;
  readonly most?: number;
  readonly measure: () => number;
};

export function outcomeOf({ rule, says, figure, least, most, measure }: Law): LawOutcome {
  const value = measure();
  const holds = value >= (least ?? -Infinity) && value <= (most ?? Infinity);
  return {
    rule,
    says,
    figure,
    least: least ?? null,
    most: most ?? null,
    value: Number.isNaN(value) ? null : value,
    holds,
  };
}
