// node scripts/go.mjs TASK [arguments]: sets everything up, then runs the task under the Node that the lockfile pins.
// Plain JavaScript for any Node from 18 on and without dependencies: it is what installs them.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(fileURLToPath(import.meta.url), '../..');
const windows = process.platform === 'win32';
const minutes = 60_000;
const say = (line) => console.error(`[setup] ${line}`);

const callerFolder = process.cwd();
process.chdir(root);
const [task = 'start', ...taskArguments] = process.argv.slice(2);
installDependencies();
const node = pinnedNode();
requireNode(node);
buildNativeEngine(node);
await runTask(node);

/** The content of files and folders as one hash. */
function contentHash(...places) {
  const hash = createHash('sha256');
  const add = (place) => {
    if (!existsSync(place)) return;
    const entries = readdirSync(place, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const inside = path.join(place, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== 'build') add(inside);
      } else hash.update(inside).update(readFileSync(inside));
    }
  };
  for (const place of places) {
    if (existsSync(place) && !place.endsWith('.json')) add(place);
    else if (existsSync(place)) hash.update(place).update(readFileSync(place));
  }
  return hash.digest('hex');
}

/** npm ci whenever the lockfile is another one than last time. The stamp goes with node_modules. */
function installDependencies() {
  const stamp = path.join('node_modules', '.stamp-install');
  const wanted = `${contentHash('package-lock.json', 'package.json')} ${process.platform}-${process.arch}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say(
    existsSync('node_modules')
      ? 'the lockfile changed: installing again'
      : 'first run: installing dependencies (about a minute)',
  );
  const npm = /npm-cli\.js$/.test(process.env.npm_execpath ?? '')
    ? [process.execPath, [process.env.npm_execpath]]
    : ['npm', []];
  const result = spawnSync(npm[0], [...npm[1], 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: windows && npm[0] === 'npm',
  });
  if (result.status !== 0) {
    say(`npm ci failed (${result.error?.message ?? `exit code ${result.status}`}). Check the network, then try again.`);
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
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

/** Once per content of native/. Without a compiler the program works with a slower engine and says so. */
function buildNativeEngine(file) {
  const stamp = path.join('native', 'build', '.stamp');
  const wanted = `${contentHash('native')} ${process.platform}-${process.arch}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').startsWith(wanted)) return;
  say('building the native engine (about half a minute)');
  rmSync(path.join('native', 'build'), { recursive: true, force: true });
  const headers = path.resolve(path.dirname(file), '..');
  const ownHeaders = existsSync(path.join(headers, 'include/node/node_api.h')) ? [`--nodedir=${headers}`] : [];
  const gyp = path.join('node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const result = spawnSync(file, [gyp, 'rebuild', '--directory=native', ...ownHeaders], {
    encoding: 'utf8',
    timeout: 5 * minutes,
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
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) =>
    child.once('exit', (c, signal) => resolve(c ?? (signal === 'SIGINT' ? 130 : 1))),
  );
  process.exit(code);
}
