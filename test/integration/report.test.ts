import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRecipe } from '../../src/app/recipeSchema.ts';
import { metadataOf } from '../../src/charts/figureMetadata.ts';
import { removeFolder } from '../support/folders.ts';
import { openLab, smallPlan } from '../support/workspace.ts';
import type { TestLab } from '../support/workspace.ts';

describe('a report', () => {
  let lab: TestLab;
  beforeEach(() => {
    lab = openLab();
  });
  afterEach(async () => {
    await lab.close();
    removeFolder(lab.folder);
  });

  it('holds figures, methods, settings, hashes and sources in one page that loads nothing', async () => {
    const { handlers, queue } = lab.service;
    const runs = await handlers['run.start'](smallPlan({ seeds: [1] }));
    await queue.settled(runs);
    const { html } = await handlers['report.write']({
      runs,
      figures: ['distanceVsAccuracy', 'errorVsUpdates'],
      view: {},
    });
    expect(html.match(/<svg /g)).toHaveLength(2);
    expect(html).not.toMatch(/<(script|link|img)|\bsrc=|href="http/);
    const [dataset] = lab.ports.store.datasets.list();
    for (const text of [
      dataset.contentSha256,
      dataset.source.sha256,
      'Bellec',
      'BPTT and e-prop',
      'one seed',
      'Williams',
    ]) {
      expect(html).toContain(text);
    }
    expect(html).toContain('training.optimizer.learningRate');
    const { statistics } = await handlers['stats.compare']({ runs });
    expect(html).toContain('Statistics over seeds');
    for (const { mean } of statistics.groups) expect(html).toContain(`>${Number(mean!.toPrecision(4))}<`);
    const recipe = parseRecipe(metadataOf(new TextEncoder().encode(html), 'report.html'), 'report.html');
    expect(await handlers['recipe.open']({ recipe })).toMatchObject({ identical: true, runs });
  });

  it('says what to cite and under which licence the recording is, as it was told', async () => {
    const { handlers, queue } = lab.service;
    const runs = await handlers['run.start'](smallPlan({ seeds: [1], rules: ['bptt'], updates: 5 }));
    await queue.settled(runs);
    const [{ id }] = lab.ports.store.datasets.list();
    const write = async () => handlers['report.write']({ runs, figures: ['errorVsUpdates'], view: {} });
    expect((await write()).html).not.toContain('Cite the recording as');
    await handlers['dataset.describe']({ dataset: id, citation: 'A & B 2020', licence: 'CC0' });
    const { html } = await write();
    expect(html).toContain('Cite the recording as: A &#38; B 2020');
    expect(html).toContain('Licence of the recording: CC0');
  });

  it('is refused without runs', async () => {
    const { handlers } = lab.service;
    const write = async () => handlers['report.write']({ runs: [], figures: ['errorVsUpdates'], view: {} });
    await expect(write()).rejects.toMatchObject({ code: 'report.runs' });
  });
});
