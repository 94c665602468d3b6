/** The built desktop program, its preload script and its page, in a real Chromium, with a stand-in for Electron. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildMain, buildRenderer } from '../../scripts/lib/builds.ts';
import { chromiumPath } from '../../scripts/lib/chromium.ts';
import { presets } from '../../src/app/presets.ts';
import { startStandin } from '../standin/start.ts';
import type { Standin } from '../standin/start.ts';
import { projectFolder, removeFolder, temporaryFolder } from '../support/folders.ts';
import { samplePath } from '../support/workspace.ts';

const chromium = chromiumPath();

describe.skipIf(chromium === null)(
  `the desktop program${chromium === null ? ' (skipped: no Chromium found)' : ''}`,
  () => {
    const home = temporaryFolder();
    let desktop: Standin;

    beforeAll(async () => {
      expect(buildRenderer() || buildMain()).toBe(0);
      const main = path.join(projectFolder, '.vite', 'build', 'main.mjs');
      desktop = await startStandin({ main, home, chromium: chromium! });
    }, 120_000);
    afterAll(async () => {
      await desktop?.quit();
      removeFolder(home);
    });

    it('opens one window, sandboxed and shut off from Node', async () => {
      const { webPreferences } = await desktop.deed('window');
      expect(webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
      expect(webPreferences).toMatchObject({ webSecurity: true, navigateOnDragDrop: false });
      expect(await desktop.evaluate('[typeof require, typeof process, typeof module]')).toEqual(
        Array(3).fill('undefined'),
      );
    });

    it('shows the page, without an error', async () => {
      await desktop.until(`document.querySelector('main')`);
      expect(await desktop.evaluate('document.title')).toContain('Learning Rule Lab');
      expect(desktop.deeds.filter(({ type }) => type === 'pageError')).toEqual([]);
      expect(desktop.deeds.filter((deed) => deed.type === 'console' && deed.level === 'error')).toEqual([]);
    });

    it('gives the page a frozen bridge of four parts', async () => {
      expect(await desktop.evaluate('Object.keys(window.lrlab).sort()')).toEqual(['call', 'host', 'onEvent', 'pathOf']);
      expect(await desktop.evaluate('Object.isFrozen(window.lrlab)')).toBe(true);
      expect(await desktop.evaluate(`window.lrlab.pathOf(new File([], 'a.npy'))`)).toBe('/chosen/a.npy');
    });

    it('answers calls of the page from the workspace it was given', async () => {
      expect(await desktop.client['app.info']()).toMatchObject({ host: 'electron', workspace: home });
    });

    it('refuses aloud what is not in the contract', async () => {
      const unknown = await desktop.evaluate(`window.lrlab.call('process.exit', '-1')`);
      expect(unknown).toMatchObject({ ok: false, error: { code: 'rpc.unknown' } });
      const shapeless = await desktop.evaluate(`window.lrlab.call('run.get', '[{"run":1},7]')`);
      expect(shapeless).toMatchObject({ ok: false, error: { code: 'rpc.input' } });
    });

    it('grants no permission', async () => {
      for (const name of ['media', 'geolocation', 'notifications', 'clipboard-read']) {
        expect(await desktop.isGranted(name)).toEqual({ request: false, check: false });
      }
    });

    it('opens web addresses outside and no window inside', async () => {
      await desktop.evaluate(`void window.open('https://example.org/paper')`);
      expect(await desktop.deed('windowOpen')).toMatchObject({ action: 'deny' });
    });

    it('does not leave its own pages', async () => {
      await desktop.evaluate(`void (location.href = 'https://example.org/')`);
      expect(await desktop.deed('navigation')).toMatchObject({ url: 'https://example.org/', allowed: false });
      expect(await desktop.evaluate('location.hostname')).toBe('lab.app.test');
    });

    it('imports the recording chosen from the menu, and the page hears of it', async () => {
      await desktop.evaluate(`void (window.heard = [], window.lrlab.onEvent((name) => window.heard.push(name)))`);
      desktop.send({ type: 'dialogAnswer', value: { canceled: false, filePaths: [samplePath] } });
      desktop.send({ type: 'menu', item: 'open' });
      await desktop.until(`window.heard.includes('dataset.changed')`);
      expect(await desktop.client['dataset.list']()).toHaveLength(1);
    });

    it('trains in a worker of its own bundle', async () => {
      const dataset = (await desktop.client['dataset.list']())[0]!.id;
      const { plan } = presets.find(({ id }) => id === 'quick')!;
      const training = { ...plan.training, updates: 4, trials: 4, testTrials: 0, checkpoints: { every: 2 } };
      const model = { ...plan.model, units: 8 };
      const [run] = await desktop.client['run.start']({
        ...plan,
        data: { dataset },
        model,
        training,
        rules: ['bptt'],
        seeds: [1],
        figures: [],
      });
      for (;;) {
        const { state, error, update } = await desktop.client['run.get']({ run: run! });
        expect(error).toBeNull();
        if (state === 'done') return expect(update).toBe(4);
        await wait(50);
      }
    });

    it('quits cleanly, with everything stored', async () => {
      expect(await desktop.quit()).toBe(0);
      expect(existsSync(path.join(home, 'lab.sqlite'))).toBe(true);
      expect(existsSync(path.join(home, 'lab.sqlite-wal'))).toBe(false);
    });
  },
);
