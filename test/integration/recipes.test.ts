import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { figurePresets } from '../../src/app/figurePresets.ts';
import { viewOptionsSchema } from '../../src/app/viewSchema.ts';
import { parseRecipe } from '../../src/app/recipeSchema.ts';
import type { RunId } from '../../src/app/plan.ts';
import { metadataOf } from '../../src/charts/figureMetadata.ts';
import { figureBytes, recipeText } from '../../src/cli/writeFigures.ts';
import { removeFolder } from '../support/folders.ts';
import { openLab, smallPlan } from '../support/workspace.ts';
import type { TestLab } from '../support/workspace.ts';

describe('the recipe of a figure, with real training and SQLite', () => {
  let lab: TestLab;
  beforeEach(() => {
    lab = openLab();
  });
  afterEach(async () => {
    await lab.close();
    removeFolder(lab.folder);
  });

  async function trained(other: TestLab): Promise<RunId[]> {
    const ids = await other.service.handlers['run.start'](smallPlan({ seeds: [1] }));
    await other.service.queue.settled(ids);
    return ids;
  }

  it('opens from an exported SVG and PNG with every number as it was', async () => {
    const { handlers } = lab.service;
    const request = { figure: 'distanceVsAccuracy', runs: await trained(lab) };
    const [figure, recipe] = [await handlers['figure.describe'](request), await handlers['figure.recipe'](request)];
    for (const format of ['svg', 'png', 'json'] as const) {
      const bytes = Buffer.from(format === 'json' ? recipeText(recipe) : figureBytes(figure, format, recipe));
      const read = parseRecipe(metadataOf(bytes, `figure.${format}`), `figure.${format}`);
      expect(read).toEqual(recipe);
      const opened = await handlers['recipe.open']({ recipe: read });
      expect(opened).toMatchObject({ runs: request.runs, identical: true });
      expect(opened.figure).toEqual(figure);
    }
    const [dataset] = lab.ports.store.datasets.list();
    expect(recipe).toMatchObject({ dataset: { contentSha256: dataset.contentSha256 } });
    expect(recipe.runs.map(({ spec }) => [spec.rule, spec.seed])).toEqual([
      ['bptt', 1],
      ['e-prop', 1],
    ]);
  });

  it('makes the same numbers in another workspace by training again from the seeds, and trains nothing twice', async () => {
    const request = { figure: 'distanceVsUpdates', runs: await trained(lab) };
    const recipe = await lab.service.handlers['figure.recipe'](request);
    const other = openLab();
    try {
      const { handlers } = other.service;
      await expect(Promise.resolve(handlers['recipe.open']({ recipe }))).resolves.toMatchObject({ dataset: null });
      expect(() => handlers['recipe.train']({ recipe })).toThrow(expect.objectContaining({ code: 'recipe.dataset' }));
      const [first] = (await handlers['run.start'](smallPlan({ rules: ['bptt'], seeds: [1] }))) as [RunId];
      await other.service.queue.settled([first]);
      expect(await handlers['recipe.open']({ recipe })).toMatchObject({
        runs: [first, null],
        figure: null,
      });
      const runs = await handlers['recipe.train']({ recipe });
      expect(runs[0]).toBe(first);
      await other.service.queue.settled(runs);
      expect(await handlers['recipe.open']({ recipe })).toMatchObject({ runs, identical: true });
      expect(other.ports.store.runs.list()).toHaveLength(2);
    } finally {
      await other.close();
      removeFolder(other.folder);
    }
  }, 180_000);

  it('says that numbers differ where they do', async () => {
    const { handlers } = lab.service;
    const request = { figure: 'distanceVsUpdates', runs: await trained(lab) };
    const recipe = await handlers['figure.recipe'](request);
    const changed = { ...recipe, figure: { ...recipe.figure, numbersSha256: '0'.repeat(64) } };
    expect(await handlers['recipe.open']({ recipe: changed })).toMatchObject({ identical: false });
  });

  it('holds for figures from inside a network, and for bars of seeds, too', async () => {
    const { handlers } = lab.service;
    const [run, other] = (await trained(lab)) as [RunId, RunId];
    const network = { view: 'eigenvalues', options: viewOptionsSchema.parse({}) };
    for (const request of [
      { figure: 'eigenvalues', runs: [run], network },
      { figure: 'eigenvaluesAlongTraining', runs: [run], network },
      { figure: 'distanceBars', runs: [run, other], reading: { at: 'last' as const, accuracy: null } },
    ]) {
      const recipe = await handlers['figure.recipe'](request);
      const opened = await handlers['recipe.open']({ recipe });
      expect(opened).toMatchObject({ identical: true, runs: request.runs });
      expect(opened.figure?.id).toBe(request.figure);
    }
  });

  it('are there for every figure of the published analysis', async () => {
    const { handlers, measures } = lab.service;
    const runs = await trained(lab);
    for (const { figure, view } of figurePresets) {
      if (view.measure) {
        await handlers['measure.start']({ runs, measure: view.measure });
        await measures.settled(view.measure);
      }
      const request = { ...view, figure, runs: view.network ? runs.slice(0, 1) : runs };
      const described = await handlers['figure.describe'](request);
      expect(described.lines.length, figure).toBeGreaterThan(0);
      expect(await handlers['recipe.open']({ recipe: await handlers['figure.recipe'](request) }), figure).toMatchObject(
        {
          identical: true,
        },
      );
    }
  });

  it('refuses files without a recipe, and recipes that are damaged', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(() => metadataOf(bytes('<svg></svg>'), 'a.svg')).toThrow(
      expect.objectContaining({ code: 'figure.metadata' }),
    );
    expect(() => metadataOf(Uint8Array.of(0x89, 0x50), 'a.png')).toThrow(
      expect.objectContaining({ code: 'png.signature' }),
    );
    expect(() => parseRecipe('{"recipe":1', 'a.json')).toThrow(expect.objectContaining({ code: 'recipe.damaged' }));
    expect(() => parseRecipe('{"recipe":2}', 'a.json')).toThrow(/"a.json"/);
  });
});
