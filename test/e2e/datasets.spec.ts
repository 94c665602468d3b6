import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { encodeNpz } from '../../scripts/sample/npz.ts';
import { projectFolder } from '../support/folders.ts';
import { addSample, expect, test } from './app.ts';
import { muscleMat, neuralMat } from '../support/muscleRecording.ts';
import { unitFile, unitTrials } from '../support/unitFile.ts';
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
  await expect(dataset.getByText('simulated, not recorded', { exact: true })).toBeVisible();
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

test('averages trials of an array of 4 axes, and asks about the next such file with the answer filled in', async ({
  app: { page },
}) => {
  const recording = (seed: number): Buffer => {
    const wave = (count: number, of: (i: number) => number): Float32Array =>
      Float32Array.from({ length: count }, (_, i) => of(i + seed));
    const rates = wave(20 * 12 * 9 * 4, (i) => 5 + 4 * Math.sin(0.37 * i) + Math.cos(0.011 * i * i));
    return Buffer.from(
      encodeNpz({
        rates: { shape: [20, 12, 9, 4], data: rates },
        time_s: { shape: [20], data: Float32Array.from({ length: 20 }, (_, t) => -0.1 + 0.02 * t) },
        unitId: { shape: [12], data: wave(12, (i) => i + 100) },
        direction: { shape: [4], data: Float32Array.of(0, 90, 180, 270) },
        hand_x: { shape: [20, 4], data: wave(80, Math.sin) },
      }),
    );
  };
  const give = (name: string, seed: number): Promise<void> =>
    page
      .getByLabel('Recording to import')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: recording(seed) });
  await give('day 1.npz', 0);

  const dialog = page.getByRole('dialog', { name: 'What is in this file?' });
  await expect(dialog).toContainText('A guess is filled in');
  for (const [axis, name, why] of [
    [1, 'time', 'as long as “time_s”'],
    [2, 'neuron', 'as long as “unitId”'],
    [3, 'trial', 'the shortest of the rest'],
    [4, 'condition', 'as long as “direction”'],
  ] as const) {
    await expect(dialog.getByLabel(`Axis ${axis}`)).toHaveValue(name);
    await expect(dialog.getByLabel(`Axis ${axis}`)).toHaveAccessibleDescription(why);
  }
  await expect(dialog).toContainText('12 neurons, 20 time steps, 9 trials to be averaged, 4 conditions');
  await expect(dialog).toContainText('step 20 ms: from “time_s”, 20 values 0.02 s apart');
  await expect(dialog.getByLabel('Name of hand_x')).toHaveValue('handX');
  await dialog.getByLabel('Event at time 0').fill('go cue');
  await dialog.getByLabel('Name', { exact: true }).press('Enter');
  const first = page.getByRole('region', { name: 'day 1' });
  await expect(first.getByRole('listitem').filter({ hasText: 'Conditions' })).toContainText('4');
  await expect(first).toContainText('−100 to 280 ms');
  await expect(first).toContainText('handX');

  await give('day 2.npz', 5);
  await expect(dialog).toContainText('As last time: filled in as for “day 1.npz”');
  await expect(dialog.getByLabel('Event at time 0')).toHaveValue('go cue');
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('day 2');
  await dialog.getByRole('button', { name: 'Guess instead' }).click();
  await expect(dialog.getByLabel('Event at time 0')).toHaveValue('alignment event');
  await dialog.getByRole('button', { name: 'As last time' }).click();
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByRole('region', { name: 'day 2' })).toContainText('go cue');
});

test('asks about several files one after the other', async ({ app: { page } }) => {
  const file = (name: string) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: npy([8, 30, 5], (i) => 3 + Math.sin(0.7 * i) + Math.cos(i * i + name.length)),
  });
  await page
    .getByLabel('Recording to import')
    .setInputFiles([file('one.npy'), file('second.npy'), file('last one.npy')]);
  const dialog = page.getByRole('dialog', { name: 'What is in this file?' });
  await expect(dialog).toContainText('one.npy');
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(dialog).toContainText('filled in as for “one.npy”');
  await expect(dialog).toContainText('second.npy');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toContainText('last one.npy');
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('list', { name: 'Datasets' }).getByRole('listitem')).toHaveCount(2);
});

