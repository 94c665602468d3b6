import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { preparationCost, prepareDataset } from '../../../src/app/preparedDataset.ts';
import { datasetResults } from '../../../src/core/analysis/datasetResults.ts';
import type { Dataset } from '../../../src/core/data/dataset.ts';
import { decodeDataset } from '../../../src/core/data/datasetFile.ts';
import { portableLinearAlgebra } from '../../../src/core/math/linear/linearAlgebra.ts';
import { reachDataset } from '../../support/reachDataset.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const prepared = (dataset: Dataset, linear = portableLinearAlgebra) => prepareDataset(dataset, { sha256, linear });

describe('a dataset that is prepared to be kept', () => {
  const dataset = reachDataset();

  it('is its file, and a row with what the recording says about itself', () => {
    const { row, file } = prepared(dataset);
    expect(decodeDataset(file)).toEqual(dataset);
    const [dimensions, baseline] = datasetResults(dataset);
    expect(row).toMatchObject({ participationRatio: dimensions.value, crossConditionAverage: baseline.value });
    expect(row).toMatchObject({ neurons: dataset.activity.shape[0], fromMs: dataset.timeMs[0], name: dataset.name });
  });

  it('has the same hash under another name and path, and another where a number differs', () => {
    const { contentSha256 } = prepared(dataset).row;
    const renamed = { ...dataset, name: 'another', source: { ...dataset.source, path: 'elsewhere.npz', sha256: '' } };
    expect(prepared(renamed).row.contentSha256).toBe(contentSha256);
    const data = dataset.activity.data.slice();
    data[0] += 1;
    expect(prepared({ ...dataset, activity: { ...dataset.activity, data } }).row.contentSha256).not.toBe(contentSha256);
  });

  it('says nothing about itself where that takes too long', () => {
    const { row } = prepareDataset(dataset, { sha256, linear: null });
    expect(row).toMatchObject({ participationRatio: null, crossConditionAverage: null });
    const more = {
      activity: {
        shape: [10 * dataset.activity.shape[0], ...dataset.activity.shape.slice(1)],
        data: dataset.activity.data,
      },
    };
    expect(preparationCost(more)).toBeGreaterThanOrEqual(100 * preparationCost(dataset));
  });

  it('is refused where no file can hold it', () => {
    const huge = { shape: [3, 1000, 100_000], data: { byteLength: 3 * 2 ** 30 } as Float64Array };
    expect(() => prepared({ ...dataset, activity: huge })).toThrow('found 3.0 GiB');
  });
});
