import { expect, test, visit } from './app.ts';

test('says which engine training takes, and why not the others', async ({ app: { page } }) => {
  await visit(page, 'settings');
  const panel = page.getByRole('region', { name: 'Engines' });
  await expect(panel.getByText(/^Training takes/)).toBeVisible();
  await expect(panel.getByRole('row')).toHaveCount(5);
  await expect(panel.getByRole('row').filter({ hasText: 'In use' })).toHaveCount(1);
  await expect(panel.getByRole('row', { name: /^Reference/ })).toContainText('TypeScript, float64');
});

test('tests the engines with the keyboard alone, and stops when asked', async ({ app: { page } }) => {
  test.setTimeout(180_000);
  await visit(page, 'settings');
  const start = page.getByRole('button', { name: 'Test engines' });
  await expect(start).toBeEnabled();
  await start.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('progressbar', { name: 'Progress of the test' })).toBeVisible();
  const stop = page.getByRole('button', { name: 'Stop the test' });
  await expect(stop).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(start).toBeFocused();
  await expect(page.getByRole('table', { name: 'Test of the engines' })).toContainText('Stopped after');

  await page.keyboard.press('Enter');
  const table = page.getByRole('table', { name: 'Test of the engines' });
  await expect(table).toContainText('Tested after', { timeout: 150_000 });
  await expect(table.getByRole('row', { name: /^Reference/ })).toContainText('is the reference engine');
});

test('keeps the number of threads, and refuses what is none', async ({ app: { page } }) => {
  await visit(page, 'settings');
  await page.getByLabel('Threads').fill('0');
  await expect(page.getByText('A whole number from 1 to 256.')).toBeVisible();
  await page.getByLabel('Threads').fill('1');
  await expect(page.getByText('A whole number from 1 to 256.')).toBeHidden();
  await page.reload();
  await visit(page, 'settings');
  await expect(page.getByLabel('Threads')).toHaveValue('1');
});
