import Database from 'better-sqlite3';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunId } from '../../src/app/plan.ts';
import type { DatasetRow, RunRow, Store } from '../../src/app/ports.ts';
import { publishedPreset } from '../../src/app/presets.ts';
import type { Result } from '../../src/core/analysis/result.ts';
import { nothingSaid } from '../../src/core/data/dataset.ts';
import { migrations } from '../../src/platform/store/migrations.ts';
import { openStore } from '../../src/platform/store/sqliteStore.ts';
import { removeFolder, temporaryFolder } from '../support/folders.ts';

const dataset: DatasetRow = {
  id: 'd1' as DatasetRow['id'],
  contentSha256: 'c'.repeat(64),
  name: 'Monkey – «Ä»',
  simulated: false,
  neurons: 3,
  steps: 4,
  conditions: 2,
  fromMs: -10,
  toMs: 20,
  alignment: 'movement onset',
  kinematics: ['handX'],
  participationRatio: 1.25,
  crossConditionAverage: null,
  source: { path: 'a.npy', sha256: 's'.repeat(64), bytes: 99, format: 'npy', layout: 'mapped' },
  importedAt: 1_700_000_000_000.5,
};

const { figures: _figures, rules: _rules, seeds: _seeds, ...rest } = publishedPreset.plan;

function run(id: string, change: Partial<RunRow> = {}): RunRow {
  return {
    id: id as RunId,
    state: 'queued',
    spec: { ...rest, dataset: dataset.id, rule: 'bptt', seed: 1 },
    update: 0,
    mainLoss: null,
    engine: null,
    error: null,
    analysisError: null,
    origin: null,
    appVersion: '0.0.0',
    owner: null,
    createdAt: 1,
    startedAt: null,
    finishedAt: null,
    ...change,
  };
}

const columns = (from: number, to: number, main = 0.1) => {
  const update = Float64Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const value = update.map((u) => main + u / 3);
  return { update, main: value, activity: value, activityPenalty: value, gradientNorm: value };
};

