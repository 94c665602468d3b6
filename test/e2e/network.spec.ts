import { readFile } from 'node:fs/promises';
import { addSample, expect, runRows, startSweep, test } from './app.ts';

test.beforeEach(async ({ app: { page } }) => {
  await addSample(page);
  await startSweep(page, { updates: 24, rules: ['BPTT'] });
  await expect(runRows(page).filter({ hasText: 'Done' })).toHaveCount(2, { timeout: 60_000 });
});

test('looks into a network at any checkpoint, and exports what it shows', async ({ app: { page } }) => {
  await runRows(page).first().dblclick();
  await page.getByRole('link', { name: 'Look into the network' }).click();
  await expect(page.getByText('update 24', { exact: true })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Output/ }).first()).toBeVisible({ timeout: 30_000 });

  const slider = page.getByRole('slider', { name: 'Checkpoint' });
  await slider.press('Home');
  await expect(page.getByText('update 0', { exact: true })).toBeVisible();
  await expect(page.getByRole('img', { name: /update 0\./ }).first()).toBeVisible({ timeout: 30_000 });

  await page.getByLabel('View', { exact: true }).selectOption('Eigenvalues');
  await slider.press('End');
  await expect(page.getByRole('img', { name: /^Eigenvalues of the recurrent weights.*update 24\./ })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText(/Update 0: largest modulus \d/)).toBeVisible();

  await page.getByLabel('View', { exact: true }).selectOption('Single units');
  await expect(page.getByRole('img', { name: /^Unit \d+/ })).toHaveCount(6, { timeout: 30_000 });
  await page.getByRole('textbox', { name: 'Conditions' }).fill('9');
  await expect(page.getByRole('alert')).toContainText('there are 8, counted from 0 to 7');
  await page.getByRole('textbox', { name: 'Conditions' }).fill('0, 4');
  await expect(page.getByText('Conditions shown: 2 of 8.')).toBeVisible({ timeout: 30_000 });

  await page.getByRole('button', { name: 'Export Unit 0', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /^CSV/ }).check();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv.split('\r\n')[0]).toBe('mark,group,label,run,seed,update,x,y,low,high,n');
  expect(csv).toContain('0°');
  expect(csv).not.toContain('45°');
});

test('places networks and the recording in a plane', async ({ app: { page } }) => {
  await page.getByRole('link', { name: 'Compare' }).click();
  await page.getByLabel('Figure', { exact: true }).selectOption('Embedding');
  const panel = page.getByRole('region', { name: 'Embedding' });
  await expect(panel.getByText(/Stress .*: 0\.\d+/)).toBeVisible({ timeout: 60_000 });
  await expect(panel.getByRole('region', { name: /^Numbers of the figure/ })).toContainText('recording');
  await panel.getByLabel('Method').selectOption('UMAP');
  await expect(panel.getByText('Seed of the layout: 0.')).toBeVisible({ timeout: 60_000 });
});
