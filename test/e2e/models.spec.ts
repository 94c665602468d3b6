import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeFolder, temporaryFolder } from '../support/folders.ts';
import { usualSettings, writeModelFolder } from '../support/modelFolder.ts';
import { hasReference, referenceDir, referenceList, referencePath } from '../support/reference.ts';
import { addSample, expect, runRows, startSweep, test, visit } from './app.ts';

test('imports trained networks, asks for their recording, and exports a checkpoint', async ({ app: { page } }) => {
  const folder = temporaryFolder();
  writeModelFolder(path.join(folder, 'nets'));
  writeModelFolder(path.join(folder, 'nets'), { name: 'b_lm0_x', settings: { ...usualSettings, brand_new: 3 } });
  writeModelFolder(path.join(folder, 'nets'), { name: 'broken_lm0_x', settings: null });
  await addSample(page);
  await startSweep(page, { seeds: '1', updates: 8, rules: ['BPTT'] });
  await expect(runRows(page).filter({ hasText: 'Done' })).toHaveCount(1);

  const choose = (chosen: string): Promise<void> => page.getByLabel('Folder of trained networks').setInputFiles(chosen);
  await choose(path.join(folder, 'nets'));
  const dialog = page.getByRole('dialog', { name: 'Compare with which recording?' });
  await expect(dialog).toContainText('b_lm0_x');
  await expect(page.getByRole('alert').filter({ hasText: 'broken_lm0_x' })).toContainText('published.settings');
  await page.getByRole('alert').getByRole('button', { name: 'Close message' }).click(); // the dialog does not cover it
  await expect(page.getByRole('alert')).toHaveCount(0);
  await dialog.getByLabel('Recording for 2 trained networks').selectOption('Simulated reach (simulated)');
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByText('Imported 2 trained networks. There are notes on 1')).toBeVisible();
  await expect(runRows(page).filter({ hasText: 'Imported' })).toHaveCount(2);

  const imported = runRows(page).filter({ hasText: 'Imported' }).filter({ hasText: 'BPTT' });
  await imported.click();
  await expect(page.getByRole('toolbar').getByRole('button', { name: 'Resume' })).toBeDisabled();
  await imported.dblclick();
  const origin = page.getByRole('region', { name: 'Origin' });
  await expect(origin).toContainText('b_lm0_x');
  await expect(origin).toContainText('brand_new = 3');
  await expect(page.getByRole('complementary', { name: 'Run details' })).toContainText(/Analysed by.*Analysing on "/);
  await origin.getByText('4 files with SHA-256').click();
  await expect(origin.getByRole('cell', { name: 'model_parameter_update20.pth' })).toBeVisible();

  await runRows(page).filter({ hasText: 'Done' }).dblclick();
  await expect(page.getByRole('heading', { name: 'BPTT, seed 1' })).toBeVisible();
  await page.getByLabel('Format of the export').selectOption('pth');
  const starts: Record<string, { which: string; name: RegExp; bytes: string }> = {
    one: { which: '4', name: /^bptt-seed1-.{8}-update4\.pth$/, bytes: 'PK\u0003\u0004' },
    all: { which: 'all', name: /^bptt-seed1-.{8}-pth\.zip$/, bytes: 'PK\u0003\u0004' },
  };
  for (const { which, name, bytes } of Object.values(starts)) {
    await page.getByLabel('Checkpoint to export').selectOption(which);
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const saved = await waiting;
    expect(saved.suggestedFilename()).toMatch(name);
    expect(
      readFileSync(await saved.path())
        .subarray(0, 4)
        .toString('latin1'),
    ).toBe(bytes);
  }
  removeFolder(folder);
});

test('says what a folder without trained networks lacks', async ({ app: { page } }) => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'resnet.pth'), 'x');
  await page.getByRole('link', { name: 'Runs' }).click();
  await page.getByLabel('Folder of trained networks').setInputFiles(folder);
  await expect(page.getByRole('alert')).toContainText('published.parameters');
  await expect(page.getByRole('alert')).toContainText('Choose the folder of one network');
  removeFolder(folder);
});

test('shows the published networks in the table and in figures', async ({ app: { page, folder } }) => {
  test.skip(!hasReference, `no reference data at ${referenceDir}; set SHARED_DIR`);
  await page.getByRole('link', { name: 'Datasets' }).click();
  const recording = referenceList('data', 'hatsopoulos2007').find((name) => name.endsWith('.npy'))!;
  await page.getByLabel('Recording to import').setInputFiles(referencePath('data', 'hatsopoulos2007', recording));
  await expect(page.getByText(/^Imported “/)).toBeVisible();
  await page.getByRole('link', { name: 'Runs' }).click();
  await page.getByLabel('Folder of trained networks').setInputFiles(referencePath('checkpoints'));
  await expect(page.getByText('Imported 4 trained networks')).toBeVisible({ timeout: 60_000 });
  await expect(runRows(page).filter({ hasText: 'Imported' })).toHaveCount(4);
  await expect(page.getByText(/analysing \d/)).toHaveCount(0, { timeout: 90_000 });
  expect(readdirSync(path.join(folder, 'incoming'))).toEqual([]);

  await runRows(page).filter({ hasText: 'e-prop' }).filter({ hasNotText: 'alone' }).first().dblclick();
  await expect(page.getByRole('columnheader', { name: 'Stored error' })).toBeVisible();
  await visit(page, 'compare');
  await expect(page.locator('main')).toContainText('imported');
});
