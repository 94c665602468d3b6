import { muscleMat, neuralMat } from '../support/muscleRecording.ts';
import { expect, openSection, test, visit } from './app.ts';

test('trains the reach with muscles on a recording to which they were added', async ({ app: { page } }) => {
  const file = (name: string, bytes: Uint8Array) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(bytes),
  });
  await page.getByLabel('Recording to import').setInputFiles(file('neural.mat', neuralMat(27, 40)));
  const alone = page.getByRole('region', { name: 'Sussillo 2015 reach', exact: true });
  await alone.getByRole('link', { name: 'New run' }).click();
  await expect(page.getByLabel('Task', { exact: true })).toHaveValue('muscle-reach');
  await expect(page.getByText('behaviour from a second file')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Start/ })).toBeDisabled();

  await visit(page, 'datasets');
  await alone.getByLabel('File with behaviour').setInputFiles(file('emg.mat', muscleMat()));
  const both = page.getByRole('region', { name: 'Sussillo 2015 reach + EMG' });
  const parts = both.getByRole('navigation', { name: 'Parts of this page' });
  await parts.getByRole('button', { name: 'Behaviour' }).click();
  const behaviour = both.getByRole('region', { name: 'Behaviour' });
  await expect(behaviour).toContainText('7 signals, 66 steps');
  await expect(behaviour.getByRole('img')).toHaveCount(7);
  await both.getByRole('link', { name: 'New run' }).click();
  await expect(page.getByLabel('Task', { exact: true })).toHaveValue('muscle-reach');
  await expect(page.getByLabel('Preset')).toHaveValue('muscles');
  await expect(page.getByText('a part of the recording that they are compared with')).toBeVisible();
  await openSection(page, 'Task');
  await expect(page.getByLabel('Condition inputs', { exact: true })).toHaveValue('plan');
  await page.getByLabel('Principal components').fill('30');
  await expect(page.getByText('components to be at most 26')).toBeVisible();
  await page.getByLabel('Principal components').fill('15');
  await expect(page.getByRole('button', { name: /^Start \d+ runs/ })).toBeEnabled();
});
