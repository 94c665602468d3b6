/** Recipes of figures: written, found again among the runs that are here, and held against the numbers they had. */
import { canonicalJson } from '../core/analysis/analysisKey.ts';
import type { Figure } from '../core/figures/figure.ts';
import { figureTable } from '../core/figures/figureTable.ts';
import { LabError } from '../core/errors.ts';
import type { FigureView } from './figureView.ts';
import type { DatasetId, RunId, RunSpec } from './plan.ts';
import type { Ports, RunRow } from './ports.ts';
import type { Recipe } from './recipeSchema.ts';
import { runsLike } from './sameRuns.ts';

/** The runs that a recipe asks for, on a recording that is here. Throws LabError `recipe.dataset` where it is not. */
export function specsOf({ dataset, runs }: Recipe, { store }: Pick<Ports, 'store'>): RunSpec[] {
  const row = store.datasets.list().find((d) => d.contentSha256 === dataset.contentSha256);
  if (row) return runs.map(({ spec }) => ({ ...spec, dataset: row.id }));
  throw new LabError(
    'recipe.dataset',
    `Making a figure again: its recording "${dataset.name}" (file ${dataset.file.name}, SHA-256 ${dataset.file.sha256.slice(0, 12)}…) is not among the datasets. Import it first.`,
  );
}

type Needs = Pick<Ports, 'store' | 'machine'>;

/** The hash of every number of the figure. */
export function numbersOf(figure: Figure, { machine }: Pick<Ports, 'machine'>): string {
  const named = figureTable(figure).map(({ run: _, ...row }) => row); // a run has another id on another computer
  return machine.sha256(canonicalJson(named));
}

/** Of a figure that was described of these runs by this view. */
export function recipeOf(figure: Figure, runs: readonly RunRow[], view: FigureView, ports: Needs): Recipe {
  const { store, machine } = ports;
  const dataset = runs[0] && store.datasets.get(runs[0].spec.dataset);
  if (!dataset) {
    throw new LabError('recipe.runs', 'Writing the recipe of a figure: expected at least one run, found none.');
  }
  const { source, name, contentSha256 } = dataset;
  return {
    recipe: 1,
    program: { name: 'Learning Rule Lab', version: machine.appVersion },
    figure: { id: figure.id, title: figure.title, view, numbersSha256: numbersOf(figure, ports) },
    dataset: {
      name,
      contentSha256,
      file: { name: lastName(source.path), sha256: source.sha256, format: source.format, layout: source.layout },
    },
    runs: runs.map((run) => ({
      spec: withoutDataset(run.spec),
      engine: { id: run.engine?.id ?? '', description: run.engine?.description ?? '' },
      program: run.appVersion,
      imported: run.origin !== null,
      checkpoints: store.checkpoints.list(run.id).map(({ update, sha256 }) => ({ update, sha256 })),
    })),
  };
}

/** What of a recipe is here. */
export type Found = {
  dataset: DatasetId | null;
  /** by place in the recipe's runs; null: there is no such run here */
  runs: (RunId | null)[];
};

/** Whether the figure has every number that the recipe's had. */
export function isIdentical(figure: Figure, recipe: Recipe, ports: Pick<Ports, 'machine'>): boolean {
  return numbersOf(figure, ports) === recipe.figure.numbersSha256;
}

/** Looks for the recipe's dataset by its content, and for runs with the same settings and, if any, the same networks. */
export function findRuns(recipe: Recipe, { store }: Pick<Ports, 'store'>): Found {
  const dataset = store.datasets.list().find((row) => row.contentSha256 === recipe.dataset.contentSha256);
  if (!dataset) return { dataset: null, runs: recipe.runs.map(() => null) };
  const specs = recipe.runs.map(({ spec }) => ({ ...spec, dataset: dataset.id }));
  const hashes = (list: readonly { sha256: string }[]): string => list.map(({ sha256 }) => sha256).join();
  const runs = runsLike(specs, store.runs.list()).map((same, i) => {
    const wanted = hashes(recipe.runs[i].checkpoints);
    return (same.find(({ id }) => hashes(store.checkpoints.list(id)) === wanted) ?? same[0])?.id ?? null;
  });
  return { dataset: dataset.id, runs };
}

function withoutDataset({ dataset: _, ...spec }: RunRow['spec']): Omit<RunRow['spec'], 'dataset'> {
  return spec;
}

function lastName(path: string): string {
  return path.split(/[\\/]/).at(-1)!;
}
