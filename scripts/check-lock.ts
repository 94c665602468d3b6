/** Every optional dependency that the lockfile names must be in it, or `npm ci` fails on the next clone elsewhere. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from './lib/run.ts';

type Package = { optionalDependencies?: Record<string, string> };

export function missingFromLock(packages: Record<string, Package>): string[] {
  const isThere = (from: string, name: string): boolean => {
    for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
      if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
      if (!folder) return false;
    }
  };
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isThere(place, name))
      .map((name) => `${place || 'package.json'} needs ${name}`),
  );
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync(path.join(projectFolder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Package>;
  };
  const missing = missingFromLock(lock.packages);
  if (missing.length > 0) {
    console.error(
      `package-lock.json is incomplete:\n${missing.join('\n')}\nMake it anew: rm -rf node_modules package-lock.json && npm install`,
    );
    process.exitCode = 1;
  }
}
