/** Builds that are done again only when their sources changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder, runTool } from './run.ts';

const viteBuild = (config: string): number =>
  runTool('vite/bin/vite.js', ['build', '-c', config, '--logLevel', 'warn']);

/** The pages, for every host. */
export function buildRenderer(): number {
  return upToDate(
    'dist/renderer/.stamp',
    ['src', 'vite.renderer.config.ts', 'svelte.config.js', 'package-lock.json'],
    () => viteBuild('vite.renderer.config.ts'),
  );
}

/** Electron's main process with its workers, and the preload script. */
export function buildMain(): number {
  return upToDate(
    '.vite/build/.stamp',
    ['src', 'vite.main.config.ts', 'vite.preload.config.ts', 'package-lock.json'],
    () => {
      rmSync(path.join(projectFolder, '.vite', 'build'), { recursive: true, force: true }); // old chunks
      return viteBuild('vite.main.config.ts') || viteBuild('vite.preload.config.ts');
    },
  );
}

function upToDate(stamp: string, sources: readonly string[], build: () => number): number {
  const file = path.join(projectFolder, stamp);
  const wanted = hashOf(sources.map((source) => path.join(projectFolder, source)));
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) return 0;
  const code = build();
  if (code === 0) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, wanted);
  }
  return code;
}

function hashOf(places: readonly string[]): string {
  const hash = createHash('sha256');
  const add = (place: string): void => {
    if (!existsSync(place)) return;
    if (!statSync(place).isDirectory()) hash.update(place).update(readFileSync(place));
    else for (const name of readdirSync(place).sort()) add(path.join(place, name));
  };
  for (const place of places) add(place);
  return hash.digest('hex');
}
