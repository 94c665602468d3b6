/** The desktop app in the real Electron, where its program is there. Elsewhere test/integration/desktop.test.ts stands in. */
import { _electron, expect, test } from 'playwright/test';
import { buildMain, buildRenderer } from '../../scripts/lib/builds.ts';
import { electronBinary } from '../../scripts/lib/electronHost.ts';
import { projectFolder, removeFolder, temporaryFolder } from '../support/folders.ts';

const binary = electronBinary();
const display = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
const without = binary === null ? 'Electron is not downloaded here' : display ? null : 'there is no display';
const skipped = without === null ? '' : ` (skipped: ${without})`;

test(`opens its window, answers from its workspace, and takes the sample${skipped}`, async () => {
  test.skip(without !== null, without ?? '');
  expect(buildRenderer() || buildMain()).toBe(0);
  const workspace = temporaryFolder();
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const desktop = await _electron.launch({
    executablePath: binary!,
    args: [...asRoot, projectFolder],
    env: { ...(process.env as Record<string, string>), LRLAB_HOME: workspace },
  });
  const page = await desktop.firstWindow();
  await page.getByRole('link', { name: 'Datasets' }).click();
  await page.getByRole('button', { name: 'Add the simulated sample' }).click();
  await page.getByRole('region', { name: 'Simulated reach' }).waitFor();
  expect(await page.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe('undefined');
  await desktop.close();
  removeFolder(workspace);
});
