// node scripts/go.mjs TASK [arguments]: sets everything up, then runs the task under the Node that the lockfile pins.
// Plain JavaScript for any Node from 18 on and without dependencies: it is what installs them.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCuda } from './lib/buildCuda.mjs';

const root = path.resolve(fileURLToPath(import.meta.url), '../..');
const windows = process.platform === 'win32';
const minutes = 60_000;
const say = (line) => console.error(`[setup] ${line}`);

// npm moves to the project's folder first and says where it was called
const throughNpm = process.env.npm_lifecycle_event === process.argv[2];
const callerFolder = (throughNpm && process.env.INIT_CWD) || process.cwd();
process.chdir(root);
const [task = 'start', ...taskArguments] = process.argv.slice(2);
installDependencies();
const node = pinnedNode();
requireNode(node);
buildNativeEngine(node);
await buildGpuEngine();
await runTask(node);

/** The content of files and folders as one hash. */
function contentHash(places) {
  const hash = createHash('sha256');
  const add = (place) => {
    if (statSync(place).isDirectory()) for (const name of readdirSync(place).sort()) add(path.join(place, name));
    else hash.update(place).update(readFileSync(place));
  };
  places.forEach(add);
  return hash.digest('hex');
}

/** npm ci unless what npm noted down as installed agrees with the lockfile; its note goes with node_modules. */
function installDependencies() {
  if (isInstalled()) return;
  const first = !existsSync('node_modules');
  say(first ? 'first run: installing dependencies (about a minute)' : 'the lockfile changed: installing again');
  const npm = /npm-cli\.js$/.test(process.env.npm_execpath ?? '')
    ? [process.execPath, [process.env.npm_execpath]]
    : ['npm', []];
  const result = spawnSync(npm[0], [...npm[1], 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 2, 2], // standard output belongs to the task
    shell: windows && npm[0] === 'npm',
  });
  if (result.status === 0) return;
  say(`npm ci failed (${result.error?.message ?? `exit code ${result.status}`}). Check the network, then try again.`);
  process.exit(1);
}

/** Whether each package of the lockfile is there in its version; npm may leave out those that it marks as such. */
function isInstalled() {
  const note = path.join('node_modules', '.package-lock.json'); // written by npm when it is done
  if (!existsSync(note)) return false;
  const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const installed = packages(note);
  const mayBeAbsent = (entry) => entry.optional || entry.devOptional || entry.extraneous || entry.link;
  return Object.entries(packages('package-lock.json')).every(([place, entry]) => {
    if (place === '') return true;
    return installed[place] ? installed[place].version === entry.version : mayBeAbsent(entry);
  });
}

/** The Node of the platform package that the lockfile pins, else the one that runs this. */
function pinnedNode() {
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const file = path.join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  return existsSync(file) ? file : process.execPath;
}

function requireNode(file) {
  const version = spawnSync(file, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout.trim();
  const [major, minor] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return;
  say(`Node 22.18 or newer is needed; this is ${version}, and none is pinned for ${process.platform}-${process.arch}.`);
  process.exit(1);
}

/**
 * Once per content of native/; after a failure `npm run build` tries again. Without a compiler the program works with a
 * slower engine and says so.
 */
function buildNativeEngine(file) {
  const stamp = path.join('native', 'build', '.stamp');
  const sources = ['native/addon', 'native/cpu', 'native/include', 'native/shared', 'native/binding.gyp'];
  const wanted = `${contentHash(sources)} ${process.platform}-${process.arch}`;
  const before = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (before === `${wanted} built` || (before === `${wanted} failed` && task !== 'build')) return;
  say('building the native engine (about half a minute)');
  rmSync(path.join('native', 'build', 'Release'), { recursive: true, force: true });
  const headers = path.resolve(path.dirname(file), '..');
  const ownHeaders = existsSync(path.join(headers, 'include/node/node_api.h')) ? [`--nodedir=${headers}`] : [];
  const gyp = path.join('node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const result = spawnSync(file, [gyp, 'configure', 'build', '--directory=native', ...ownHeaders], {
    encoding: 'utf8',
    timeout: 3 * minutes,
    env: { ...process.env, npm_config_loglevel: 'error' },
  });
  const built = result.status === 0;
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${wanted} ${built ? 'built' : 'failed'}`);
  if (built) return say('native engine built');
  const why = (result.stderr ?? '')
    .split('\n')
    .find((line) => /error|ERR! (stack|find)/i.test(line))
    ?.trim();
  say(`no native engine, training will be slower: ${why ?? result.error?.message ?? 'node-gyp failed'}`);
}

/** Only where there are a driver to use it and CUDA's compiler; once per content of its sources. */
async function buildGpuEngine() {
  const driver = windows
    ? path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'nvcuda.dll')
    : '/proc/driver/nvidia/version';
  if (!existsSync(driver)) return;
  try {
    const starting = () => say('building the engine for the GPU (a minute or two)');
    const result = await buildCuda({ root, starting });
    if (result.skipped) say(`no engine for the GPU: ${result.skipped}`);
    else if (result.seconds > 0) say(`engine for the GPU built in ${Math.round(result.seconds)} s`);
  } catch (error) {
    say(`no engine for the GPU: ${error instanceof Error ? error.message : error}`);
  }
}

/** Under the pinned Node, first on PATH so that tools started from there use it too. */
async function runTask(file) {
  const script = task === 'lrlab' || task === 'demo' ? 'src/cli/index.ts' : `scripts/tasks/${task}.ts`;
  if (!existsSync(script)) {
    say(
      `there is no task "${task}"; there are: ${readdirSync('scripts/tasks')
        .map((f) => f.replace('.ts', ''))
        .join(', ')}, lrlab, demo`,
    );
    process.exit(2);
  }
  const pathName = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const searched = [path.dirname(file), path.join(root, 'node_modules', '.bin'), process.env[pathName]];
  const child = spawn(file, [path.join(root, script), ...(task === 'demo' ? ['demo'] : []), ...taskArguments], {
    stdio: 'inherit',
    cwd: task === 'lrlab' || task === 'demo' ? callerFolder : root,
    env: { ...process.env, [pathName]: searched.join(path.delimiter) },
  });
  // Ctrl-C in a terminal reaches the task by itself; twice would be "at once" instead of "when ready"
  const passOn = process.stdin.isTTY ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT'];
  if (process.stdin.isTTY) process.on('SIGINT', () => {});
  for (const signal of passOn) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) =>
    child.once('exit', (c, signal) => resolve(c ?? (signal === 'SIGINT' ? 130 : 1))),
  );
  process.exit(code);
}
