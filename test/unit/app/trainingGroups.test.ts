import { describe, expect, it } from 'vitest';
import { expandSweep } from '../../../src/app/plan.ts';
import type { DatasetId, RunSpec } from '../../../src/app/plan.ts';
import type { RunRow } from '../../../src/app/ports.ts';
import { quickPreset } from '../../../src/app/presets.ts';
import { countGroups, groupKey, nextGroup } from '../../../src/app/trainingGroups.ts';

const { figures: _, ...plan } = quickPreset.plan;
const sweep = { ...plan, dataset: 'd' as DatasetId, rules: ['bptt', 'e-prop'], seeds: [1, 2, 3] };
const waiting = expandSweep(sweep).map((spec) => ({ spec, engine: null as RunRow['engine'] }));
const names = (rows: readonly { spec: RunSpec }[]) => rows.map(({ spec }) => `${spec.rule} ${spec.seed}`);

describe('which runs train side by side', () => {
  it('are those that differ from the first in their seeds alone, in their order, as many as are worth it', () => {
    expect(names(nextGroup(waiting, 64))).toEqual(['bptt 1', 'bptt 2', 'bptt 3']);
    expect(names(nextGroup(waiting, 2))).toEqual(['bptt 1', 'bptt 2']);
    expect(names(nextGroup(waiting, 1))).toEqual(['bptt 1']);
    expect(names(nextGroup(waiting.slice(1), 64))).toEqual(['e-prop 1', 'e-prop 2', 'e-prop 3']);
  });

  it('are counted group by group', () => {
    expect(countGroups(waiting, () => 64)).toBe(2);
    expect(countGroups(waiting, () => 2)).toBe(4);
    expect(countGroups(waiting, () => 1)).toBe(6);
    expect(countGroups(waiting, ({ spec }) => (spec.rule === 'bptt' ? 3 : 1))).toBe(4);
    expect(countGroups([], () => 1)).toBe(0);
  });

  it('need the same settings, data, request and engine so far; the order in which settings were written is nothing', () => {
    const { spec } = waiting[0];
    const key = groupKey(waiting[0]);
    expect(groupKey({ spec: { ...spec, seed: 9 }, engine: null })).toBe(key);
    const reversed = Object.fromEntries(Object.entries(spec.training).reverse()) as RunSpec['training'];
    expect(groupKey({ spec: { ...spec, training: reversed }, engine: null })).toBe(key);
    const others: RunSpec[] = [
      { ...spec, dataset: 'e' as DatasetId },
      { ...spec, task: { ...spec.task, settings: { steps: 200 } } },
      { ...spec, model: { ...spec.model, units: 99 } },
      { ...spec, training: { ...spec.training, trials: 7 } },
      { ...spec, engine: { engine: 'reference' } },
    ];
    const keys = others.map((other) => groupKey({ spec: other, engine: null }));
    keys.push(groupKey({ spec, engine: { id: 'reference', description: '', reason: '' } }));
    keys.push(groupKey({ spec, engine: { id: 'native-cpu', description: '', reason: '' } }));
    expect(new Set([key, ...keys]).size).toBe(keys.length + 1);
  });
});
