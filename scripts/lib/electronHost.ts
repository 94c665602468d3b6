/** Is there an Electron to start? Never by loading the module `electron`: that downloads, or throws. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));

/** The program's path, or null where it was not downloaded. */
export function electronBinary(): string | null {
  const marker = path.join(folder, 'path.txt');
  const name = existsSync(marker) ? readFileSync(marker, 'utf8') : undefined;
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const file = override ? path.join(override, name ?? 'electron') : name && path.join(folder, 'dist', name);
  return file && existsSync(file) ? file : null;
}

/** Downloads it once, about 100 MB; its own script knows proxies and mirrors. Gives the reason when that fails. */
function downloadElectron(): string | null {
  const result = spawnSync(process.execPath, [path.join(folder, 'install.js')], {
    encoding: 'utf8',
    stdio: ['ignore', 'inherit', 'pipe'],
    timeout: 15 * 60_000,
  });
  if (result.status === 0) return null;
  return result.error?.message ?? result.stderr.trim().split('\n')[0] ?? `exit code ${result.status}`;
}

export type HostChoice = { host: 'electron'; binary: string } | { host: 'browser'; why: string };

/** APP_HOST=browser or APP_HOST=electron overrides. */
export function chooseHost(env: NodeJS.ProcessEnv = process.env, platform = process.platform): HostChoice {
  const wish = env['APP_HOST'];
  if (wish === 'browser') return { host: 'browser', why: 'APP_HOST=browser' };
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'] && wish !== 'electron') {
    return { host: 'browser', why: 'there is no display' };
  }
  const why = electronBinary() === null ? downloadElectron() : null;
  const binary = electronBinary();
  if (binary !== null) return { host: 'electron', binary };
  return { host: 'browser', why: `Electron is not here and could not be downloaded (${why ?? 'no binary'})` };
}