test('asks what the columns of a table are', async ({ app: { page } }) => {
  const rows = [0, 1, 2].flatMap((t) => ['left', 'right'].flatMap((side, c) => [1, 2].map((nr) => [t * 10, side, nr, t + 3 * c + nr, Math.cos(t * 5 + c) + nr]))); // prettier-ignore
  const csv = [['when', 'side', 'nr', 'a', 'b'], ...rows].map((row) => row.join(',')).join('\n');
  await page
    .getByLabel('Recording to import')
    .setInputFiles({ name: 'cells.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  const dialog = page.getByRole('dialog', { name: 'What is in this file?' });
  await expect(dialog.getByLabel('The table has')).toHaveValue('wide');
  await expect(dialog.getByLabel('Time', { exact: true })).toHaveValue('when');
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(dialog.getByRole('alert')).toContainText('say which column tells them apart');
  await dialog.getByLabel('Trial', { exact: true }).selectOption('nr');
  await dialog.getByRole('button', { name: 'Import' }).click();
  const dataset = page.getByRole('region', { name: 'cells' });
  for (const [label, value] of [
    ['Neurons', '2'],
    ['Time steps', '3'],
    ['Conditions', '2'],
  ] as const) {
    await expect(dataset.getByRole('listitem').filter({ hasText: label })).toContainText(value);
  }
});

/** Files and folders dropped on the window, as the system does it. */
async function drop(page: Page, paths: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: 600,
      y: 400,
      data: { items: [], files: paths, dragOperationsMask: 1 },
    });
  }
}

test('imports a folder of single units, chosen or dropped, by the rules that are chosen', async ({
  app: { page, folder },
}) => {
  const units = path.join(folder, 'recordings', 'monkey A');
  mkdirSync(path.join(units, 'more'), { recursive: true });
  for (const name of ['b', 'a']) writeFileSync(path.join(units, `${name}.mat`), unitFile(unitTrials()));
  writeFileSync(path.join(units, 'broken.mat'), 'nothing');
  writeFileSync(path.join(units, 'notes.txt'), 'not read');
  writeFileSync(path.join(units, 'more', 'c.mat'), unitFile(unitTrials()));
  await page.getByLabel('Folder to import').setInputFiles(units);
  const dialog = page.getByRole('dialog', { name: 'Import a folder of single units' });
  await expect(dialog).toContainText('“monkey A” holds 3 files that may be units');
  await expect(dialog.getByLabel('As published')).toBeChecked();
  await dialog.getByLabel('Length of a step').fill('4000');
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(dialog.getByRole('alert')).toContainText('units.dt');
  await dialog.getByLabel('Length of a step').fill('5');
  await dialog.getByRole('button', { name: 'Import' }).click();
  const dataset = page.getByRole('region', { name: 'Mante 2013: monkey A' });
  await expect(dataset.getByRole('listitem').filter({ hasText: 'Neurons' })).toContainText('2');
  await expect(dataset.getByRole('listitem').filter({ hasText: 'Time steps' })).toContainText('6');
  await expect(page.getByText('2 of 3 files')).toBeVisible();

  await drop(page, [units]);
  await expect(dialog).toContainText('3 files');
  await dialog.getByLabel('Corrected').check();
  await dialog.getByLabel('Length of a step').press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('1 of 3 files')).toBeVisible(); // one is a copy of the other

  await page.getByLabel('Recording to import').setInputFiles(path.join(units, 'a.mat'));
  await expect(page.getByRole('alert')).toContainText('Import folder');
  await page.getByRole('alert').getByRole('button', { name: 'Close message' }).click();
  await drop(page, [path.dirname(units)]);
  await expect(page.getByRole('alert')).toContainText('in folders inside it ("monkey A")');
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
