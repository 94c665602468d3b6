/** The way through all pages, one thing after another as a person does it. */
import type { Page } from 'playwright';
import type { Home } from './home.ts';
import { recording } from './home.ts';

export type Step = {
  readonly name: string;
  /** ends when what was asked for is there to see */
  readonly act: (page: Page) => Promise<void>;
};

export function walk(url: string, { spikes, matrix }: Home): Step[] {
  const at = (page: Page, place: string): Promise<void> => page.evaluate(`location.hash = '#/${place}'`);
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  const region = (page: Page, name: string | RegExp) => page.getByRole('region', { name, exact: true });
  const part = (name: string): Step => ({
    name: `a recording: ${name}`,
    act: (page) => page.getByRole('navigation', { name: 'Parts of this page' }).getByRole('button', { name }).click(),
  });
  const tab = async (page: Page, label: string | RegExp): Promise<void> => {
    const which = page.getByLabel('Figure', { exact: true });
    const options = await which.getByRole('option').allTextContents();
    await which.selectOption({
      label: options.find((o) => (typeof label === 'string' ? o === label : label.test(o)))!,
    });
  };
  const compared = (label: string | RegExp, name = String(label)): Step => ({
    name: `Compare: ${name}`,
    act: (page) => tab(page, label),
  });
  return [
    { name: 'open the app', act: async (page) => void (await page.goto(`${url}#/settings`)) },
    { name: 'Datasets', act: (page) => at(page, 'datasets') },
    {
      name: 'a recording: open',
      act: async (page) => {
        await page.getByRole('link', { name: recording.name }).click();
        await region(page, recording.name)
          .getByRole('img', { name: /^Population rate/ })
          .waitFor();
      },
    },
    part('Neurons'),
    { name: 'a recording: next neurons', act: (page) => button(page, 'Next neurons').click() },
    {
      name: 'a recording: colour by condition',
      act: async (page) => void (await page.getByLabel('Colour by').selectOption('')),
    },
    {
      name: 'a recording: Components',
      act: async (page) => {
        await part('Components').act(page);
        await page.getByRole('img', { name: /^Trajectories in the plane/ }).waitFor();
      },
    },
    part('Trials'),
    part('Provenance'),
    part('Notes'),
    {
      name: 'a recording: point at a figure',
      act: async (page) => {
        await part('Rates').act(page);
        await page.mouse.move(500, 420);
        await page.mouse.move(560, 430, { steps: 5 });
      },
    },
    {
      name: 'a recording: export a figure',
      act: async (page) => {
        await button(page, /^Export Population rate/).click();
        await page.getByRole('dialog').waitFor();
      },
    },
    { name: 'close a dialog', act: (page) => page.keyboard.press('Escape') },
    {
      name: 'a recording: export the recording',
      act: async (page) => {
        await button(page, /^Export…$/).click();
        await page.getByRole('dialog').waitFor();
        await page.waitForTimeout(300);
        await page.keyboard.press('Escape');
      },
    },
    {
      name: 'a recording with behaviour',
      act: async (page) => void (await page.getByRole('link', { name: /EMG/ }).click()),
    },
    {
      name: 'dialog: what is in this file',
      act: async (page) => {
        await page.getByLabel('Recording to import').setInputFiles(matrix);
        await page.getByRole('dialog').waitFor();
        await page.waitForTimeout(300);
        await page.keyboard.press('Escape');
      },
    },
    {
      name: 'dialog: from spikes to rates',
      act: async (page) => {
        await page.getByLabel('Recording to import').setInputFiles(spikes);
        await page
          .getByRole('dialog')
          .getByText(/units kept/)
          .waitFor();
        await page.waitForTimeout(300);
        await page.keyboard.press('Escape');
      },
    },
    { name: 'Runs', act: (page) => at(page, 'runs') },
    {
      name: 'Runs: details of one',
      act: async (page) => {
        await page.getByRole('grid', { name: 'Runs' }).press('ArrowDown');
        await page.getByRole('grid', { name: 'Runs' }).press('Enter');
      },
    },
    { name: 'Runs: linear scale', act: (page) => page.getByLabel('Log scale').uncheck() },
    {
      name: 'Runs: select all',
      act: (page) => page.getByRole('grid', { name: 'Runs' }).press('Control+a'),
    },
    {
      name: 'Network: open',
      act: async (page) => {
        await page.getByRole('grid', { name: 'Runs' }).press('Enter');
        await page.getByRole('link', { name: 'Look into the network' }).click();
        await page.getByRole('main').getByRole('img').first().waitFor();
      },
    },
    ...[1, 2, 3, 4, 5].map((index): Step => ({
      name: `Network: view ${index + 1}`,
      act: async (page) => {
        const view = page.getByLabel('View', { exact: true });
        if ((await view.getByRole('option').count()) > index) await view.selectOption({ index });
      },
    })),
    { name: 'New run', act: (page) => at(page, 'new-run') },
    {
      name: 'New run: all sections',
      act: async (page) => {
        for (const summary of await page.locator('summary').all()) await summary.click();
      },
    },
    { name: 'New run: type seeds', act: (page) => page.getByLabel('Seeds').pressSequentially('1-20') },
    { name: 'Compare', act: (page) => at(page, 'compare') },
    {
      name: 'Compare: the runs with long curves',
      act: async (page) => {
        const which = page.getByRole('complementary').getByRole('combobox').first();
        const options = await which.getByRole('option').allTextContents();
        await which.selectOption({ label: options.find((label) => label.includes('Sine'))! });
      },
    },
    compared('Training loss'),
    {
      name: 'Compare: point at the losses',
      act: async (page) => {
        await page.mouse.move(700, 300);
        await page.mouse.move(760, 320, { steps: 5 });
      },
    },
    {
      name: 'Compare: losses on a log scale',
      act: (page) => page.getByLabel('Log scale').check(),
    },
    { name: 'Compare: hide the seeds', act: (page) => page.getByRole('complementary').getByLabel('Seeds').uncheck() },
    { name: 'Compare: export the losses', act: async (page) => {
        await button(page, /^Export/).click();
        await page.getByRole('dialog').waitFor();
        await page.waitForTimeout(600);
        await page.keyboard.press('Escape');
      } }, // prettier-ignore
    compared('Distance of each group'),
    compared('Error along training'),
    compared(/embedding/i, 'embedding'),
    compared('All, side by side'),
    { name: 'Compare: other runs', act: (page) => page.getByRole('checkbox', { name: /^BPTT/ }).first().click() },
    { name: 'Settings', act: (page) => at(page, 'settings') },
    { name: 'Datasets, again', act: (page) => at(page, 'datasets') },
  ];
}
