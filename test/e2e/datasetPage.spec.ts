import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { npzExport } from '../../src/core/data/exports/npzExport.ts';
import { exportFacts, fullDataset } from '../support/fullDataset.ts';
import { projectFolder } from '../support/folders.ts';
import { addSample, expect, test } from './app.ts';

const recording = () => ({
  name: 'monkey.npz',
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(npzExport(fullDataset({ trialsOf: 8 }), { ...exportFacts, about: { notes: '', licence: '', citation: '' } })), // prettier-ignore
});

test('shows rates, neurons, components, trials, files and provenance of a recording', async ({ app: { page } }) => {
  await page.getByLabel('Recording to import').setInputFiles(recording());
  const dataset = page.getByRole('region', { name: fullDataset().name, exact: true });
  const tiles = dataset.getByRole('list', { name: 'Key figures' });
  await expect(tiles.getByRole('listitem').filter({ hasText: 'Trials' })).toContainText('24');
  await expect(dataset.getByRole('img', { name: /^Population rate by condition/ })).toBeVisible();
  await expect(dataset.getByRole('img', { name: /^m1 \(neuron 0\)/ })).toBeVisible();

  const parts = dataset.getByRole('navigation', { name: 'Parts of this page' });
  await parts.getByRole('button', { name: 'Components' }).click();
  await expect(dataset.getByRole('img', { name: /^Trajectories in the plane/ })).toBeVisible();
  await expect(dataset).toContainText(/participation ratio \d/);
  await parts.getByRole('button', { name: 'Trials' }).click();
  await expect(dataset.getByRole('img', { name: /^Split-half reliability/ })).toBeVisible();
  await expect(dataset.getByRole('region', { name: 'Trials per condition' }).getByRole('row')).toHaveCount(4);
  await parts.getByRole('button', { name: 'Files' }).click();
  await expect(dataset.getByRole('region', { name: 'Report of files' })).toContainText('too few trials');
  await dataset.getByLabel('Search files').fill('no such file');
  await expect(dataset).toContainText('No file matches.');
  await parts.getByRole('button', { name: 'Provenance' }).click();
  await expect(dataset).toContainText('Provenance before it was exported');
  await expect(dataset).toContainText('a b.npy');
});

test('shows the neurons that are asked for by number or name, in the colours chosen', async ({ app: { page } }) => {
  await page.getByLabel('Recording to import').setInputFiles(recording());
  const traces = page.getByRole('region', { name: 'Traces' });
  await expect(traces.getByRole('img')).toHaveCount(5);
  const neurons = traces.getByRole('combobox', { name: 'Neurons' });
  await neurons.fill('m1, 3');
  await neurons.press('Enter');
  await expect(traces.getByRole('img')).toHaveCount(2);
  await expect(traces.getByRole('img', { name: /^say "x" \(neuron 3\)/ })).toBeVisible();
  await neurons.fill('m9');
  await neurons.press('Enter');
  await expect(traces.getByRole('alert')).toContainText('no neuron "m9"');

  await expect(traces.getByRole('list', { name: 'Colours' }).getByRole('listitem')).toHaveCount(3);
  await page.getByLabel('Colour by').selectOption('directionDeg');
  await expect(traces.getByRole('list', { name: 'Colours' }).getByRole('listitem')).toHaveText(['directionDeg 0', 'directionDeg 180']); // prettier-ignore
  await page.getByLabel('Average', { exact: true }).check();
  await expect(traces).toContainText('mean of the conditions with this value of directionDeg');
});

test('keeps notes, licence and citation', async ({ app: { page } }) => {
  await addSample(page);
  await page.getByRole('textbox', { name: 'Notes' }).fill('left hemisphere\narray B');
  await page.getByLabel('Licence').fill('CC BY 4.0');
  await page.getByLabel('Citation').fill('Someone 2020');
  await page.getByLabel('Citation').blur();
  await expect(page.getByRole('region', { name: 'Notes' }).getByRole('status')).toHaveText('Saved.');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Notes' })).toHaveValue('left hemisphere\narray B');
  await expect(page.getByLabel('Licence')).toHaveValue('CC BY 4.0');
  await expect(page.getByLabel('Citation')).toHaveValue('Someone 2020');
});

test('exports a file that the command line imports', async ({ app: { page, folder } }) => {
  await addSample(page);
  await page.getByRole('button', { name: 'Export…', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export recording' });
  for (const [format, file] of [
    [/^NumPy/, 'Simulated-reach.npz'],
    [/^NWB-like/, 'Simulated-reach.nwb'],
  ] as const) {
    if (!(await dialog.isVisible())) await page.getByRole('button', { name: 'Export…', exact: true }).click();
    await dialog.getByRole('radio', { name: format }).check();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Export' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(file);
    const saved = path.join(folder, file);
    await download.saveAs(saved);
    const home = path.join(folder, `home of ${file}`);
    const cli = path.join(projectFolder, 'src/cli/index.ts');
    const { stdout } = spawnSync(process.execPath, [cli, '--home', home, 'import', saved], { encoding: 'utf8' });
    expect(stdout).toContain('Simulated reach');
  }
});
