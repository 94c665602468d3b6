/** The built desktop app (main process, preload script, pages) in a real Chromium, on the stand-in for Electron. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildMain, buildRenderer } from '../../scripts/lib/builds.ts';
import { chromiumPath } from '../../scripts/lib/chromium.ts';
import { startDesktop } from '../standin/desktop.ts';
import type { Desktop } from '../standin/desktop.ts';
import { projectFolder, removeFolder, temporaryFolder } from '../support/folders.ts';
import { writeModelFolder } from '../support/modelFolder.ts';
import { unitFile, unitTrials } from '../support/unitFile.ts';
import { samplePath, smallPlan } from '../support/workspace.ts';

const addon = path.join(projectFolder, 'native', 'build', 'Release', 'lrlab.node');
const main = path.join(projectFolder, '.vite', 'build', 'main.mjs');
const chromium = chromiumPath();
const without = chromium === null ? ' (skipped: no Chromium; name one in CHROMIUM)' : '';

describe.skipIf(chromium === null)(`the desktop app${without}`, () => {
  const workspace = temporaryFolder();
  let desktop: Desktop;
  let over = false;

  beforeAll(async () => {
    expect(buildRenderer() || buildMain()).toBe(0);
    desktop = await startDesktop(main, workspace, chromium!);
  }, 120_000);
  afterAll(async () => {
    if (desktop && !over) await desktop.quit();
    removeFolder(workspace);
  });

  it('opens one sandboxed window without Node', () => {
    const windows = desktop.told.filter((told) => told.type === 'window');
    expect(windows).toHaveLength(1);
    expect(windows[0]?.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    });
  });

  it('shows its pages from an origin of its own, with a strict policy and nothing of Node', async () => {
    expect(await desktop.evaluate('document.title')).toContain('Learning Rule Lab');
    expect(await desktop.evaluate('[typeof require, typeof process, Object.keys(window.lrlab).sort().join()]')).toEqual(
      ['undefined', 'undefined', 'call,host,onEvent,pathOf'],
    );
    expect(await desktop.evaluate(`fetch('/').then((r) => r.headers.get('content-security-policy'))`)).toContain(
      "default-src 'self'",
    );
    const inline = `new Promise((done) => {
      addEventListener('securitypolicyviolation', (e) => done(e.violatedDirective), { once: true });
      document.head.append(Object.assign(document.createElement('script'), { textContent: '1' }));
    })`;
    expect(await desktop.evaluate(inline)).toBe('script-src-elem');
  });

  it('answers calls of its page, and refuses wrong ones', async () => {
    const call = (name: string, input: string): Promise<unknown> =>
      desktop.evaluate(`window.lrlab.call(${JSON.stringify(name)}, ${JSON.stringify(input)})`);
    expect(await call('app.info', '-1')).toMatchObject({
      ok: true,
      value: expect.stringContaining('electron') as string,
    });
    expect(await call('no.such', '-1')).toMatchObject({ ok: false, error: { code: 'rpc.unknown' } });
    expect(await call('run.get', '-1')).toMatchObject({ ok: false, error: { code: 'rpc.input' } });
  });

  it('does not answer a frame inside its page', async () => {
    const inFrame = `new Promise((done) => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      frame.contentWindow.__standinInvoke('rpc', ['app.info', '-1']).then(done);
    })`;
    expect(await desktop.evaluate(inFrame)).toMatchObject({ value: { ok: false, error: { code: 'rpc.sender' } } });
  });

  it('looks for engines in a child process of its bundle, and finds the native one', async () => {
    const { engines } = await desktop.client()['engine.probe']();
    expect(engines.find(({ id }) => id === 'native-cpu')?.available).toBe(existsSync(addon));
    expect(engines.find(({ id }) => id === 'tensorflow')?.available).toBe(true);
    expect(engines.find(({ id }) => id === 'reference')?.available).toBe(true);
  });

  it('opens no other window; links to the web go to the browser of the system', async () => {
    await desktop.evaluate(`void window.open('https://example.org/')`);
    expect(await desktop.heard('window-open')).toMatchObject({ action: 'deny' });
  });

  it('does not leave its own page', async () => {
    await desktop.evaluate(`void (location.href = 'https://example.org/')`);
    expect(await desktop.heard('navigation')).toMatchObject({ url: 'https://example.org/', allowed: false });
    expect(await desktop.evaluate('location.hostname')).toBe('lab.app.test');
  });

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read'])('grants no permission: %s', async (name) => {
    expect(await desktop.permission(name)).toBe(false);
  });

  it('imports a recording chosen from the menu and tells the page', async () => {
    await desktop.evaluate(`void (window.changed = [], window.lrlab.onEvent((name) => window.changed.push(name)))`);
    desktop.send({ type: 'dialog-answer', value: { canceled: false, filePaths: [samplePath] } });
    desktop.send({ type: 'menu', item: 'open' });
    expect(await desktop.heard('dialog')).toMatchObject({ kind: 'open' });
    await expect.poll(() => desktop.evaluate('window.changed'), { timeout: 10_000 }).toContain('dataset.changed');
    await expect.poll(() => desktop.evaluate('document.body.innerText')).toContain('Imported “Simulated reach”');
  });

  it('imports trained networks chosen from the menu, once the page has asked for their recording', async () => {
    const folder = temporaryFolder();
    const network = writeModelFolder(folder);
    desktop.send({ type: 'dialog-answer', value: { canceled: false, filePaths: [network] } });
    desktop.send({ type: 'menu', item: 'networks' });
    await expect
      .poll(() => desktop.evaluate(`document.querySelector('dialog')?.innerText`), { timeout: 10_000 })
      .toContain('Compare with which recording?');
    await desktop.evaluate(`document.querySelector('dialog button[type=submit]').click()`);
    await expect
      .poll(() => desktop.evaluate('document.body.innerText'), { timeout: 20_000 })
      .toContain(`Imported “${path.basename(network)}”`);
    const [run] = await desktop.client()['run.list']();
    expect(run.origin).toEqual({ folder: network });
    removeFolder(folder);
  }, 60_000);

  it('imports a folder of units chosen from the menu, once the page has asked how', async () => {
    const folder = path.join(temporaryFolder(), 'monkey A');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'unit.mat'), unitFile(unitTrials()));
    desktop.send({ type: 'dialog-answer', value: { canceled: false, filePaths: [folder] } });
    desktop.send({ type: 'menu', item: 'folder' });
    await expect
      .poll(() => desktop.evaluate(`document.querySelector('dialog')?.innerText`), { timeout: 10_000 })
      .toContain('“monkey A” holds 1 file that may be units');
    await desktop.evaluate(`document.querySelector('dialog button[type=submit]').click()`);
    await expect
      .poll(() => desktop.evaluate('document.body.innerText'), { timeout: 20_000 })
      .toContain('Imported “Mante 2013: monkey A”: 1 of 1 files');
    const [dataset] = await desktop.client()['dataset.list']();
    expect(dataset.source.path).toBe(folder);
    await desktop.client()['dataset.remove']({ dataset: dataset.id });
    removeFolder(path.dirname(folder));
  }, 60_000);

  it('trains and compares in worker threads of its bundle', async () => {
    const client = desktop.client();
    const [run] = await client['run.start'](smallPlan({ rules: ['e-prop'], updates: 5 }));
    const ended = async (): Promise<boolean> => {
      const { state, analyzed, checkpoints } = await client['run.get']({ run });
      return state === 'failed' || (state === 'done' && checkpoints > 0 && analyzed === checkpoints);
    };
    await expect.poll(ended, { timeout: 60_000, interval: 200 }).toBe(true);
    const { error, engine, distance } = await client['run.get']({ run });
    expect(error).toBeNull();
    expect(engine?.id).toBe(existsSync(addon) ? 'native-cpu' : 'reference');
    expect(distance).toBeGreaterThan(0);
  }, 90_000);

  it('ends cleanly, and its page had no errors', async () => {
    over = true;
    expect(await desktop.quit()).toBe(0);
    const errors = desktop.told.filter((told) => told.type === 'page-error').map(({ text }) => text);
    expect(errors.filter((text) => !text.includes('Content Security Policy'))).toEqual([]);
    expect(readdirSync(workspace)).toContain('lab.sqlite');
    expect(readdirSync(workspace)).not.toContain('lab.sqlite-wal'); // closed: all is in the one file
  });
});
