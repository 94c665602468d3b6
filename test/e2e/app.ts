/** The built page in a real browser, with a host and a workspace of its own for each test. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test as base } from 'playwright/test';
import type { Locator, Page } from 'playwright/test';
import { projectFolder, removeFolder, temporaryFolder } from '../support/folders.ts';
import { addressOf } from '../support/host.ts';

export { expect };

export type App = { url: string; page: Page; folder: string };

/** `app`: the first page of a fresh workspace. A fault in the page fails the test. */
export const test = base.extend<{ app: App }>({
  app: async ({ page }, use) => {
    const folder = temporaryFolder();
    const host = spawn(process.execPath, [path.join(projectFolder, 'src/cli/index.ts'), '--home', folder, 'serve'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    try {
      const url = await addressOf(host);
      await page.goto(url);
      await use({ url, page, folder });
      expect(faults).toEqual([]);
      await page.close();
    } finally {
      await stop(host);
      removeFolder(folder);
    }
  },
});

async function stop(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null) return;
  const ended = once(host, 'exit');
  host.kill('SIGTERM');
  await ended;
}

export async function visit(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => void (location.hash = hash), `#/${place}`);
}

export async function addSample(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Datasets' }).click();
  await page.getByRole('button', { name: 'Add the simulated sample' }).click();
  await page.getByRole('region', { name: 'Simulated reach' }).waitFor();
}

export type SmallSweep = { seeds?: string; updates?: number; rules?: ('BPTT' | 'e-prop')[] };

/** Networks so small that an update takes milliseconds. */
export async function startSweep(
  page: Page,
  { seeds = '1-2', updates = 40, rules = ['BPTT', 'e-prop'] }: SmallSweep = {},
): Promise<void> {
  await visit(page, 'new-run');
  for (const rule of ['BPTT', 'e-prop'] as const) {
    await page.getByRole('checkbox', { name: new RegExp(`^${rule} (non-)?local`) }).setChecked(rules.includes(rule));
  }
  await page.getByLabel('Seeds').fill(seeds);
  await page.getByLabel('Weight updates').fill(String(updates));
  await page.getByLabel('Trials per update').fill('10');
  await page.getByLabel('Units', { exact: true }).fill('24');
  await openSection(page, 'Comparison');
  await page.getByLabel('Test trials').fill('20');
  await openSection(page, 'Training');
  await page.getByLabel('Checkpoints').selectOption('every');
  await page.getByLabel('Checkpoint every').fill(String(Math.max(1, Math.round(updates / 4))));
  await page.getByRole('button', { name: /^Start/ }).click();
  await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
}

/** A part of the form of a new run. */
export async function openSection(page: Page, title: string): Promise<void> {
  await page
    .locator('summary')
    .filter({ has: page.getByRole('heading', { name: title, exact: true }) })
    .click();
}

/** The rows of runs, without the head. */
export function runRows(page: Page): Locator {
  return page.getByRole('grid', { name: 'Runs' }).locator('tbody').getByRole('row');
}