describe('the store', () => {
  let folder: string;
  let file: string;
  let store: Store;
  beforeEach(() => {
    folder = temporaryFolder();
    file = path.join(folder, 'lab.sqlite');
    store = openStore(file);
    store.datasets.insert(dataset);
  });
  afterEach(() => {
    store.close();
    removeFolder(folder);
  });

  const reopen = (): void => {
    store.close();
    store = openStore(file);
  };

  it('gives datasets and runs back as they were, after closing and opening', () => {
    const origin = {
      folder: '/a/b',
      files: [{ name: 'x.pth', sha256: 'f'.repeat(64), bytes: 3 }],
      settings: { a: 1 },
      notes: ['n'],
      errors: null,
    };
    const row = run('r1', { origin, error: { code: 'a.b', message: 'text' }, owner: 'host:1:aa', startedAt: 2.5 });
    store.runs.insert([row]);
    reopen();
    expect(store.datasets.list()).toEqual([{ ...dataset, about: nothingSaid }]);
    expect(store.runs.get(row.id)).toEqual(row);
  });

  it('keeps loss curves bit for bit, and one row per update when a run is resumed', () => {
    store.runs.insert([run('r1')]);
    store.updates.append('r1' as RunId, columns(1, 10));
    store.updates.append('r1' as RunId, columns(6, 12, 0.7));
    reopen();
    const read = store.updates.read('r1' as RunId, 0);
    expect([...read.update]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect([...read.main]).toEqual([...columns(1, 5).main, ...columns(6, 12, 0.7).main]);
    expect([...store.updates.read('r1' as RunId, 11).update]).toEqual([12]);
  });

  it('keeps comparisons of gradients bit for bit, and one row per update and part when a run is resumed', () => {
    const id = 'r1' as RunId;
    store.runs.insert([run('r1')]);
    const row = (update: number, part: 'Wrec' | 'b', cosine: number | null) =>
      ({
        update,
        part,
        cosine,
        normRatio: 1 / 3,
        reason: cosine === null ? 'It keeps its first values.' : null,
      }) as const;
    expect(store.alignments.last(id)).toEqual([]);
    store.alignments.append(id, [row(0, 'Wrec', 0.1), row(0, 'b', null), row(10, 'Wrec', 1 / 7)]);
    store.alignments.append(id, [row(10, 'Wrec', 2 / 7), row(10, 'b', null)]);
    reopen();
    const expected = [row(0, 'Wrec', 0.1), row(0, 'b', null), row(10, 'Wrec', 2 / 7), row(10, 'b', null)];
    expect(store.alignments.read(id)).toEqual(expected);
    expect(store.alignments.last(id)).toEqual(expected.slice(2));
    store.runs.remove(id);
    expect(store.alignments.read(id)).toEqual([]);
  });

  it('opens a workspace of the first version, and keeps what is in it', () => {
    store.close();
    const old = path.join(folder, 'old.sqlite');
    const db = new Database(old);
    db.exec(migrations[0]);
    db.prepare('INSERT INTO datasets (id, name, summary, imported_at) VALUES (?, ?, ?, ?)').run(
      dataset.id,
      dataset.name,
      JSON.stringify(dataset),
      dataset.importedAt,
    );
    db.pragma('user_version = 1');
    db.close();
    store = openStore(old);
    expect(store.datasets.list()).toEqual([{ ...dataset, about: nothingSaid }]);
    store.runs.insert([run('r1')]);
    expect(store.alignments.read('r1' as RunId)).toEqual([]);
  });

  it('keeps what is said of a dataset, also under a new name', () => {
    const about = { notes: 'left «Ä»\nhemisphere', licence: 'CC BY 4.0', citation: 'A 2020' };
    store.datasets.describe(dataset.id, about);
    store.datasets.rename(dataset.id, 'B');
    reopen();
    expect(store.datasets.get(dataset.id)).toEqual({ ...dataset, name: 'B', about });
    store.datasets.insert({ ...dataset, id: 'd2' as DatasetRow['id'], about });
    expect(store.datasets.get('d2' as DatasetRow['id'])).toMatchObject({ about });
  });

  it('keeps a part of a page under its key alone, until the dataset is removed', () => {
    store.datasets.keepPart(dataset.id, 'overview', 'k1', '{"a":1}');
    reopen();
    expect(store.datasets.part(dataset.id, 'overview', 'k1')).toBe('{"a":1}');
    expect(store.datasets.part(dataset.id, 'components', 'k1')).toBeNull();
    store.datasets.keepPart(dataset.id, 'overview', 'k2', '{}');
    expect(store.datasets.part(dataset.id, 'overview', 'k1')).toBeNull();
    store.datasets.remove(dataset.id);
    expect(store.datasets.part(dataset.id, 'overview', 'k2')).toBeNull();
  });

  it('lets one of two processes have a queued run', () => {
    store.runs.insert([run('r1')]);
    const other = openStore(file);
    const claims = [store.runs.claim('r1' as RunId, 'a', 5), other.runs.claim('r1' as RunId, 'b', 6)];
    other.close();
    expect(claims).toEqual([true, false]);
    expect(store.runs.get('r1' as RunId)).toMatchObject({ state: 'running', owner: 'a', startedAt: 5 });
  });

  it('gives the queued runs of one owner in the order in which they were made', () => {
    store.runs.insert([run('r3', { createdAt: 3 }), run('r1', { createdAt: 1 }), run('mine', { owner: 'me' })]);
    store.runs.insert([run('r2', { createdAt: 1 }), run('paused', { state: 'paused' })]);
    const ids = (owner: string | null) => store.runs.queued(owner).map((r) => r.id);
    expect(ids(null)).toEqual(['r1', 'r2', 'r3']);
    expect(ids('me')).toEqual(['mine']);
    expect(ids('nobody')).toEqual([]);
  });

  it('lets two writers change different fields of a run', () => {
    store.runs.insert([run('r1')]);
    const other = openStore(file);
    store.runs.change('r1' as RunId, { state: 'pausing' });
    other.runs.change('r1' as RunId, { update: 7, mainLoss: 0.25 });
    other.close();
    expect(store.runs.get('r1' as RunId)).toMatchObject({ state: 'pausing', update: 7, mainLoss: 0.25 });
  });

  it('finds results by content and keeps them when the run is removed', () => {
    store.runs.insert([run('r1')]);
    const result: Result = {
      id: 'procrustes',
      metric: 'procrustes',
      settings: { alpha: 1 },
      value: 1 / 3,
      reason: null,
    };
    store.results.put([{ key: 'k', result }]);
    store.results.assign('r1' as RunId, [{ update: 5, result: 'procrustes', key: 'k' }]);
    expect(store.results.ofRun('r1' as RunId)).toEqual([{ update: 5, result }]);
    expect(store.results.last('r1' as RunId, 'procrustes')).toBe(1 / 3);
    store.runs.remove('r1' as RunId);
    expect(store.results.ofRun('r1' as RunId)).toEqual([]);
    expect([...store.results.known(['k', 'unknown'])]).toEqual(['k']);
  });

  it('refuses to remove a dataset that runs refer to, and a run of no dataset', () => {
    store.runs.insert([run('r1')]);
    expect(() => store.datasets.remove(dataset.id)).toThrow(/FOREIGN KEY/);
    const spec = { ...run('x').spec, dataset: 'none' as DatasetRow['id'] };
    expect(() => store.runs.insert([run('r2'), run('r3', { spec })])).toThrow(/FOREIGN KEY/);
    expect(store.runs.list().map((r) => r.id)).toEqual(['r1']);
  });

  it('opens a workspace from before there were imported runs, when a run had one error for training and analysis', () => {
    const old = path.join(folder, 'old.sqlite');
    const db = new Database(old);
    db.exec(migrations[0]);
    db.pragma('user_version = 1');
    db.exec(`INSERT INTO datasets VALUES ('d1', 'D', '${JSON.stringify(dataset)}', 1)`);
    db.exec(
      `INSERT INTO runs VALUES ('r1', 'd1', 'done', '${JSON.stringify(run('r1').spec)}', 9, 0.5, NULL, '{"code":"a.b","message":"m"}', '0', NULL, 1, 2, 3)`,
    );
    db.close();
    const opened = openStore(old);
    expect(opened.runs.list()).toMatchObject([
      { id: 'r1', update: 9, origin: null, error: null, analysisError: { code: 'a.b', message: 'm' } },
    ]);
    opened.close();
  });

  it('says so when the file was written by a newer version', () => {
    store.close();
    const db = new Database(file);
    db.pragma('user_version = 99');
    db.close();
    expect(() => openStore(file)).toThrow(expect.objectContaining({ code: 'store.newer' }));
    const repaired = new Database(file);
    repaired.pragma(`user_version = ${migrations.length}`);
    repaired.close();
    store = openStore(file);
  });

  it('keeps what was said last of files that are built alike, for activity and behaviour apart', () => {
    const mapping = { array: null, axes: ['neuron', 'time' as const], dtMs: 1, startMs: 0, alignment: 'a', name: 'n' } as const; // prettier-ignore
    const row = {
      of: 'activity' as const,
      tree: 't',
      mapping: { ...mapping, axes: [...mapping.axes] },
      file: 'a.npy',
      givenAt: 5.5,
    };
    store.mappings.remember({ ...row, file: 'before.npy' });
    store.mappings.remember(row);
    reopen();
    expect(store.mappings.last('activity', 't')).toEqual(row);
    expect([store.mappings.last('behaviour', 't'), store.mappings.last('activity', 'u')]).toEqual([null, null]);
  });

  it('has the schema that was released', () => {
    const db = new Database(file, { readonly: true });
    const tables = db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
      .pluck()
      .all() as string[];
    const schema = Object.fromEntries(
      tables.map((table) => [table, db.prepare(`SELECT name FROM pragma_table_info(?)`).pluck().all(table)]),
    );
    db.close();
    expect(schema).toMatchInlineSnapshot(`
      {
        "alignments": [
          "run",
          "update_number",
          "part",
          "cosine",
          "norm_ratio",
          "reason",
        ],
        "checkpoints": [
          "run",
          "update_number",
          "sha256",
        ],
        "datasets": [
          "id",
          "name",
          "summary",
          "imported_at",
          "notes",
          "licence",
          "citation",
        ],
        "mappings": [
          "used_for",
          "tree",
          "mapping",
          "file",
          "given_at",
        ],
        "recording_parts": [
          "dataset",
          "part",
          "key",
          "value",
        ],
        "results": [
          "key",
          "value",
        ],
        "run_results": [
          "run",
          "update_number",
          "result",
          "key",
        ],
        "runs": [
          "id",
          "dataset",
          "state",
          "spec",
          "updates_made",
          "main_loss",
          "engine",
          "error",
          "app_version",
          "owner",
          "created_at",
          "started_at",
          "finished_at",
          "origin",
          "analysis_error",
        ],
        "settings": [
          "name",
          "value",
        ],
        "updates": [
          "run",
          "update_number",
          "main",
          "activity",
          "activity_penalty",
          "gradient_norm",
        ],
      }
    `);
  });
});
