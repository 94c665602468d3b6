/**
 * The packaged desktop app, made with a stand-in for Electron's download: what is in it, how its fuses are set, and that
 * it runs from nothing but what was packed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { extractAll, getRawHeader, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../../scripts/lib/chromium.ts';
import { startDesktop } from '../standin/desktop.ts';
import { writeFakeElectron } from '../support/fakeElectron.ts';
import { projectFolder, removeFolder, temporaryFolder } from '../support/folders.ts';
import { smallPlan } from '../support/workspace.ts';

const folder = temporaryFolder();
const program = path.join(folder, 'out', `Learning Rule Lab-${process.platform}-${process.arch}`);
const archive = path.join(program, 'resources', 'app.asar');
const chromium = chromiumPath();

describe.skipIf(process.platform !== 'linux')('the package (made on Linux only)', () => {
  let files: string[];

  beforeAll(() => {
    writeFakeElectron(path.join(folder, 'zip'));
    const forge = path.join(projectFolder, 'node_modules/@electron-forge/cli/dist/electron-forge.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [forge, 'package'], {
      cwd: projectFolder,
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_ZIP_DIR: path.join(folder, 'zip'), PACKAGE_FOLDER: path.join(folder, 'out') },
    });
    if (status !== 0) throw new Error(`electron-forge package: exit code ${status}\n${stdout}\n${stderr}`);
    files = listPackage(archive, { isPack: false });
  }, 180_000);
  afterAll(() => removeFolder(folder));

  it('holds the app, its pages and its sample, and neither sources nor tests', () => {
    for (const file of [
      '/package.json',
      '/LICENSE',
      '/.vite/build/main.mjs',
      '/.vite/build/preload.cjs',
      '/.vite/build/trainWorker.mjs',
      '/.vite/build/analysisWorker.mjs',
      '/.vite/build/measureWorker.mjs',
      '/.vite/build/recordingWorker.mjs',
      '/.vite/build/unitWorker.mjs',
      '/.vite/build/engineProcess.mjs',
      '/dist/renderer/index.html',
      '/resources/sample/simulated-reach.npz',
    ]) {
      expect(files).toContain(file);
    }
    expect(files.filter((file) => /^\/(src|test|docs|scripts)|\.map$|\.tsx?$|\/node-linux/.test(file))).toEqual([]);
  });

  it('keeps native code as files of its own, for this platform only', () => {
    const unpacked = files.filter((file) => /\.(node|wasm)$/.test(file));
    expect(unpacked).toContain(`/node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`);
    expect(unpacked.filter((file) => /darwin|win32/.test(file))).toEqual([]);
    const { header } = getRawHeader(archive);
    for (const file of unpacked) expect(entryOf(header, file), file).toMatchObject({ unpacked: true });
  });

  it('has its fuses set: not usable as Node, no inspector, only its own archive', async () => {
    const wire = await getCurrentFuseWire(path.join(program, 'learning-rule-lab'));
    const { ENABLE, DISABLE } = FuseState;
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: DISABLE,
      [FuseV1Options.EnableCookieEncryption]: ENABLE,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
      [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
      [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: DISABLE,
    });
  });

  it.skipIf(chromium === null)(
    'runs with nothing but what is in it: pages, sample, engines, workers',
    async () => {
      const app = path.join(folder, 'app');
      extractAll(archive, app);
      const workspace = path.join(folder, 'workspace');
      mkdirSync(workspace);
      const desktop = await startDesktop(path.join(app, '.vite/build/main.mjs'), workspace, chromium!);
      const client = desktop.client();
      const { engines } = await client['engine.probe']();
      expect(engines.map(({ id, available, reason }) => available || `${id}: ${reason}`)).not.toContain(
        expect.stringMatching(/Cannot find (module|package)/),
      );
      expect(engines.find(({ id }) => id === 'tensorflow')?.available).toBe(true);

      const { id: dataset } = await client['dataset.importSample']();
      const [run] = await client['run.start'](smallPlan({ data: { dataset }, rules: ['bptt'], updates: 3 }));
      await expect
        .poll(async () => (await client['run.get']({ run })).state, { timeout: 60_000 })
        .toMatch(/done|failed/);
      expect((await client['run.get']({ run })).error).toBeNull();
      expect(await desktop.quit()).toBe(0);
    },
    120_000,
  );
});

type Entry = { files?: Record<string, Entry>; unpacked?: boolean };

function entryOf(header: unknown, file: string): Entry | undefined {
  let entry = header as Entry | undefined;
  for (const name of file.split('/').slice(1)) entry = entry?.files?.[name];
  return entry;
}
