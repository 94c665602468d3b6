/** Opens the app: the desktop one, or the same in the browser where that is not possible. */
import { spawn } from 'node:child_process';
import { buildMain, buildRenderer } from '../lib/builds.ts';
import { chooseHost } from '../lib/electronHost.ts';
import { passSignalsTo, projectFolder } from '../lib/run.ts';

/** An Electron that ends sooner than this was not used. */
const tooSoonMs = 3000;

if (buildRenderer() !== 0) process.exit(1);
const choice = chooseHost();
if (choice.host === 'electron') await startElectron(choice.binary);
else await startBrowser(choice.why);

async function startElectron(binary: string): Promise<void> {
  if (buildMain() !== 0) process.exit(1);
  const startedAt = performance.now();
  const child = spawn(binary, [projectFolder], { stdio: 'inherit' });
  passSignalsTo(child);
  const code = await new Promise<number>((resolve) => child.once('exit', (c) => resolve(c ?? 1)));
  if (code !== 0 && performance.now() - startedAt < tooSoonMs) {
    console.error(
      'Electron ended at once, often because its sandbox is not allowed here. APP_HOST=browser npm start opens the app in the browser.',
    );
  }
  process.exitCode = code;
}

async function startBrowser(why: string): Promise<void> {
  console.error(`Opening the app in the browser: ${why}.`);
  const child = spawn(process.execPath, ['src/cli/index.ts', 'serve', ...process.argv.slice(2)], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  passSignalsTo(child);
  let opened = false;
  child.stdout.on('data', (text: Buffer) => {
    process.stdout.write(text);
    const url = /ready (\S+)/.exec(String(text))?.[1];
    if (url !== undefined && !opened) {
      opened = true;
      openBrowser(url);
    }
  });
  process.exitCode = await new Promise<number>((resolve) => child.once('exit', (c) => resolve(c ?? 1)));
}

/** The system's own browser; where there is none, the printed address is enough. */
function openBrowser(url: string): void {
  if (process.env['LRLAB_NO_BROWSER'] || process.env['CI'] || noDisplay()) return;
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url];
  const opener = spawn(command, args, { stdio: 'ignore', detached: true });
  opener.on('error', () => {});
  opener.unref();
}

function noDisplay(): boolean {
  return process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
}
