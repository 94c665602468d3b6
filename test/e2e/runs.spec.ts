import { addSample, expect, runRows, startSweep, test, visit } from './app.ts';

test('trains a sweep, shows it live, keeps it over a reload', async ({ app: { page } }) => {
  await addSample(page);
  await startSweep(page, { updates: 400 });
  await expect(runRows(page)).toHaveCount(4);

  const loss = page.getByRole('region', { name: 'Training loss' });
  await expect(loss.locator('canvas')).toBeVisible();
  await expect(runRows(page).filter({ hasText: 'Running' }).first()).toBeVisible();
  await expect(page.getByRole('navigation').getByRole('status')).toContainText('training');

  await expect(runRows(page).filter({ hasText: 'Done' })).toHaveCount(4, { timeout: 60_000 });
  await page.reload();
  await expect(runRows(page).filter({ hasText: '400 / 400' })).toHaveCount(4);
  await expect(runRows(page).first()).toContainText('native-cpu');
});

test('pauses, resumes, cancels and removes runs', async ({ app: { page } }) => {
  await addSample(page);
  await startSweep(page, { seeds: '5', updates: 100_000, rules: ['BPTT'] });
  const row = runRows(page).first();
  await expect(row).toContainText('Running');
  await expect(row).not.toContainText('0 / 100,000');
  const action = (name: string) => page.getByRole('toolbar').getByRole('button', { name });
  await expect(action('Pause')).toBeDisabled();
  await row.click();

  await action('Pause').click();
  await expect(row).toContainText('Paused');
  await page.reload();
  await expect(row).toContainText('Paused');

  await row.click();
  await action('Resume').click();
  await expect(row).toContainText('Running');
  await action('Cancel').click();
  await expect(row).toContainText('Cancelled');

  await action('Remove').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove 1 run' }).click();
  await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
});

test('selects ranges, filters and sorts', async ({ app: { page } }) => {
  await addSample(page);
  await startSweep(page, { seeds: '1-4', updates: 4 });
  await expect(runRows(page)).toHaveCount(8);
  await runRows(page).nth(1).click();
  await runRows(page)
    .nth(4)
    .click({ modifiers: ['Shift'] });
  await expect(page.getByText('8 runs, 4 selected')).toBeVisible();
  await runRows(page)
    .nth(2)
    .click({ modifiers: ['ControlOrMeta'] });
  await expect(page.getByText('8 runs, 3 selected')).toBeVisible();

  await page.getByLabel('Filter runs').fill('e-prop seed 3');
  await expect(runRows(page)).toHaveCount(1);
  await page.getByLabel('Filter runs').fill('');
  await page.getByRole('columnheader', { name: 'Seed' }).getByRole('button').click();
  await page.getByRole('columnheader', { name: 'Seed' }).getByRole('button').click();
  await expect(page.getByRole('columnheader', { name: 'Seed' })).toHaveAttribute('aria-sort', 'descending');
  await expect(runRows(page).first().getByRole('gridcell').nth(2)).toHaveText('4');
});

test('tells the equation of a rule, and checks on a small network that it does what theory says', async ({
  app: { page },
}) => {
  await addSample(page);
  await visit(page, 'new-run');
  await page.getByRole('button', { name: 'About e-prop', exact: true }).click();
  const card = page.getByRole('dialog', { name: 'e-prop' });
  await expect(card.getByLabel('Equation')).toContainText('gWrec = Σt (L[t] ∘ φ′(a[t])) ε[t]ᵀ');
  await card.getByRole('button', { name: 'Check it' }).click();
  await expect(card.getByRole('list', { name: 'Checks' }).getByRole('listitem').first()).toContainText('e-prop');
});

test('shows what is wrong beside the field and does not start', async ({ app: { page } }) => {
  await addSample(page);
  await visit(page, 'new-run');
  await page.getByLabel('Seeds').fill('3-1');
  await expect(page.getByText('The range “3-1” runs backwards')).toBeVisible();
  await expect(page.getByLabel('Seeds')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('button', { name: /^Start/ })).toBeDisabled();
  await page.getByLabel('Seeds').fill('1-5, 8');
  await expect(page.getByText('6 seeds; each rule runs with each')).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Summary' })).toContainText('12 runs');
  await expect(page.getByRole('complementary', { name: 'Summary' })).toContainText('Engine');
});
