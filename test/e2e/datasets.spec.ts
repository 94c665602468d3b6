import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../support/folders.ts';
import { addSample, expect, test } from './app.ts';
import { muscleMat, neuralMat } from '../support/muscleRecording.ts';
import { npy } from './files.ts';

const recordings = path.resolve(
  projectFolder,
  process.env['SHARED_DIR'] ?? '../shared',
  'reference/data/hatsopoulos2007',
);

test('each empty page says what to do next and leads there', async ({ app: { page } }) => {
  await expect(page).toHaveTitle('Datasets · Learning Rule Lab');
  await expect(page.getByRole('heading', { name: 'No recordings yet' })).toBeVisible();

  await page.getByRole('link', { name: 'Runs' }).click();
  await expect(page).toHaveTitle('Runs · Learning Rule Lab');
  await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible();

  await page.getByRole('link', { name: 'Compare' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing to compare yet' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to datasets' }).click();

  await page.getByRole('button', { name: 'Add the simulated sample' }).click();
  const dataset = page.getByRole('region', { name: 'Simulated reach' });
  await expect(dataset.getByText('simulated, not recorded')).toBeVisible();
  await dataset.getByRole('link', { name: 'New run' }).click();
  await expect(page.getByRole('button', { name: /^Start \d+ runs/ })).toBeEnabled();
});

test('imports the published recording and shows what is known of it', async ({ app: { page } }) => {
  test.skip(!existsSync(recordings), `no recording at ${recordings}; set SHARED_DIR`);
  const file = readdirSync(recordings).find((name) => name.endsWith('.npy'))!;
  await page.getByLabel('Recording to import').setInputFiles(path.join(recordings, file));

  const dataset = page.getByRole('region', { name: /Hatsopoulos/ });
  for (const [label, value] of [
    ['Neurons', '141'],
    ['Time steps', '121'],
    ['Conditions', '8'],
    ['Participation ratio', '3.30'],
    ['Baseline distance', '0.484'],
  ] as const) {
    await expect(dataset.getByRole('listitem').filter({ hasText: label })).toContainText(value);
  }
  await expect(dataset).toContainText('−800 to 400 ms');
  await expect(dataset).toContainText('movement onset');
  await expect(dataset).toContainText(file);

  await expect(dataset.getByText('Neuron 5', { exact: true })).toBeVisible();
  await dataset.getByRole('button', { name: 'Next neurons' }).click();
  await expect(dataset.getByText('Neuron 11', { exact: true })).toBeVisible();
});

test('says why a file cannot be read, with a code', async ({ app: { page } }) => {
  await page
    .getByLabel('Recording to import')
    .setInputFiles({ name: 'notes.npy', mimeType: 'application/octet-stream', buffer: Buffer.from('no array here') });
  const message = page.getByRole('alert');
  await expect(message).toContainText('notes.npy');
  await expect(message.locator('code')).toHaveText(/^[a-z]+\.[a-zA-Z]+$/);
  await message.getByRole('button', { name: 'Close message' }).click();
  await expect(message).toBeHidden();
  await expect(page.getByRole('heading', { name: 'No recordings yet' })).toBeVisible();
});

test('asks what the axes of a plain array are, and believes the answer', async ({ app: { page } }) => {
  const bell = (i: number): number => 5 + 4 * Math.sin(0.37 * i) + Math.cos(0.011 * i * i);
  await page
    .getByLabel('Recording to import')
    .setInputFiles({ name: 'monkey A.npy', mimeType: 'application/octet-stream', buffer: npy([40, 12, 6], bell) });

  const dialog = page.getByRole('dialog', { name: 'What is in this file?' });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Axis 1').selectOption('time');
  await dialog.getByLabel('Axis 2').selectOption('neuron');
  await expect(dialog.getByLabel('Axis 3')).toHaveValue('condition');
  await expect(dialog).toContainText('12 neurons, 40 time steps, 6 conditions');
  await dialog.getByLabel('Step (ms)').fill('0');
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(dialog.getByLabel('Step (ms)')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Step (ms)').fill('10');
  await dialog.getByLabel('First step at (ms)').fill('-100');
  await dialog.getByLabel('Event at time 0').fill('go cue');
  await dialog.getByLabel('Name').fill('Monkey A');
  await dialog.getByRole('button', { name: 'Import' }).click();

  const dataset = page.getByRole('region', { name: 'Monkey A' });
  await expect(dataset.getByRole('listitem').filter({ hasText: 'Neurons' })).toContainText('12');
  await expect(dataset).toContainText('−100 to 290 ms');
  await expect(dataset).toContainText('go cue');
});

test('renames and removes a dataset', async ({ app: { page } }) => {
  await addSample(page);
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('My sample');
  await page.keyboard.press('Enter');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'My sample' })).toBeVisible();

  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  await expect(page.getByRole('heading', { name: 'My sample' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'No recordings yet' })).toBeVisible();
});

test('adds behaviour from a second file to a recording, which stays as it is', async ({ app: { page } }) => {
  const file = (name: string, bytes: Uint8Array) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(bytes),
  });
  await page.getByLabel('Recording to import').setInputFiles(file('neural.mat', neuralMat(27, 12)));
  const recording = page.getByRole('region', { name: 'Sussillo 2015 reach', exact: true });
  await expect(recording).toContainText('−1450 to 400 ms');
  await recording.getByLabel('File with behaviour').setInputFiles(file('emg.mat', muscleMat()));

  const both = page.getByRole('region', { name: 'Sussillo 2015 reach + EMG' });
  await expect(both).toContainText('muscle 1, muscle 2, muscle 3, muscle 4, muscle 5, muscle 6, muscle 7; 66 steps');
  await expect(both).toContainText('Provenance of EMG');
  await expect(both).toContainText('does not say when its 66 steps are');
  await expect(page.getByRole('list', { name: 'Datasets' }).getByRole('listitem')).toHaveCount(2);

  const force = npy([2, 50, 27], (i) => i);
  await both.getByLabel('File with behaviour').setInputFiles(file('force.npy', force));
  const dialog = page.getByRole('dialog', { name: 'What is in this file?' });
  await expect(dialog).toContainText('2 signals, 50 time steps, 27 conditions');
  await dialog.getByLabel('Event at time 0').fill('go cue');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(dialog.getByRole('alert')).toContainText('data.alignment');
  await dialog.getByLabel('Event at time 0').fill('movement onset');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('region', { name: 'Sussillo 2015 reach + force' })).toContainText('force 1, force 2');
});
