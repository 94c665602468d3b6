import { describe, expect, it } from 'vitest';
import { figureTable, toCsv } from '../../../../src/core/figures/figureTable.ts';
import { distanceVsUpdates } from '../../../../src/core/figures/distanceVsUpdates.ts';
import { threeRuns } from '../../../support/runCurves.ts';

const figure = distanceVsUpdates.describe(threeRuns());
const rows = figureTable(figure);

describe('the table of a figure', () => {
  it('has every number: members, mean, band and references', () => {
    const count = (mark: string) => rows.filter((r) => r.mark === mark).length;
    expect([count('member'), count('mean'), count('band'), count('reference')]).toEqual([9, 3, 3, 2]);
  });

  it('says of which run, seed and update a number is', () => {
    expect(rows[5]).toMatchObject({ mark: 'member', group: 'BPTT', run: 'bptt-2', seed: 2, update: 20, x: 20, y: 0.2 });
    expect(rows.find((r) => r.mark === 'mean')).toMatchObject({ run: null, x: 0, y: 0.6, n: 2 });
  });
});

describe('CSV', () => {
  it('has a header, a line per row, and empty fields where there is nothing', () => {
    const lines = toCsv(rows).split('\r\n');
    expect(lines[0]).toBe('mark,group,label,run,seed,update,x,y,low,high,n');
    expect(lines[1]).toBe('member,BPTT,"BPTT, seed 1",bptt-1,1,0,0,0.6,,,');
    expect(lines).toHaveLength(rows.length + 2);
  });

  it('doubles quotes, and gives numbers back in full', () => {
    const [row] = rows;
    const csv = toCsv([{ ...row, group: 'say "hi"', y: 0.1 + 0.2 }]);
    expect(csv).toContain('"say ""hi"""');
    expect(csv).toContain('0.30000000000000004');
  });
});
