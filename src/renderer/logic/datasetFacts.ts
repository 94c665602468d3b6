/** What is known of a recording, in words. */
import type { CallOutput } from '../../app/contract.ts';
import { counted, fixed, whole } from './format.ts';

export type Facts = CallOutput<'dataset.overview'>['facts'];

/** "184 to 203 per condition, 1,542 in all" */
export function trialWords({ trials }: Facts): string {
  if (!trials) return 'averages alone; how many trials they are of is not known';
  const { total, mean, least, most, from } = trials;
  const [fewest, largest] = [Math.min(...least), Math.max(...most)];
  const average = mean.reduce((sum, n) => sum + n, 0) / mean.length;
  const number = (n: number): string => (Number.isInteger(n) ? whole(n) : fixed(n, 1));
  const each =
    fewest === largest ? number(fewest) : `${number(fewest)} to ${number(largest)} (mean ${number(average)})`;
  const unit = total === null ? 'per condition and neuron' : 'per condition';
  const all = total === null ? '' : `, ${whole(total)} in all`;
  return `${each} ${unit}${all}${from === 'facts' ? '; averages alone' : ''}`;
}

/** For a tile; a dash where it is not known. */
export function trialTile({ trials }: Facts): string {
  if (!trials) return '–';
  if (trials.total !== null) return whole(trials.total);
  const average = trials.mean.reduce((sum, n) => sum + n, 0) / trials.mean.length;
  return `${fixed(average, 1)} each`;
}

export function missingWords({ missing, values }: Facts): string {
  if (missing === 0) return `none of ${whole(values)} values of the activity`;
  return `${whole(missing)} of ${whole(values)} values of the activity`;
}

export function rateWords({ leastRate, mostRate, meanRate }: Facts): string {
  return `${fixed(leastRate, 2)} to ${fixed(mostRate, 2)}, mean ${fixed(meanRate, 3)}`;
}

export function constantWords({ constantNeurons }: Facts): string {
  if (constantNeurons.length === 0) return 'none';
  const shown = constantNeurons.slice(0, 12).join(', ');
  return `${counted(constantNeurons.length, 'neuron')}: ${shown}${constantNeurons.length > 12 ? ', …' : ''}`;
}

/** Settings that a layout was read with: "mapping {…}" → what it is and the settings as JSON that people can read. */
export function layoutSettings(layout: string): { id: string; json: string | null } {
  const [, id, text] = /^(\S+) (\{.*\})$/s.exec(layout) ?? [];
  if (id === undefined || text === undefined) return { id: layout, json: null };
  try {
    return { id, json: JSON.stringify(JSON.parse(text), null, 2) };
  } catch {
    return { id: layout, json: null };
  }
}
