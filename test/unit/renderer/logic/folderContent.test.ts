import { describe, expect, it } from 'vitest';
import { networkFiles, unitFiles, whyNothing } from '../../../../src/renderer/logic/folderContent.ts';

const files = (...paths: string[]) => paths.map((path) => ({ path }));
const pathsOf = (found: readonly { path: string }[]): string[] => found.map(({ path }) => path);

describe('what a folder holds', () => {
  it('are units where .mat files lie in it, not hidden and not deeper', () => {
    const all = files('A/b.mat', 'A/a.MAT', 'A/._a.mat', 'A/notes.txt', 'A/more/c.mat', 'A/mat');
    expect(pathsOf(unitFiles(all))).toEqual(['A/b.mat', 'A/a.MAT']);
    expect(networkFiles(all)).toEqual([]);
  });

  it('are trained networks by the names of the published scripts, one folder down at most', () => {
    const all = files('A/n1/model_parameter_update20.pth', 'A/pset.npy', 'A/n1/x/pset.npy', 'A/n1/other.npy');
    expect(pathsOf(networkFiles(all))).toEqual(['A/n1/model_parameter_update20.pth', 'A/pset.npy']);
  });

  it('is said where it is neither, with what to do', () => {
    expect(whyNothing('A', [])).toMatch(/found no file\. Choose another folder/);
    expect(whyNothing('A', files('A/x.npy'))).toMatch(/found neither\..*one by one/);
    expect(whyNothing('A', files('A/x.npy', 'A/day 1/u.mat'))).toMatch(/inside it \("day 1"\)\. Choose the folder/);
  });
});
