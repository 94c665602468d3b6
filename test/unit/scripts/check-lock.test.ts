import { describe, expect, it } from 'vitest';
import { missingFromLock } from '../../../scripts/check-lock.ts';

describe('the check of the lockfile', () => {
  it('finds nothing where each optional dependency is in it, beside its parent or above', () => {
    const packages = {
      '': { optionalDependencies: { a: '1' } },
      'node_modules/a': { optionalDependencies: { b: '1', '@scope/c': '1' } },
      'node_modules/b': {},
      'node_modules/a/node_modules/@scope/c': {},
    };
    expect(missingFromLock(packages)).toEqual([]);
  });

  it('names what is missing and who needs it', () => {
    const packages = {
      '': {},
      'node_modules/@scope/tool': { optionalDependencies: { '@scope/tool-darwin-arm64': '1' } },
      'node_modules/other/node_modules/@scope/tool-darwin-arm64': {},
    };
    expect(missingFromLock(packages)).toEqual(['node_modules/@scope/tool needs @scope/tool-darwin-arm64']);
  });
});
