/** `lrlab figure`: one figure of chosen runs to a file. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { RunId } from '../../app/plan.ts';
import { alignmentParts, type AlignmentPart } from '../../core/analysis/gradientAlignment.ts';
import { LabError } from '../../core/errors.ts';
import { bandKinds } from '../../core/figures/seedBand.ts';
import type { BandKind } from '../../core/figures/seedBand.ts';
import { figures } from '../../core/figures/index.ts';
import { measureOf, withMeasureOptions } from '../measureOptions.ts';
import type { MeasureOptions } from '../measureOptions.ts';
import { addSizeOptions, formatOf, printSize, type SizeOptions } from '../figureFile.ts';
import { printJson, printTable } from '../output.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';
import { figureBytes, recipeText } from '../writeFigures.ts';
import { addStatisticsOptions, readingOf, settingsOf } from '../statisticsOptions.ts';
import type { StatisticsOptions } from '../statisticsOptions.ts';

type Options = SizeOptions & {
  runs?: string;
  out?: string;
  logY?: boolean;
  band?: string;
  part?: string;
  json?: boolean;
} & MeasureOptions &
  StatisticsOptions;

export function addFigure(program: Command, open: OpenPorts): void {
  const command = program
    .command('figure')
    .description('write a figure of runs as SVG, PNG or CSV; without arguments, list the figures there are')
    .argument('[figure]', 'id of the figure')
    .option('--runs <ids>', 'runs, separated by commas (default: all that are done)')
    .option('--out <file>', 'the file; its ending says the format: .svg, .png, .csv or .json (its recipe)')
    .option('--log-y', 'logarithmic y axis, where the figure has one')
    .addOption(
      new Option('--band <kind>', 'round means over seeds: the standard deviation (the usual) or an interval').choices(
        bandKinds,
      ),
    )
    .option('--part <name>', `in figures of gradients, the part to show: ${alignmentParts.join(', ')}`)
    .option('--json', 'print the figure as JSON');
  const all = addStatisticsOptions(addSizeOptions(withMeasureOptions(command)));
  all.action((id: string | undefined, options: Options) => {
    if (id === undefined) {
      const rows = figures.all.map((f) => [f.id, f.label, f.summary]);
      return options.json ? printJson(figures.all) : printTable(['id', 'figure', 'what it shows'], rows);
    }
    return withService(open, async ({ handlers, measures }, { store }) => {
      const done = store.runs.list().filter((r) => r.state === 'done');
      const runs = options.runs === undefined ? done.map((r) => r.id) : (options.runs.split(',') as RunId[]);
      if (runs.length === 0) {
        throw new LabError(
          'figure.runs',
          'Describing a figure: there are no finished runs. Train some with lrlab train.',
        );
      }
      const part = options.part === undefined ? undefined : alignmentPart(options.part);
      const measure = measureOf(options);
      if (measure) {
        await handlers['measure.start']({ runs, measure });
        await measures.settled(measure);
      }
      const usual = figures.get(id).reads;
      const request = {
        figure: id,
        runs,
        logY: options.logY ?? false,
        part,
        measure,
        band: options.band as BandKind | undefined,
        statistics: settingsOf(options),
        ...(usual ? { reading: readingOf(options, usual) } : {}),
      };
      const figure = await handlers['figure.describe'](request);
      if (options.json) return printJson(figure);
      const out = options.out ?? `${figure.id}.svg`;
      const recipe = await handlers['figure.recipe'](request);
      const format = formatOf(out, ['json']);
      writeFileSync(
        out,
        format === 'json' ? recipeText(recipe) : figureBytes(figure, format, recipe, printSize(options)),
      );
      process.stdout.write(`${path.resolve(out)}\n`);
    });
  });
}

function alignmentPart(text: string): AlignmentPart {
  const part = alignmentParts.find((p) => p === text);
  if (part) return part;
  throw new LabError(
    'figure.part',
    `Choosing a part of the gradient: expected one of ${alignmentParts.join(', ')}, found "${text}".`,
  );
}
