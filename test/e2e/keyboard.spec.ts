import type { Locator, Page } from 'playwright/test';
import { addSample, expect, runRows, startSweep, test, visit } from './app.ts';

test('starts runs and opens one with the keyboard alone', async ({ app: { page } }) => {
  await addSample(page);
  await visit(page, 'runs');
  await tabTo(page, page.getByRole('link', { name: 'New run' }).first());
  await page.keyboard.press('Enter');

  await tabTo(page, page.getByRole('checkbox', { name: /^e-prop local/ }));
  await page.keyboard.press('Space');
  await type(page, 'Seeds', '7');
  await type(page, 'Weight updates', '4');
  await type(page, 'Trials per update', '10');
  await type(page, 'Units', '16');
  await page.keyboard.press('Enter');

  await expect(runRows(page)).toHaveCount(1);
  await tabTo(page, page.getByRole('grid', { name: 'Runs' }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Run details' })).toContainText('BPTT, seed 7');
});

test('every control on every page has a name, and no id occurs twice', async ({ app: { page } }) => {
  await addSample(page);
  await startSweep(page, { seeds: '1', updates: 4 });
  await expect(runRows(page).filter({ hasText: 'Done' })).toHaveCount(2);
  await runRows(page).first().dblclick();
  const look = async (place: string): Promise<void> => {
    expect(await page.evaluate(namelessControls), place).toEqual([]);
    expect(await page.evaluate(repeatedIds), place).toEqual([]);
  };
  for (const place of ['datasets', 'runs', 'new-run', 'compare', 'settings']) {
    if (place !== 'runs') await visit(page, place);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await look(place);
  }

  await visit(page, 'compare');
  const [metric, figure] = ['Metric', 'Figure'].map((name) => page.getByRole('combobox', { name, exact: true }));
  await metric.selectOption('Procrustes distance');
  await page.getByText('How it is measured').click();
  await figure.selectOption('Accuracy and distance of each seed');
  await page.getByRole('combobox', { name: 'Where seeds are read' }).waitFor();
  await look('seeds');
  await figure.selectOption('Embedding');
  await page.getByRole('combobox', { name: 'Method' }).waitFor();
  await look('embedding');
  await page.getByRole('button', { name: 'Make a figure again…' }).click();
  await look('make a figure again');
  await page.keyboard.press('Escape');

  await visit(page, 'runs');
  await runRows(page).first().dblclick();
  await page.getByRole('link', { name: 'Look into the network' }).click();
  await page
    .getByRole('img', { name: /^Output/ })
    .first()
    .waitFor();
  await look('network');
});

test('figures are chosen with the keyboard, one or all side by side', async ({ app: { page } }) => {
  await addSample(page);
  await startSweep(page, { seeds: '1', updates: 4 });
  await expect(runRows(page).filter({ hasText: 'Done' })).toHaveCount(2);
  await visit(page, 'compare');
  const figure = page.getByLabel('Figure', { exact: true });
  await tabTo(page, figure);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('region', { name: 'Distance of each group' }).locator('canvas')).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByRole('region', { name: 'Training loss' }).locator('canvas')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Distance along training' }).locator('canvas')).toBeVisible();
});

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`60 presses of Tab do not lead to ${String(target)}.`);
}

async function type(page: Page, label: string, value: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(value);
}

function namelessControls(): string[] {
  const controls = document.querySelectorAll<HTMLInputElement>('input, select, button, a, [role=img], [role=grid]');
  return [...controls]
    .filter((c) => !c.labels?.length && !c.ariaLabel && !c.textContent.trim() && !c.title)
    .map((c) => c.outerHTML.slice(0, 120));
}

function repeatedIds(): string[] {
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  return ids.filter((id, i) => ids.indexOf(id) !== i);
}
