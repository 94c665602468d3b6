/** What options take of a recording of spikes, in sentences. */
import type { RatesPreview } from '../../app/contract.ts';
import type { Figure } from '../../core/figures/figure.ts';
import { counted, fixed } from './format.ts';

type Report = RatesPreview['report'];

/** Names that are listed before "and n more". */
const listed = 8;

export function summaryOf(report: Report, units: number): string[] {
  const kept = report.conditions.filter((c) => c.kept);
  const trials = kept.reduce((sum, c) => sum + c.trials, 0);
  const few = report.conditions.filter((c) => !c.kept);
  return [
    `${counted(report.steps, 'step')}, ${counted(kept.length, 'condition')}, ${counted(trials, 'trial')} averaged${kept.length > 1 ? ` (${fewestAndMost(kept)} per condition)` : ''}.`, // prettier-ignore
    `${report.unitsKept.length} of ${counted(units, 'unit')} kept.`,
    ...report.unitsLeftOut.map(({ why, units: names }) => `${counted(names.length, 'unit')} left out, ${why}: ${some(names)}.`), // prettier-ignore
    ...report.trialsLeftOut.map(({ why, trials: n }) => `${counted(n, 'trial')} left out: ${why}.`),
    ...(few.length > 0 ? [`${counted(few.length, 'condition')} left out, too few trials: ${some(few.map((c) => `${c.label} (${c.trials})`))}.`] : []), // prettier-ignore
    ...(report.signals.length > 0 ? [`Averaged beside: ${report.signals.join(', ')}.`] : []),
    ...(report.signalsLeftOut.length > 0 ? [`Not measured at every step, left out: ${report.signalsLeftOut.join(', ')}.`] : []), // prettier-ignore
  ];
}

function fewestAndMost(conditions: readonly { trials: number }[]): string {
  const counts = conditions.map(({ trials }) => trials);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(least) : `${least} to ${most}`;
}

function some(names: readonly string[]): string {
  const more = names.length - listed;
  return more > 0 ? `${names.slice(0, listed).join(', ')} and ${more} more` : names.join(', ');
}

/** Highest value of all lines, with its unit. */
export function peakOf({ lines, y }: Figure): string {
  const peak = Math.max(...lines.flatMap((line) => [...line.y]));
  const hertz = y.label.includes('Hz');
  return `${fixed(peak, hertz ? 1 : 2)}${hertz ? ' Hz' : ''}`;
}
