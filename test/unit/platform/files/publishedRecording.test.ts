import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPublishedRecording } from '../../../../src/platform/files/publishedRecording.ts';
import { removeFolder, temporaryFolder } from '../../../support/folders.ts';

const recording = 'data_output_aligntomovementonset_minT-800_maxT400_FRsmoothSD25ms.npy';

describe('the published recording near a run', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    mkdirSync(path.join(folder, 'checkpoints', 'run'), { recursive: true });
  });
  afterEach(() => removeFolder(folder));

  const put = (...inside: string[]): string => {
    const place = path.join(folder, ...inside);
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, recording), 'x');
    return path.join(place, recording);
  };
  const find = (): string | null => findPublishedRecording(path.join(folder, 'checkpoints', 'run'));

  it.each([[['data']], [['data', 'reaching']], [['data', 'monkeys', 'reaching']], [['checkpoints', 'data']]])(
    'is found in %j',
    (place) => {
      const file = put(...place);
      expect(find()).toBe(file);
    },
  );

  it('is not looked for deep in a data folder, which may hold millions of files', () => {
    put('data', 'a', 'b', 'c');
    expect(find()).toBeNull();
  });

  it('is null where there is none, or where "data" is a file', () => {
    writeFileSync(path.join(folder, 'data'), 'x');
    expect(find()).toBeNull();
  });
});
