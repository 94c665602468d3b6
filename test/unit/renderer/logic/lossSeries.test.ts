import { describe, expect, it } from 'vitest';
import { LossSeries, extremes } from '../../../../src/renderer/logic/lossSeries.ts';

const columns = (...update: number[]) => ({
  update: Float64Array.from(update),
  main: Float64Array.from(update, (u) => 1 / u),
});

describe('the loss of a run as it grows', () => {
  it('takes what is new and leaves what it has', () => {
    const series = new LossSeries();
    series.append(columns(1, 2, 3));
    series.append(columns(2, 3, 4, 5));
    series.append(columns(4));
    expect([...series.update]).toEqual([1, 2, 3, 4, 5]);
    expect(series.loss[4]).toBe(1 / 5);
  });

  it('grows beyond what it set aside at first', () => {
    const series = new LossSeries();
    for (let i = 0; i < 10; i++) series.append(columns(...Array.from({ length: 100 }, (_, k) => 100 * i + k + 1)));
    expect(series.length).toBe(1000);
    expect(series.update[999]).toBe(1000);
  });
});

describe('thinning a curve', () => {
  const x = Float64Array.from({ length: 10_000 }, (_, i) => i + 1);
  const y = Float64Array.from(x, (u) => (u === 7777 ? 50 : u === 1234 ? -50 : Math.sin(u)));

  it('keeps everything while it fits', () => {
    expect(extremes(x.subarray(0, 100), y.subarray(0, 100), 100)).toMatchObject({ stride: 1 });
  });

  it('keeps the highest and the lowest of each stretch, in order, and says how long a stretch is', () => {
    const thin = extremes(x, y, 200);
    expect(thin.stride).toBe(100);
    expect(thin.x.length).toBeLessThanOrEqual(200);
    expect(thin.y).toContain(50);
    expect(thin.y).toContain(-50);
    expect(thin.x).toEqual(thin.x.toSorted((a, b) => a - b));
  });
});
