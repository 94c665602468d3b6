import { expect, test } from './app.ts';
import { centreOut, hatsopoulosFile, npzFile, nwbFile } from '../support/spikeFiles.ts';

const reaches = centreOut({ units: 8, perDirection: 6 });
const peak = (text: string | null): number => Number(/peak ([\d.]+) Hz/.exec(text ?? '')![1]);

test('spikes of an NWB file become rates as chosen, with a look before', async ({ app: { page } }) => {
  const buffer = Buffer.from(await nwbFile(reaches, true));
  await page.getByLabel('Recording to import').setInputFiles({ name: 'monkey.nwb', mimeType: 'application/x-hdf5', buffer }); // prettier-ignore

  const dialog = page.getByRole('dialog', { name: 'From spikes to rates' });
  const preview = dialog.getByRole('region', { name: 'Preview' });
  await expect(dialog.getByLabel('Event at time 0')).toHaveValue('move_onset_time');
  await expect(preview).toContainText('8 of 8 units kept.');
  await expect(preview).toContainText('1 trial left out: "result" is not R.');
  await dialog.getByLabel('Table of trials').selectOption('blocks');
  await expect(dialog.getByLabel('Event at time 0')).toHaveValue('start_time');
  await expect(dialog.getByLabel('Table of trials')).toHaveValue('blocks');
  await dialog.getByLabel('Table of trials').selectOption('trials');
  await expect(preview).toContainText('8 of 8 units kept.');
  const unit = preview.getByRole('figure').filter({ hasText: 'Unit 100' });
  const before = peak(await unit.textContent());

  await dialog.getByLabel('Standard deviation').fill('100');
  await expect.poll(async () => peak(await unit.textContent())).toBeLessThan(before - 5);
  await dialog.getByLabel('Fewest trials per condition').fill('50');
  await expect(dialog.getByText(/expected a condition with at least 50 of them, found at most 6/)).toBeVisible();
  await expect(dialog.getByLabel('Fewest trials per condition')).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await dialog.getByLabel('Fewest trials per condition').fill('6');
  await expect(preview).toContainText('1 condition left out, too few trials: 225° (5).');
  await dialog.getByLabel('Fewest trials per condition').fill('2');
  await preview.getByRole('button', { name: 'Next units' }).click();
  await expect(preview.getByText('Unit 107')).toBeVisible();
  await expect(dialog).toContainText('8 neurons × 121 steps × 8 conditions');
  await dialog.getByLabel('Name').fill('Monkey A');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();

  const dataset = page.getByRole('region', { name: 'Monkey A' });
  await expect(dataset.getByRole('listitem').filter({ hasText: 'Neurons' })).toContainText('8');
  await expect(dataset).toContainText('−800 to 400 ms');
  await expect(dialog).toBeHidden();
});

test('spikes named as in the raw Hatsopoulos recordings say that the public file was not tried', async ({
  app: { page },
}) => {
  const buffer = Buffer.from(await hatsopoulosFile(reaches));
  await page.getByLabel('Recording to import').setInputFiles({ name: 'Dataset5.mat', mimeType: 'application/octet-stream', buffer }); // prettier-ignore
  const dialog = page.getByRole('dialog', { name: 'From spikes to rates' });
  await expect(dialog).toContainText('the published files themselves have not been tried');
  await expect(dialog).toContainText('The hand agrees in 48 of 48 trials.');
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('Averaged beside: handX, handVx, handY, handVy, shoulderAngle, elbowAngle.'); // prettier-ignore
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { name: 'No recordings yet' })).toBeVisible();
});

test('spike times in arrays are read on the clock that is said', async ({ app: { page } }) => {
  const buffer = Buffer.from(npzFile(reaches, 1000));
  await page
    .getByLabel('Recording to import')
    .setInputFiles({ name: 'sorted.npz', mimeType: 'application/zip', buffer });
  const dialog = page.getByRole('dialog', { name: 'From spikes to rates' });
  await expect(dialog.getByLabel('Ticks per second')).toHaveValue('1000');
  await expect(dialog).toContainText('Times taken as ms');
  await expect(dialog).toContainText(/spikes in 19\d s, 48 trials/);
  await dialog.getByLabel('Ticks per second').fill('500');
  await expect(dialog).toContainText(/spikes in 39\d s, 48 trials/);
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('8 of 8 units kept.');
  await dialog.getByLabel('Ticks per second').fill('1000');
  await dialog.getByLabel('Ticks per second').press('Enter');
  await expect(page.getByRole('region', { name: 'sorted' })).toContainText('go cue');
});
