import { readFile } from 'node:fs/promises';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Locator, Page } from 'playwright/test';
import { addSample, expect, runRows, startSweep, test } from './app.ts';

const bpttBlue = [0x00, 0x72, 0xb2] as const;
const epropRed = [0xd5, 0x5e, 0x00] as const;

test.beforeEach(async ({ app: { page } }) => {
  await addSample(page);
  await startSweep(page, { updates: 24 });
  await expect(runRows(page).filter({ hasText: 'Done' })).toHaveCount(4, { timeout: 60_000 });
  await page.getByRole('link', { name: 'Compare' }).click();
  await expect(page.getByRole('region', { name: 'Distance against accuracy' }).locator('canvas')).toBeVisible();
  await expect(page.getByText('Analysing')).toBeHidden({ timeout: 60_000 });
});

test('draws what is ticked, reads points under the pointer, opens their run', async ({ app: { page } }) => {
  await page.getByLabel('Figure', { exact: true }).selectOption('Distance along training');
  const panel = page.getByRole('region', { name: 'Distance along training' });
  await expect.poll(() => colored(panel.locator('canvas'), bpttBlue)).toBeGreaterThan(100);
  expect(await colored(panel.locator('canvas'), epropRed)).toBeGreaterThan(100);

  await page.getByRole('checkbox', { name: /^e-prop/ }).uncheck();
  await expect.poll(() => colored(panel.locator('canvas'), epropRed)).toBe(0);
  await expect(panel.getByRole('region', { name: /^Numbers of the figure/ })).not.toContainText('e-prop');
  await page.getByRole('checkbox', { name: /^e-prop/ }).check();
  await expect.poll(() => colored(panel.locator('canvas'), epropRed)).toBeGreaterThan(100);

  await page.getByRole('checkbox', { name: /^BPTT/ }).uncheck();
  await expect.poll(() => colored(panel.locator('canvas'), bpttBlue)).toBe(0);
  expect(await colored(panel.locator('canvas'), epropRed)).toBeGreaterThan(100);
  await page.getByRole('checkbox', { name: /^BPTT/ }).check();
  await expect.poll(() => colored(panel.locator('canvas'), bpttBlue)).toBeGreaterThan(100);

  await page.getByRole('checkbox', { name: 'Mean' }).uncheck();
  const box = (await panel.locator('canvas').boundingBox())!;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await expect(panel).toContainText(/(BPTT|e-prop) · seed [12] · update \d+ · Procrustes distance 0\.\d+/);

  await page.mouse.click(middle.x, middle.y);
  await expect(page.getByRole('complementary', { name: 'Run details' })).toBeVisible();
});

test('measures by another metric on request, and knows the numbers the next time', async ({ app: { page } }) => {
  await page.getByLabel('Metric', { exact: true }).selectOption('1 − CKA');
  const status = page.getByRole('status').filter({ hasText: 'checkpoints' });
  await expect(status).toContainText(/Measured 0 of \d+ checkpoints/);
  await page.getByRole('button', { name: 'Measure the rest' }).click();
  await expect(status).toBeHidden({ timeout: 60_000 });
  const panel = page.getByRole('region', { name: 'Distance against accuracy' });
  await expect(panel.getByRole('region', { name: /^Numbers of the figure/ })).toContainText('1 − CKA');
  await page.getByLabel('Metric', { exact: true }).selectOption("As in the runs' plans");
  await expect(panel.getByRole('region', { name: /^Numbers of the figure/ })).toContainText('Procrustes distance');
  await page.getByLabel('Metric', { exact: true }).selectOption('1 − CKA');
  await expect(panel.getByRole('region', { name: /^Numbers of the figure/ })).toContainText('1 − CKA');
  await expect(status).toBeHidden();
});

