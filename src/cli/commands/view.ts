/** `lrlab view`: what goes on inside a trained network, as figures in files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import type { ViewOptions } from '../../app/contract.ts';
import type { RunId } from '../../app/plan.ts';
import { viewOptionsSchema } from '../../app/viewSchema.ts';
import { LabError } from '../../core/errors.ts';
import type { Figure } from '../../core/figures/figure.ts';
import { views } from '../../core/figures/views/index.ts';
import { addSizeOptions, formatOf, printSize, type SizeOptions } from '../figureFile.ts';
import { printJson, printTable } from '../output.ts';
import { number } from '../planSettings.ts';
import { Progress } from '../progress.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';
import { figureBytes, recipeText } from '../writeFigures.ts';
import type { Recipe } from '../../app/recipeSchema.ts';

type Options = SizeOptions & {
  view?: string;
  update?: string;
  out?: string;
  json?: boolean;
  units?: string;
  conditions?: string;
  testTrials?: string;
  components?: string;
  checkpoints?: string;
  embedding?: string;
  metric?: string;
  seed?: string;
};

export function addView(program: Command, open: OpenPorts): void {
  const command = program
    .command('view')
    .description(
      'look into trained networks: eigenvalues, trajectories, units, outputs, embedding; without --view, list',
    )
    .argument('[runs...]', 'ids; one, or for an embedding any number (default: all that are done)')
    .option('--view <view>', 'id of the view')
    .option('--update <n>', 'the checkpoint after so many updates (default: the last)')
    .option('--units <list>', 'units to trace, from 0, for example 0,5,17')
    .option('--conditions <list>', 'conditions to show, from 0')
    .option('--test-trials <list>', 'trials of the test set to show instead, from 0 (outputs)')
    .option('--components <n>', 'components of a kind to show over time')
    .option('--checkpoints <n>', 'checkpoints of each run, spread over training')
    .option('--embedding <method>', 'mds, classical-mds, tsne or umap')
    .option('--metric <id>', 'distance that is embedded')
    .option('--seed <n>', 'of what an embedding leaves to chance')
    .option('--out <file>', 'its ending says the format: .svg, .png, .csv or .json; further figures take longer names')
    .option('--json', 'print the figures as JSON');
  addSizeOptions(command).action((runs: RunId[], options: Options) => {
    const { view } = options;
    if (view === undefined) {
      const rows = views.all.map((v) => [v.id, v.label, v.summary, v.options.map((o) => `--${kebab(o)}`).join(' ')]);
      const cards = views.all.map(({ id, label, summary, kind, options: read }) => ({
        id,
        label,
        summary,
        kind,
        options: read,
      }));
      return options.json ? printJson(cards) : printTable(['id', 'view', 'what it shows', 'options'], rows);
    }
    const progress = new Progress();
    return withService(
      open,
      async ({ handlers }, { store }) => {
        const done = store.runs.list().filter((r) => r.state === 'done');
        const chosen = runs.length > 0 ? runs : done.map((r) => r.id);
        if (chosen.length === 0) {
          throw new LabError(
            'view.runs',
            `Showing "${view}": there are no finished runs. Train some with lrlab train.`,
          );
        }
        const out = options.out ?? `${view}.svg`;
        formatOf(out, ['json']); // before the work
        const update = options.update === undefined ? undefined : whole(options.update, 'update');
        const input = { view, runs: chosen, update, options: viewOptions(options) };
        const figures = await handlers['network.view'](input);
        progress.finish();
        if (options.json) return printJson(figures);
        const recipes = new Map<string, Recipe>();
        for (const { id } of figures) {
          const network = { view, update, options: viewOptionsSchema.parse(input.options) };
          recipes.set(id, await handlers['figure.recipe']({ figure: id, runs: chosen, network }));
        }
        for (const file of writeAll(figures, recipes, out, options)) process.stdout.write(`${file}\n`);
      },
      progress.emit,
    );
  });
}

/** The first under the name given, the others under that name with their ids. Returns the paths. */
function writeAll(
  figures: readonly Figure[],
  recipes: ReadonlyMap<string, Recipe>,
  out: string,
  options: Options,
): string[] {
  const format = formatOf(out, ['json']);
  const size = printSize(options);
  mkdirSync(path.dirname(path.resolve(out)), { recursive: true });
  const ending = path.extname(out);
  return figures.map((figure, i) => {
    const file = path.resolve(i === 0 ? out : `${out.slice(0, -ending.length)}-${figure.id}${ending}`);
    writeFileSync(
      file,
      format === 'json'
        ? recipeText(recipes.get(figure.id)!)
        : figureBytes(figure, format, recipes.get(figure.id)!, size),
    );
    return file;
  });
}

function viewOptions(options: Options): ViewOptions {
  const read = <T>(text: string | undefined, how: (text: string) => T): T | undefined =>
    text === undefined ? undefined : how(text);
  const one = (name: string) => (text: string) => whole(text, name);
  const several = (name: string) => (text: string) => text.split(',').map(one(name));
  const given = {
    units: read(options.units, several('units')),
    conditions: read(options.conditions, several('conditions')),
    testTrials: read(options.testTrials, several('test-trials')),
    components: read(options.components, one('components')),
    checkpoints: read(options.checkpoints, one('checkpoints')),
    embedding: options.embedding,
    metric: options.metric,
    seed: read(options.seed, one('seed')),
  };
  const checked = viewOptionsSchema.safeParse(given);
  if (checked.success) return checked.data;
  throw new LabError('view.option', `Reading the options of the view: ${z.prettifyError(checked.error)}`);
}

function whole(text: string, name: string): number {
  const value = number(text.trim());
  if (value !== undefined && Number.isSafeInteger(value) && value >= 0) return value;
  throw new LabError('view.option', `Reading --${name} "${text}": expected a whole number from 0 on.`);
}

/** As an option of the command line is written. */
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
