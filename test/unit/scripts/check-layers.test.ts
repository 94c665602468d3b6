import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceFiles, violations } from '../../../scripts/check-layers.ts';
import { projectFolder } from '../../support/folders.ts';

const found = (file: string, text: string): string[] => violations([{ file, text }]);

describe('the check of layers', () => {
  it('finds nothing in the sources', () => {
    expect(violations(sourceFiles(path.join(projectFolder, 'src')))).toEqual([]);
  });

  it.each([
    ['core/math/a.ts', `import { app } from '../../app/service.ts';`],
    ['core/math/a.ts', `import { readFileSync } from 'node:fs';`],
    ['core/math/a.ts', `import { rules } from '../rules/index.ts';`],
    ['core/metrics/a.ts', `export * from '../figures/index.ts';`],
    ['app/a.ts', `import { openStore } from '../platform/store/sqliteStore.ts';`],
    ['app/a.ts', `const store = await import('../platform/store/sqliteStore.ts');`],
    ['platform/a.ts', `import { serve } from '../server/serve.ts';`],
    ['platform/files/a.ts', `import Database from 'better-sqlite3';`],
    ['platform/files/a.ts', `import * as tf from '@tensorflow/tfjs-core';`],
    ['server/a.ts', `import { app } from 'electron';`],
    ['renderer/a.ts', `import { createHost } from '../app/rpcHost.ts';`],
    ['renderer/View.svelte', `<script>\n  import { createService } from '../app/service.ts';\n</script>`],
    ['renderer/a.ts', `import path from 'node:path';`],
    ['preload/index.ts', `import { LabError } from '../core/errors.ts';`],
    ['core/math/a.ts', `import type {\n  Plan,\n  Sweep,\n} from '../../app/plan.ts';`],
    ['core/math/a.ts', `import '../../app/plan.ts';`],
  ])('refuses in %s: %s', (file, text) => {
    expect(found(file, text)).toHaveLength(1);
    expect(found(file, text)[0]).toContain(`${file} imports `);
  });

  it.each([
    ['core/metrics/a.ts', `import { svd } from '../math/linear/svd.ts';`],
    ['app/a.ts', `import { rules } from '../core/rules/index.ts';`],
    ['renderer/a.ts', `import { createClient } from '../app/rpc.ts';`],
    ['main/a.ts', `import { app } from 'electron';`],
  ])('lets pass in %s: %s', (file, text) => {
    expect(found(file, text)).toEqual([]);
  });
});