test('compares groups of seeds, read where one chooses', async ({ app: { page } }) => {
  await page.getByLabel('Figure', { exact: true }).selectOption('Distance of each group');
  const panel = page.getByRole('region', { name: 'Distance of each group' });
  await expect(panel.getByRole('heading')).toContainText('Distance at equal accuracy');
  await expect.poll(() => colored(panel.locator('canvas'), bpttBlue)).toBeGreaterThan(20);
  await panel.getByLabel('Where seeds are read').selectOption('at the last update');
  await expect(panel.getByRole('heading')).toContainText('Distance at the last update');
  const pairs = panel.getByRole('table', { name: 'Pairs of groups' });
  await expect(pairs.getByRole('row', { name: /^BPTT − e-prop 2 pairs/ })).toContainText('d_z');
  await expect(panel).toContainText('With 2 pairs of seeds p cannot be below 0.5');
  await panel.getByRole('combobox', { name: /^Interval/ }).selectOption('BCa bootstrap');
  await expect(panel.getByRole('table', { name: 'Groups of seeds' })).toContainText('95 % BCa bootstrap');
  await panel.getByLabel('Where seeds are read').selectOption('at equal accuracy');
  await panel.getByLabel('Accuracy at which seeds are read').fill('0.9999');
  await expect(panel).toContainText('No seed has such a reading');
});

test('exports PNG, SVG and CSV that hold the figure', async ({ app: { page } }) => {
  await page.getByLabel('Figure', { exact: true }).selectOption('Distance along training');
  const png = await exported(page, 'PNG', { 'Width (mm)': '80', 'Height (mm)': '60', 'Resolution (dpi)': '600' });
  expect(png.name).toBe('distance-vs-updates.png');
  expect([...png.bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const image = await loadImage(png.bytes);
  expect([image.width, image.height]).toEqual([Math.round((80 * 600) / 25.4), Math.round((60 * 600) / 25.4)]);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, image.width, image.height).data;
  expect([...pixels.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
  expect(near(pixels, bpttBlue)).toBeGreaterThan(1000);
  expect(near(pixels, epropRed)).toBeGreaterThan(1000);

  const svg = await exported(page, 'SVG', { 'Width (mm)': '120' });
  const found = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      error: parsed.querySelector('parsererror')?.textContent ?? null,
      width: parsed.documentElement.getAttribute('width'),
      texts: [...parsed.querySelectorAll('text')].map((t) => t.textContent),
      images: parsed.querySelectorAll('image').length,
      paths: parsed.querySelectorAll('path').length,
    };
  }, svg.bytes.toString('utf8'));
  expect(found).toMatchObject({ error: null, width: '120mm', images: 0 });
  expect(found.texts).toEqual(expect.arrayContaining(['BPTT', 'e-prop', 'Weight update', 'Procrustes distance']));
  expect(found.paths).toBeGreaterThan(6);

  const csv = (await exported(page, 'CSV')).bytes.toString('utf8').split('\r\n');
  expect(csv[0]).toBe('mark,group,label,run,seed,update,x,y,low,high,n');
  expect(csv.filter((line) => line.startsWith('member,BPTT')).length).toBeGreaterThanOrEqual(8);
});

async function exported(
  page: Page,
  format: 'PNG' | 'SVG' | 'CSV',
  fields: Record<string, string> = {},
): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: format }).check();
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value);
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: `Save ${format}` }).click();
  const file = await download;
  await expect(dialog).toBeHidden();
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

type Color = readonly [number, number, number];

/** Counted in the page, since its pixels take seconds to cross over; opaque ones count, give or take. */
function colored(canvas: Locator, color: Color): Promise<number> {
  return canvas.evaluate((element: HTMLCanvasElement, [r, g, b]) => {
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      const off = Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b);
      if (off < 24 && data[i + 3] > 200) count++;
    }
    return count;
  }, color);
}

/** The same for a decoded picture. */
function near(pixels: Uint8ClampedArray, [r, g, b]: Color): number {
  let count = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    if (Math.abs(pixels[i] - r) + Math.abs(pixels[i + 1] - g) + Math.abs(pixels[i + 2] - b) < 24) count++;
  }
  return count;
}
