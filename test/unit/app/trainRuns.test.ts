import { describe, expect, it } from 'vitest';
import type { RunSpec } from '../../../src/app/plan.ts';
import { quickPreset } from '../../../src/app/presets.ts';
import type { Outcome, RunPorts } from '../../../src/app/runTraining.ts';
import { trainRuns } from '../../../src/app/trainRuns.ts';
import type { ChooseEngine } from '../../../src/app/trainRuns.ts';
import type { Alignment } from '../../../src/core/analysis/gradientAlignment.ts';
import { encodeCheckpoint, encodeResumePoint } from '../../../src/core/checkpoints/checkpoint.ts';
import type { ResumePoint } from '../../../src/core/checkpoints/checkpoint.ts';
import type { Engine } from '../../../src/core/engines/engine.ts';
import { referenceEngine } from '../../../src/core/engines/reference.ts';
import { LabError } from '../../../src/core/errors.ts';
import { reachDataset } from '../../support/reachDataset.ts';
import { describeNative, instructionSets, nativeEngine } from '../../support/nativeEngine.ts';

const dataset = reachDataset();

function specOf(seed: number, training: Partial<RunSpec['training']> = {}): RunSpec {
  const { task, conventions, model, analysis, engine, training: usual } = quickPreset.plan;
  return {
    dataset: 'reach' as RunSpec['dataset'],
    conventions,
    ruleSettings: {},
    task,
    model: { ...model, units: 12, activityNoise: 0.05 },
    training: { ...usual, updates: 6, trials: 4, checkpoints: { every: 2 }, ...training },
    analysis,
    engine,
    rule: 'e-prop',
    seed,
  };
}

const usualSpec = (seed: number): RunSpec => specOf(seed);

const using =
  (engine: Engine): ChooseEngine =>
  () =>
    Promise.resolve({ engine, reason: 'Asked for.' });

/** What a run stored and told, and where it may be told to stop. */
type Recorded = {
  checkpoints: Map<number, Buffer>;
  resume: ResumePoint | null;
  updates: number[];
  alignments: Map<number, readonly Alignment[]>;
  outcome: Outcome | null;
};

type Wish = { after: number; wish: 'pause' | 'cancel' };

function record(earlier: ResumePoint | null = null, wish?: Wish): { ports: RunPorts; seen: Recorded } {
  const seen: Recorded = {
    checkpoints: new Map(),
    resume: earlier,
    updates: [],
    alignments: new Map(),
    outcome: null,
  };
  const ports: RunPorts = {
    resumePoint: () => earlier,
    started: () => {},
    aligned: (update, alignments) => void seen.alignments.set(update, alignments),
    updated: ({ update }) => void seen.updates.push(update),
    save(checkpoint, resume) {
      seen.checkpoints.set(checkpoint.update, Buffer.from(encodeCheckpoint(checkpoint)));
      seen.resume = resume;
    },
    keep: (resume) => void (seen.resume = resume),
    shouldKeep: () => false,
    request: () => (wish && seen.updates.at(-1) === wish.after ? wish.wish : 'go on'),
    stopped: (outcome) => void (seen.outcome = outcome),
  };
  return { ports, seen };
}

async function alone(engine: Engine, spec: RunSpec): Promise<Recorded> {
  const { ports, seen } = record();
  await trainRuns([{ spec, ports }], dataset, using(engine));
  return seen;
}

const everySecond = { alignment: { every: 2 } } as const;

function measuringChangesNothing(engine: () => Engine): void {
  it('compares gradients at the updates asked for, and trains to the same weights as without, bit for bit', async () => {
    const plain = [1, 2].map((seed) => ({ spec: specOf(seed), ...record() }));
    const measured = [1, 2].map((seed) => ({ spec: specOf(seed, everySecond), ...record() }));
    await trainRuns(plain, dataset, using(engine()));
    await trainRuns(measured, dataset, using(engine()));
    measured.forEach(({ seen }, i) => {
      expect([...seen.alignments.keys()]).toEqual([0, 2, 4]);
      expect({ ...seen, alignments: new Map() }).toEqual(plain[i].seen);
    });
    expect(measured[0].seen.alignments.get(2)).not.toEqual(measured[1].seen.alignments.get(2));
  });

  it('has one curve of a run that was paused and resumed, alone or in company', async () => {
    const paused = record(null, { after: 3, wish: 'pause' });
    const spec = specOf(1, { alignment: { every: 1 } });
    const beside = (seed: number) => ({ spec: { ...spec, seed }, ports: record().ports });
    await trainRuns([{ spec, ports: paused.ports }, beside(2)], dataset, using(engine()));
    const resumed = record(paused.seen.resume);
    await trainRuns([beside(3), { spec, ports: resumed.ports }], dataset, using(engine()));
    expect([...paused.seen.alignments.keys()]).toEqual([0, 1, 2]);
    const curve = new Map([...paused.seen.alignments, ...resumed.seen.alignments]);
    expect(curve).toEqual((await alone(engine(), spec)).alignments);
  });

  it('finds BPTT itself to be exact in every part, at every update', async () => {
    const spec = { ...specOf(1, { alignment: { updates: [0, 5] } }), rule: 'bptt' };
    const { alignments } = await alone(engine(), spec);
    expect([...alignments.keys()]).toEqual([0, 5]);
    for (const { part, ...found } of [...alignments.values()].flat()) {
      expect(found, part).toEqual({ cosine: 1, normRatio: 1, reason: null });
    }
  });
}

