/** The store on SQLite. */
import type { Result } from '../../core/analysis/result.ts';
import { nothingSaid } from '../../core/data/dataset.ts';
import type { DatasetAbout } from '../../core/data/dataset.ts';
import { LabError } from '../../core/errors.ts';
import { settingsSchema } from '../../app/contract.ts';
import { mappingSchema } from '../../app/mapping.ts';
import type { Settings, UpdateColumns } from '../../app/contract.ts';
import { runSpecSchema, type RunId } from '../../app/plan.ts';
import type { AlignmentRow, DatasetRow, ResultPlace, RunRow, Store, StoredCheckpoint } from '../../app/ports.ts';
import { openDatabase } from './database.ts';
import type { Db } from './database.ts';

export function openStore(file: string): Store {
  const db = openDatabase(file);
  return {
    datasets: datasetsOf(db),
    runs: runsOf(db),
    updates: updatesOf(db),
    alignments: alignmentsOf(db),
    checkpoints: checkpointsOf(db),
    results: resultsOf(db),
    mappings: mappingsOf(db),
    settings: settingsOf(db),
    close: () => db.close(),
  };
}

function datasetsOf(db: Db): Store['datasets'] {
  const insert = db.prepare(
    'INSERT INTO datasets (id, name, summary, imported_at, notes, licence, citation) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const all = 'SELECT id, name, summary, notes, licence, citation FROM datasets';
  const list = db.prepare(`${all} ORDER BY imported_at DESC, id`);
  const get = db.prepare(`${all} WHERE id = ?`);
  const rename = db.prepare('UPDATE datasets SET name = ? WHERE id = ?');
  const describe = db.prepare('UPDATE datasets SET notes = ?, licence = ?, citation = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM datasets WHERE id = ?');
  const part = db.prepare('SELECT value FROM recording_parts WHERE dataset = ? AND part = ? AND key = ?').pluck();
  const keep = db.prepare('INSERT OR REPLACE INTO recording_parts (dataset, part, key, value) VALUES (?, ?, ?, ?)');
  type Raw = { id: string; name: string; summary: string } & DatasetAbout;
  const row = ({ name, summary, notes, licence, citation }: Raw): DatasetRow => ({
    ...(JSON.parse(summary) as DatasetRow),
    name,
    about: { notes, licence, citation },
  });
  return {
    insert: ({ about = nothingSaid, ...d }) =>
      void insert.run(d.id, d.name, JSON.stringify(d), d.importedAt, about.notes, about.licence, about.citation),
    list: () => (list.all() as Raw[]).map(row),
    get: (id) => {
      const raw = get.get(id) as Raw | undefined;
      return raw ? row(raw) : null;
    },
    rename: (id, name) => void rename.run(name, id),
    describe: (id, { notes, licence, citation }) => void describe.run(notes, licence, citation, id),
    remove: (id) => void remove.run(id),
    part: (id, of, key) => (part.get(id, of, key) as string | undefined) ?? null,
    keepPart: (id, of, key, json) => void keep.run(id, of, key, json),
  };
}

type RawRun = {
  id: string;
  state: string;
  spec: string;
  updates_made: number;
  main_loss: number | null;
  engine: string | null;
  error: string | null;
  analysis_error: string | null;
  app_version: string;
  origin: string | null;
  owner: string | null;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
};

function fromRaw(raw: RawRun): RunRow {
  return {
    id: raw.id as RunId,
    state: raw.state as RunRow['state'],
    spec: runSpecSchema.parse(JSON.parse(raw.spec)),
    update: raw.updates_made,
    mainLoss: raw.main_loss,
    engine: raw.engine === null ? null : (JSON.parse(raw.engine) as RunRow['engine']),
    error: failure(raw.error),
    analysisError: failure(raw.analysis_error),
    appVersion: raw.app_version,
    origin: raw.origin === null ? null : (JSON.parse(raw.origin) as RunRow['origin']),
    owner: raw.owner,
    createdAt: raw.created_at,
    startedAt: raw.started_at,
    finishedAt: raw.finished_at,
  };
}

const failure = (json: string | null): RunRow['error'] =>
  json === null ? null : (JSON.parse(json) as RunRow['error']);

const columns: { [K in Exclude<keyof RunRow, 'id'>]: { name: string; json?: true } } = {
  state: { name: 'state' },
  spec: { name: 'spec', json: true },
  update: { name: 'updates_made' },
  mainLoss: { name: 'main_loss' },
  engine: { name: 'engine', json: true },
  error: { name: 'error', json: true },
  analysisError: { name: 'analysis_error', json: true },
  appVersion: { name: 'app_version' },
  origin: { name: 'origin', json: true },
  owner: { name: 'owner' },
  createdAt: { name: 'created_at' },
  startedAt: { name: 'started_at' },
  finishedAt: { name: 'finished_at' },
};

/** Column values of the fields given, so that two writers of different fields never overwrite each other. */
function toRaw(fields: Partial<RunRow>): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const [field, { name, json }] of Object.entries(columns)) {
    const value = fields[field as keyof RunRow];
    if (value !== undefined) raw[name] = json && value !== null ? JSON.stringify(value) : value;
  }
  return raw;
}

