/** `lrlab report`: figures, methods, settings and hashes of runs as one HTML file. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import type { RunId } from '../../app/plan.ts';
import { usualFigures } from '../../app/presets.ts';
import { measureOf, withMeasureOptions } from '../measureOptions.ts';
import type { MeasureOptions } from '../measureOptions.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

type Options = MeasureOptions & { out: string; figures?: string };

export function addReport(program: Command, open: OpenPorts): void {
  const command = program
    .command('report')
    .description('write figures, methods, settings, data and hashes of runs as one HTML file that needs nothing else')
    .argument('[ids...]', 'runs of one recording (default: all that are done)')
    .option('--figures <ids>', `figures, separated by commas (default: ${usualFigures.join(',')})`)
    .option('--out <file>', 'the file', 'report.html');
  withMeasureOptions(command).action((ids: RunId[], options: Options) =>
    withService(open, async ({ handlers, measures }, { store }) => {
      const done = store.runs.list().filter(({ state }) => state === 'done');
      const runs = ids.length > 0 ? ids : done.map(({ id }) => id);
      const measure = measureOf(options);
      if (measure) {
        await handlers['measure.start']({ runs, measure });
        await measures.settled(measure);
      }
      const figures = options.figures?.split(',') ?? [...usualFigures];
      const { html } = await handlers['report.write']({ runs, figures, view: measure ? { measure } : {} });
      writeFileSync(options.out, html);
      process.stdout.write(`${path.resolve(options.out)}\n`);
    }),
  );
}
