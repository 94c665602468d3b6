/** The options by which commands choose how runs are compared. */
import type { Command } from 'commander';
import { plain } from '../core/analysis/protocols/plain.ts';
import { protocols } from '../core/analysis/protocols/index.ts';
import type { Measure } from '../core/analysis/measure.ts';
import { metrics } from '../core/metrics/index.ts';
import { measureSchema } from '../app/measureSchema.ts';
import { LabError } from '../core/errors.ts';
import { settingOf } from './planSettings.ts';

export type MeasureOptions = {
  metric?: string;
  set?: Record<string, unknown>;
  protocol?: string;
  draws?: string;
  drawSeed?: string;
};

export function withMeasureOptions(command: Command): Command {
  return command
    .option('--metric <id>', `what runs are compared by: ${metrics.comparisons.map(({ id }) => id).join(', ')}`)
    .option(
      '--set <name=json>',
      'a setting of the metric, for example alpha=0.5; may be repeated',
      (given: string, before: Record<string, unknown> = {}) => ({
        ...before,
        ...settingOf(given, 'setting of the metric', 'alpha=0.5'),
      }),
    )
    .option('--protocol <id>', `how the metric is applied: ${protocols.all.map(({ id }) => id).join(', ')}`)
    .option('--draws <n>', 'how often what is drawn at random is drawn')
    .option('--draw-seed <n>', 'seed of those draws');
}

/** Undefined where none is chosen: the distance of the runs' plans. */
export function measureOf({ metric, set, protocol, draws, drawSeed }: MeasureOptions): Measure | undefined {
  const chosen = metric ?? ((set ?? protocol) === undefined ? undefined : 'procrustes');
  if (chosen === undefined) return undefined;
  const read = measureSchema.safeParse({
    metric: chosen,
    settings: set ?? {},
    protocol: protocol ?? plain.id,
    ...(draws === undefined ? {} : { draws: Number(draws) }),
    ...(drawSeed === undefined ? {} : { seed: Number(drawSeed) }),
  });
  if (read.success) return read.data;
  const issues = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new LabError('measure.options', `Reading how runs are compared: ${issues}.`);
}