function runsOf(db: Db): Store['runs'] {
  const insert = (row: RunRow): void => {
    const raw: Record<string, unknown> = { id: row.id, dataset: row.spec.dataset, ...toRaw(row) };
    const names = Object.keys(raw);
    db.prepare(`INSERT INTO runs (${names.join(', ')}) VALUES (${names.map((n) => `@${n}`).join(', ')})`).run(raw);
  };
  const list = db.prepare('SELECT * FROM runs ORDER BY created_at, rowid');
  const queued = db.prepare(`SELECT * FROM runs WHERE state = 'queued' AND owner IS ? ORDER BY created_at, rowid`);
  const get = db.prepare('SELECT * FROM runs WHERE id = ?');
  const claim = db.prepare(
    `UPDATE runs SET state = 'running', owner = ?, started_at = coalesce(started_at, ?), finished_at = NULL, error = NULL
     WHERE id = ? AND state = 'queued'`,
  );
  const remove = db.prepare('DELETE FROM runs WHERE id = ?');
  const find = (id: RunId): RunRow | null => {
    const raw = get.get(id) as RawRun | undefined;
    return raw ? fromRaw(raw) : null;
  };
  return {
    insert: db.transaction((rows: RunRow[]) => rows.forEach(insert)),
    list: () => (list.all() as RawRun[]).map(fromRaw),
    queued: (owner) => (queued.all(owner) as RawRun[]).map(fromRaw),
    get: find,
    change(id, fields) {
      const raw = toRaw(fields);
      const set = Object.keys(raw).map((name) => `${name} = @${name}`);
      if (set.length > 0) db.prepare(`UPDATE runs SET ${set.join(', ')} WHERE id = @id`).run({ ...raw, id });
      const row = find(id);
      if (!row)
        throw new LabError('run.unknown', `Changing run "${id}": there is no such run; it may have been removed.`);
      return row;
    },
    claim: (id, owner, at) => claim.run(owner, at, id).changes === 1,
    remove: (id) => void remove.run(id),
  };
}

