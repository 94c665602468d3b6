/** Imports go one way. The tables below are the architecture; whatever contradicts them is an error. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from './lib/run.ts';

/** Which parts of src a part may import, besides itself. */
const layers: Record<string, readonly string[]> = {
  core: [],
  charts: ['core'],
  app: ['core', 'charts'],
  platform: ['core', 'charts', 'app'],
  server: ['core', 'charts', 'app', 'platform'],
  main: ['core', 'charts', 'app', 'platform'],
  cli: ['core', 'charts', 'app', 'platform', 'server'],
  preload: ['app'],
  renderer: ['core', 'charts', 'app'],
};

/** Of the application, pages may use what holds no logic of the host. */
const appForPages = [
  'contract',
  'rpc',
  'wire',
  'plan',
  'presets',
  'mapping',
  'ratesSchema',
  'runGroups',
  'engineWords',
  'recipeSchema',
  'figureView',
];

/** Folders of core in order: each imports only those before it. */
const coreOrder = [
  'errors',
  'math',
  'models',
  'data',
  'tasks',
  'rules',
  'engines',
  'checkpoints',
  'metrics',
  'statistics',
  'analysis',
  'figures',
];
/** Types of tasks and checkpoints' byte format are needed a step earlier; see the reasons. */
const coreExceptions: readonly (readonly [from: string, to: string])[] = [
  ['core/data/datasetFile.ts', 'core/checkpoints/safetensors.ts'], // datasets are kept in the same byte format
];

/** Packages that only one place may load. */
const homes: Record<string, RegExp> = {
  electron: /^(main|preload)\//,
  'better-sqlite3': /^platform\/store\//,
  '@tensorflow/': /^platform\/engines\//,
  '@napi-rs/canvas': /^platform\/charts\//,
  h5wasm: /^platform\/formats\//,
  ws: /^server\//,
  commander: /^cli\//,
  svelte: /^renderer\//,
};

export type SourceFile = { file: string; text: string };

/** Every import that breaks a rule, as sentences. Files are named from src on. */
export function violations(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ file, text }) =>
    importsOf(text).flatMap((target) => {
      const why = target.startsWith('.') ? wrongFile(file, resolve(file, target)) : wrongPackage(file, target);
      return why === null ? [] : [`${file} imports ${target}: ${why}`];
    }),
  );
}

function importsOf(text: string): string[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)].map((m) => m[1] ?? m[2] ?? m[3]);
}

const resolve = (file: string, target: string): string => path.posix.join(path.posix.dirname(file), target);
const partOf = (file: string): string => file.split('/')[0];

function wrongFile(file: string, target: string): string | null {
  const [from, to] = [partOf(file), partOf(target)];
  if (from !== to && !layers[from]?.includes(to))
    return `${from} may only import ${layers[from]?.join(', ') || 'itself'}`;
  const pages = from === 'renderer' || from === 'preload';
  if (pages && to === 'app' && !appForPages.includes(path.basename(target, '.ts'))) {
    return `pages may only use ${appForPages.join(', ')} of app`;
  }
  if (from === 'core' && to === 'core') return wrongInCore(file, target);
  return null;
}

function wrongInCore(file: string, target: string): string | null {
  const place = (f: string): number => coreOrder.indexOf(f.split('/')[1].replace(/\.ts$/, ''));
  if (place(target) <= place(file) || coreExceptions.some(([a, b]) => a === file && b === target)) return null;
  return `in core, ${coreOrder[place(file)]} comes before ${coreOrder[place(target)]}`;
}

function wrongPackage(file: string, name: string): string | null {
  const part = partOf(file);
  if (name.startsWith('node:') && ['core', 'charts', 'app', 'renderer', 'preload'].includes(part)) {
    return `${part} does not know Node`;
  }
  const home = Object.entries(homes).find(
    ([prefix]) => name === prefix || name.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`),
  );
  if (home && !home[1].test(file)) return `only ${home[1].source} may load ${name}`;
  return null;
}

export function sourceFiles(folder: string): SourceFile[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((f) => /\.(ts|svelte)$/.test(f) && !f.endsWith('.d.ts'))
    .map((f) => ({ file: f.replaceAll(path.sep, '/'), text: readFileSync(path.join(folder, f), 'utf8') }));
}

if (import.meta.main) {
  const found = violations(sourceFiles(path.join(projectFolder, 'src')));
  if (found.length > 0) {
    console.error(found.join('\n'));
    process.exitCode = 1;
  }
}