function numbersDoNotDependOnCompany(engine: () => Engine, rule = 'e-prop'): void {
  const specOf = (seed: number): RunSpec => ({ ...usualSpec(seed), rule });
  it('gives each run the checkpoints that it has alone, bit for bit', async () => {
    const members = [1, 2, 3].map((seed) => ({ spec: specOf(seed), ...record() }));
    const outcomes = await trainRuns(members, dataset, using(engine()));
    expect(outcomes.map((o) => o.state)).toEqual(['done', 'done', 'done']);
    for (const { spec, seen } of members) {
      const lone = await alone(engine(), spec);
      expect([...seen.checkpoints.keys()]).toEqual([0, 2, 4, 6]);
      expect(seen).toEqual(lone);
    }
    expect(members[0].seen.checkpoints.get(6)).not.toEqual(members[1].seen.checkpoints.get(6));
  });

  it('lets one pause and another be cancelled while the third goes on undisturbed; both resume in other company', async () => {
    const paused = record(null, { after: 3, wish: 'pause' });
    const cancelled = record(null, { after: 1, wish: 'cancel' });
    const third = record();
    const outcomes = await trainRuns(
      [paused, cancelled, third].map(({ ports }, i) => ({ spec: specOf(i + 1), ports })),
      dataset,
      using(engine()),
    );
    expect(outcomes.map((o) => o.state)).toEqual(['paused', 'cancelled', 'done']);
    expect([paused, cancelled, third].map(({ seen }) => seen.updates.at(-1))).toEqual([3, 1, 6]);
    expect([paused, cancelled].map(({ seen }) => seen.resume!.state.update)).toEqual([3, 1]);
    expect(third.seen).toEqual(await alone(engine(), specOf(3)));

    const again = [paused, cancelled].map(({ seen }, i) => ({ spec: specOf(i + 1), ...record(seen.resume) }));
    const fresh = { spec: specOf(4), ...record() };
    await trainRuns([...again, fresh], dataset, using(engine()));
    expect(again.map(({ seen }) => seen.updates)).toEqual([
      [4, 5, 6],
      [2, 3, 4, 5, 6],
    ]);
    for (const { spec, seen } of [...again, fresh]) {
      const lone = await alone(engine(), spec);
      expect(seen.checkpoints.get(6)).toEqual(lone.checkpoints.get(6));
      expect(encodeResumePoint(seen.resume!)).toEqual(encodeResumePoint(lone.resume!));
    }
  });
}

describe('runs trained side by side on the reference engine', () => {
  measuringChangesNothing(() => referenceEngine);
  describe.each([
    'e-prop', // draws nothing
    'e-prop-adaptive', // feedback that changes
    'direct-feedback-alignment', // draws once
    'uoro', // draws at every update
  ])('%s', (rule) => numbersDoNotDependOnCompany(() => referenceEngine, rule));

  it('ends one whose loss is not finite, names the update, and leaves the others as they are', async () => {
    const fine = [1, 3].map((seed) => ({ spec: specOf(seed), ...record() }));
    const wild = record(await wildStart(specOf(2)));
    const members = [fine[0], { spec: specOf(2), ...wild }, fine[1]];
    const outcomes = await trainRuns(members, dataset, using(referenceEngine));
    expect(outcomes.map((o) => o.state)).toEqual(['done', 'failed', 'done']);
    expect(wild.seen.outcome).toMatchObject({ state: 'failed', error: { code: 'training.diverged' } });
    expect((wild.seen.outcome as { error: Error }).error.message).toMatch(/update 3/);
    for (const { spec, seen } of fine) expect(seen).toEqual(await alone(referenceEngine, spec));
  });

  it('ends one that cannot be stored, or that another engine trained so far, and leaves the others as they are', async () => {
    const full = record();
    full.ports.save = () => {
      throw new LabError('disk.full', 'Writing a checkpoint: the disk is full.');
    };
    const earlier = (await alone(referenceEngine, specOf(2))).resume!;
    const elsewhere = record({ ...earlier, engine: 'tensorflow' });
    const fine = record();
    const outcomes = await trainRuns(
      [full, elsewhere, fine].map(({ ports }, i) => ({ spec: specOf(i + 1), ports })),
      dataset,
      using(referenceEngine),
    );
    expect(outcomes).toMatchObject([
      { state: 'failed', error: { code: 'disk.full' } },
      { state: 'failed', error: { code: 'engine.changed' } },
      { state: 'done' },
    ]);
    expect(full.seen.outcome).toBe(outcomes[0]);
    expect(fine.seen).toEqual(await alone(referenceEngine, specOf(3)));
  });
});

/** A point to resume from after two updates, with weights whose loss is not finite. */
async function wildStart(spec: RunSpec): Promise<ResumePoint> {
  const paused = record(null, { after: 2, wish: 'pause' });
  await trainRuns([{ spec, ports: paused.ports }], dataset, using(referenceEngine));
  paused.seen.resume!.state.parameters.Wout.data.fill(1e200);
  return paused.seen.resume!;
}

describeNative('runs trained side by side on the native engine', () => {
  describe.each(instructionSets)('%s', (instructionSet) => {
    describe.each([1, 2])('%i threads', (threads) => {
      numbersDoNotDependOnCompany(() => nativeEngine(instructionSet, threads));
      measuringChangesNothing(() => nativeEngine(instructionSet, threads));
    });
  });
});
