/** `lrlab reproduce <figure>`: make a published figure, or one that was exported, again. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { figurePreset, figurePresets } from '../../app/figurePresets.ts';
import type { FigureView } from '../../app/figureView.ts';
import type { Plan, RunId } from '../../app/plan.ts';
import type { Ports } from '../../app/ports.ts';
import { parseRecipe } from '../../app/recipeSchema.ts';
import type { Recipe } from '../../app/recipeSchema.ts';
import type { Service } from '../../app/service.ts';
import { metadataOf } from '../../charts/figureMetadata.ts';
import { LabError } from '../../core/errors.ts';
import { exitCodes, printJson, printTable, say } from '../output.ts';
import { writeFigures } from '../writeFigures.ts';

export type FigureOptions = { out?: string; json?: boolean };

export function listFigures(json: boolean): void {
  const rows = figurePresets.map(({ id, label, summary }) => [id, label, summary]);
  if (json) printJson(figurePresets);
  else printTable(['figure', 'what', 'what it shows'], rows);
}

/** name: of a preset, whose runs the plan describes, or the file of an exported figure or recipe, which needs no plan. */
export async function reproduceFigure(
  name: string,
  planOf: () => Promise<Plan>,
  service: Service,
  ports: Ports,
  { out = 'figures', json = false }: FigureOptions,
): Promise<void> {
  const file = existsSync(name) ? parseRecipe(metadataOf(readFileSync(name), name), name) : null;
  if (!file && /\.(svg|png|json)$/i.test(name)) {
    throw new LabError('file.missing', `Reproducing the figure "${name}": there is no such file.`);
  }
  const { figure, view } = file ? { figure: file.figure.id, view: file.figure.view } : figurePreset(name);
  mkdirSync(out, { recursive: true }); // a place that cannot be written to is told before the work
  const { handlers, queue } = service;
  const runs = file
    ? await runsOf(file, service)
    : await handlers['figure.reproduce']({ plan: { ...(await planOf()), figures: [figure] } });
  await queue.settled(runs);
  requireDone(runs, ports);
  const shown = view.network && !file ? firstOfEachRule(runs, ports) : [{ runs, name: figure }];
  const files: string[] = [];
  for (const part of shown) files.push(...(await written(figure, part, view, service, out)));
  const identical = file ? (await handlers['recipe.open']({ recipe: file })).identical : null;
  if (identical === false) process.exitCode = exitCodes.checkFailed;
  if (json) return printJson({ runs, files, identical });
  if (identical !== null) say(identical ? 'identical in every number' : 'NOT identical: some numbers differ');
  for (const path of files) process.stdout.write(`${path}\n`);
}

async function runsOf(recipe: Recipe, { handlers }: Service): Promise<RunId[]> {
  const found = await handlers['recipe.open']({ recipe });
  const here = found.runs.filter((id) => id !== null);
  if (here.length === found.runs.length) return here;
  if (recipe.runs.some(({ imported }, i) => imported && found.runs[i] === null)) {
    throw new LabError(
      'recipe.imported',
      'Making a figure again: some of its networks were trained elsewhere and imported. Import them first (lrlab models import).',
    );
  }
  say(`${found.runs.length - here.length} of ${found.runs.length} runs are not here: training them again.`);
  return handlers['recipe.train']({ recipe });
}

/** What to look into, where a figure is from inside one network. */
function firstOfEachRule(runs: readonly RunId[], { store }: Ports): { runs: RunId[]; name: string }[] {
  const byRule = Map.groupBy(runs, (id) => store.runs.get(id)!.spec.rule);
  return [...byRule].map(([rule, [first]]) => ({ runs: [first], name: rule }));
}

async function written(
  figure: string,
  { runs, name }: { runs: RunId[]; name: string },
  view: FigureView,
  { handlers, measures }: Service,
  out: string,
): Promise<string[]> {
  const { measure } = view;
  if (measure) {
    await handlers['measure.start']({ runs, measure });
    await measures.settled(measure);
  }
  const request = { figure, runs, ...view };
  const described = await handlers['figure.describe'](request);
  const recipe = await handlers['figure.recipe'](request);
  return writeFigures([{ figure: described, recipe, name: name === figure ? figure : `${figure}-${name}` }], out);
}

function requireDone(runs: readonly RunId[], { store }: Ports): void {
  const rows = runs.map((id) => store.runs.get(id)!);
  const stopped = rows.find(({ state }) => state !== 'done');
  if (!stopped) return;
  throw new LabError(
    'recipe.stopped',
    `Making a figure again: run ${stopped.id} is ${stopped.state}${stopped.error ? ` (${stopped.error.message})` : ''}. Resume it with lrlab runs resume, then ask again.`,
  );
}
