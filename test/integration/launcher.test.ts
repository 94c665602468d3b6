/** The launcher behind `npm start`, `npm test` and the others: setting up, handing over, stopping. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildRenderer } from '../../scripts/lib/builds.ts';
import { projectFolder, removeFolder, temporaryFolder } from '../support/folders.ts';

type Outcome = { code: number | null; out: string; err: string };

/** As from a terminal in `cwd`; npm's own variables would say that npm called. */
function launch(launcher: string, args: string[], { cwd = projectFolder, env = {} } = {}): Outcome {
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$/i.test(name));
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...Object.fromEntries(inherited), ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

describe('setting up a small project of the same shape', () => {
  const project = temporaryFolder();
  const file = (name: string): string => path.join(project, name);
  const write = (name: string, content: string | object): void => {
    mkdirSync(path.dirname(file(name)), { recursive: true });
    writeFileSync(file(name), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const lock = (version: string): object => ({
    name: 'small',
    lockfileVersion: 3,
    packages: {
      '': { name: 'small', dependencies: { part: 'file:part' } },
      part: { version },
      'node_modules/part': { resolved: 'part', link: true },
    },
  });
  const go = (...args: string[]): Outcome => launch(file('scripts/go.mjs'), args);

  beforeAll(() => {
    for (const name of ['scripts/go.mjs', 'scripts/lib/buildCuda.mjs']) {
      cpSync(path.join(projectFolder, name), file(name), { recursive: true });
    }
    write('package.json', { name: 'small', private: true, dependencies: { part: 'file:part' } });
    write('package-lock.json', lock('1.0.0'));
    write('part/package.json', { name: 'part', version: '1.0.0' });
    for (const name of ['addon/a.cpp', 'include/a.h', 'cpu/a.cpp', 'shared/a.cpp', 'binding.gyp']) {
      write(`native/${name}`, 'what cannot be built');
    }
    write('scripts/tasks/say.ts', 'console.log(process.cwd(), ...process.argv.slice(2)); process.exitCode = 3;');
  });
  afterAll(() => removeFolder(project));

  it('installs at the first run, then hands over arguments, folder and exit code', () => {
    const { code, out, err } = go('say', 'one', 'two words');
    expect(err).toContain('first run: installing dependencies');
    expect(existsSync(file('node_modules/part/package.json'))).toBe(true);
    expect(out).toBe(`${realpathSync(project)} one two words\n`);
    expect(code).toBe(3);
  });

  it('says once why there is no native engine, and goes on', () => {
    write('native/cpu/a.cpp', 'something else that cannot be built');
    expect(go('say').err).toMatch(/no native engine, training will be slower: .+/);
    expect(go('say').err).not.toContain('native');
  });

  it('installs no second time, and again when the lockfile asks for another version', () => {
    expect(go('say').err).not.toContain('installing');
    write('package-lock.json', lock('1.1.0'));
    write('part/package.json', { name: 'part', version: '1.1.0' });
    expect(go('say').err).toContain('the lockfile changed');
    expect(go('say').err).not.toContain('installing');
  });

  it('names the tasks there are when asked for another', () => {
    const { code, err } = go('dance');
    expect(code).toBe(2);
    expect(err).toContain('there is no task "dance"; there are: say, lrlab, demo');
  });
});

describe('lrlab from a checkout', () => {
  const lrlab = path.join(projectFolder, 'bin/lrlab.mjs');

  it('runs where it is called, with its own messages only', () => {
    const elsewhere = temporaryFolder();
    const env = { LRLAB_HOME: path.join(elsewhere, 'workspace') };
    const { code, out, err } = launch(lrlab, ['datasets', '--json'], { cwd: elsewhere, env });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual([]);
    removeFolder(elsewhere);
  });

  it('gives the exit code of what it ran', () => {
    const { code, err } = launch(lrlab, ['no-such-command']);
    expect(code).not.toBe(0);
    expect(err).toContain('no-such-command');
  });
});

describe('npm start without a display', () => {
  it('says why it takes the browser, serves the page, and stops cleanly when asked to', async () => {
    expect(buildRenderer()).toBe(0);
    const home = temporaryFolder();
    const child = spawn(process.execPath, [path.join(projectFolder, 'scripts/go.mjs'), 'start'], {
      env: { ...process.env, APP_HOST: 'browser', LRLAB_NO_BROWSER: '1', LRLAB_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    let [out, err] = ['', ''];
    child.stderr.on('data', (text: Buffer) => (err += String(text)));
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`ended with ${code}: ${err}`)));
      child.stdout.on('data', (text: Buffer) => {
        out += String(text);
        const address = /^ready (\S+)$/m.exec(out)?.[1];
        if (address) resolve(address);
      });
    });
    expect(err).toContain('Opening the app in the browser: APP_HOST=browser.');
    const { status, headers } = await fetch(url, { redirect: 'manual' });
    expect(status).toBe(302);
    const page = await fetch(new URL('/', url), { headers: { Cookie: headers.get('set-cookie')!.split(';')[0] } });
    expect(await page.text()).toContain('<title>Learning Rule Lab</title>');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    removeFolder(home);
  }, 60_000);
});