function updatesOf(db: Db): Store['updates'] {
  const write = db.prepare(
    `INSERT OR REPLACE INTO updates (run, update_number, main, activity, activity_penalty, gradient_norm) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const read = db
    .prepare(
      `SELECT update_number, main, activity, activity_penalty, gradient_norm FROM updates
       WHERE run = ? AND update_number > ? ORDER BY update_number`,
    )
    .raw();
  return {
    append: db.transaction((run: RunId, c: UpdateColumns) => {
      for (let i = 0; i < c.update.length; i++) {
        write.run(run, c.update[i], c.main[i], c.activity[i], c.activityPenalty[i], c.gradientNorm[i]);
      }
    }),
    read(run, after) {
      const rows = read.all(run, after) as number[][];
      const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at]);
      return {
        update: column(0),
        main: column(1),
        activity: column(2),
        activityPenalty: column(3),
        gradientNorm: column(4),
      };
    },
  };
}

function alignmentsOf(db: Db): Store['alignments'] {
  const write = db.prepare(
    `INSERT OR REPLACE INTO alignments (run, update_number, part, cosine, norm_ratio, reason) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const fields = `update_number AS "update", part, cosine, norm_ratio AS normRatio, reason`;
  const read = db.prepare(`SELECT ${fields} FROM alignments WHERE run = ? ORDER BY update_number, part`);
  const last = db.prepare(
    `SELECT ${fields} FROM alignments
     WHERE run = @run AND update_number = (SELECT max(update_number) FROM alignments WHERE run = @run) ORDER BY part`,
  );
  return {
    append: db.transaction((run: RunId, rows: readonly AlignmentRow[]) => {
      for (const { update, part, cosine, normRatio, reason } of rows) {
        write.run(run, update, part, cosine, normRatio, reason);
      }
    }),
    read: (run) => read.all(run) as AlignmentRow[],
    last: (run) => last.all({ run }) as AlignmentRow[],
  };
}

function checkpointsOf(db: Db): Store['checkpoints'] {
  const add = db.prepare('INSERT OR REPLACE INTO checkpoints (run, update_number, sha256) VALUES (?, ?, ?)');
  const list = db.prepare(
    'SELECT update_number AS "update", sha256 FROM checkpoints WHERE run = ? ORDER BY update_number',
  );
  const count = db.prepare('SELECT count(*) FROM checkpoints WHERE run = ?').pluck();
  return {
    add: (run, c) => void add.run(run, c.update, c.sha256),
    list: (run) => list.all(run) as StoredCheckpoint[],
    count: (run) => count.get(run) as number,
  };
}

function resultsOf(db: Db): Store['results'] {
  const known = db.prepare('SELECT 1 FROM results WHERE key = ?').pluck();
  const value = db.prepare('SELECT value FROM results WHERE key = ?').pluck();
  const put = db.prepare('INSERT OR REPLACE INTO results (key, value) VALUES (?, ?)');
  const assign = db.prepare('INSERT OR REPLACE INTO run_results (run, update_number, result, key) VALUES (?, ?, ?, ?)');
  const ofRun = db.prepare(
    `SELECT update_number AS "update", value FROM run_results JOIN results USING (key)
     WHERE run = ? ORDER BY update_number, result`,
  );
  const count = db.prepare('SELECT count(DISTINCT update_number) FROM run_results WHERE run = ?').pluck();
  const last = db
    .prepare(
      `SELECT value FROM run_results JOIN results USING (key)
       WHERE run = ? AND result = ? ORDER BY update_number DESC LIMIT 1`,
    )
    .pluck();
  return {
    known: (keys) => new Set(keys.filter((key) => known.get(key) !== undefined)),
    read(keys) {
      const found = keys.map((key) => [key, value.get(key) as string | undefined] as const);
      return new Map(found.flatMap(([key, text]) => (text === undefined ? [] : [[key, JSON.parse(text) as Result]])));
    },
    put: db.transaction((entries: readonly { key: string; result: Result }[]) => {
      for (const { key, result } of entries) put.run(key, JSON.stringify(result));
    }),
    assign: db.transaction((run: RunId, entries: readonly ResultPlace[]) => {
      for (const { update, result, key } of entries) assign.run(run, update, result, key);
    }),
    ofRun(run) {
      const rows = ofRun.all(run) as { update: number; value: string }[];
      return rows.map(({ update, value }) => ({ update, result: JSON.parse(value) as Result }));
    },
    countAnalyzed: (run) => count.get(run) as number,
    last(run, id) {
      const text = last.get(run, id) as string | undefined;
      return text === undefined ? null : (JSON.parse(text) as Result).value;
    },
  };
}

function mappingsOf(db: Db): Store['mappings'] {
  const put = db.prepare(
    'INSERT OR REPLACE INTO mappings (used_for, tree, mapping, file, given_at) VALUES (?, ?, ?, ?, ?)',
  );
  const get = db.prepare('SELECT mapping, file, given_at FROM mappings WHERE used_for = ? AND tree = ?');
  return {
    remember: ({ of, tree, mapping, file, givenAt }) => void put.run(of, tree, JSON.stringify(mapping), file, givenAt),
    last(of, tree) {
      const raw = get.get(of, tree) as { mapping: string; file: string; given_at: number } | undefined;
      if (!raw) return null;
      const { mapping, file, given_at: givenAt } = raw;
      return { of, tree, mapping: mappingSchema.parse(JSON.parse(mapping)), file, givenAt };
    },
  };
}

function settingsOf(db: Db): Store['settings'] {
  const get = db.prepare('SELECT name, value FROM settings');
  const set = db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)');
  const defaults = { threads: null, parallelRuns: null, theme: 'system' as const };
  return {
    get() {
      const rows = get.all() as { name: string; value: string }[];
      const stored = Object.fromEntries(rows.map((r) => [r.name, JSON.parse(r.value) as unknown]));
      return settingsSchema.parse({ ...defaults, ...stored });
    },
    set: db.transaction((settings: Settings) => {
      for (const [name, value] of Object.entries(settings)) set.run(name, JSON.stringify(value));
    }),
  };
}
