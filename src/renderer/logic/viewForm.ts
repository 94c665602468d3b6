/** What is typed beside a view of a network, as options of the call. */
import type { CallInput } from '../../app/contract.ts';
import type { Figure } from '../../core/figures/figure.ts';
import { readNumbers } from './readNumber.ts';

export type ViewForm = {
  /** first of the units shown */
  firstUnit: number;
  /** empty: all, or a choice where they are many */
  conditions: string;
  /** of the test set; empty: one trial per condition */
  testTrials: string;
  components: number;
};

export const emptyViewForm: ViewForm = { firstUnit: 0, conditions: '', testTrials: '', components: 3 };

type Options = NonNullable<CallInput<'network.view'>['options']>;

/** units: how many there are; perPage: of them shown at once. Returns what is wrong with the text where it cannot be read. */
export function readViewForm(form: ViewForm, units: number, perPage: number): Options | string {
  const shown = Math.min(perPage, units - form.firstUnit);
  const [conditions, testTrials] = [form.conditions, form.testTrials].map((text) =>
    text.trim() === '' ? [] : readNumbers(text, { whole: true, least: 0, fewest: 1 }),
  );
  if (typeof conditions === 'string') return conditions;
  if (typeof testTrials === 'string') return testTrials;
  return {
    units: Array.from({ length: shown }, (_, k) => form.firstUnit + k),
    conditions,
    testTrials,
    components: form.components,
  };
}

/** Groups that most figures share, so that one legend serves them; none where each has its own. */
export function sharedGroups(figures: readonly Figure[]): Figure | null {
  const [first] = figures;
  if (!first || figures.filter((f) => sameGroups(f, first)).length < 2) return null;
  return first;
}

export function sameGroups(a: Figure, b: Figure): boolean {
  return a.groups.length === b.groups.length && a.groups.every(({ id }, i) => id === b.groups[i].id);
}
