/** The database's history. Migrations only add; once released none is edited. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE datasets (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    summary TEXT NOT NULL,          -- JSON, see DatasetRow
    imported_at REAL NOT NULL
  ) STRICT;

  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    dataset TEXT NOT NULL REFERENCES datasets(id),
    state TEXT NOT NULL,
    spec TEXT NOT NULL,             -- JSON, see runSpecSchema
    updates_made INTEGER NOT NULL,
    main_loss REAL,
    engine TEXT,                    -- JSON
    error TEXT,                     -- JSON
    app_version TEXT NOT NULL,
    owner TEXT,
    created_at REAL NOT NULL,
    started_at REAL,
    finished_at REAL
  ) STRICT;
  CREATE INDEX runs_by_state ON runs(state);

  CREATE TABLE updates (
    run TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    update_number INTEGER NOT NULL,
    main REAL NOT NULL,
    activity REAL NOT NULL,
    activity_penalty REAL NOT NULL,
    gradient_norm REAL NOT NULL,
    PRIMARY KEY (run, update_number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE checkpoints (
    run TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    update_number INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (run, update_number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE results (
    key TEXT PRIMARY KEY,           -- hash of everything the number depends on
    value TEXT NOT NULL             -- JSON, see Result
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run_results (
    run TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    update_number INTEGER NOT NULL,
    result TEXT NOT NULL,           -- the result's id
    key TEXT NOT NULL REFERENCES results(key),
    PRIMARY KEY (run, update_number, result)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL             -- JSON
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE alignments (
    run TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    update_number INTEGER NOT NULL, -- updates made when the gradients were compared
    part TEXT NOT NULL,             -- of the gradient, see AlignmentPart
    cosine REAL,
    norm_ratio REAL,
    reason TEXT,                    -- why one of them is missing
    PRIMARY KEY (run, update_number, part)
  ) STRICT, WITHOUT ROWID;
  `,
  `ALTER TABLE runs ADD COLUMN origin TEXT`, // JSON, see originSchema; NULL: trained here
  `
  ALTER TABLE runs ADD COLUMN analysis_error TEXT; -- JSON
  UPDATE runs SET analysis_error = error, error = NULL WHERE state = 'done'; -- its training did not fail
  `,
  `
  CREATE TABLE mappings (
    used_for TEXT NOT NULL,         -- activity or behaviour
    tree TEXT NOT NULL,             -- hash of how the file is built
    mapping TEXT NOT NULL,          -- JSON, see mappingSchema
    file TEXT NOT NULL,             -- the last one that it was given for
    given_at REAL NOT NULL,
    PRIMARY KEY (used_for, tree)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE datasets ADD COLUMN notes TEXT NOT NULL DEFAULT '';
  ALTER TABLE datasets ADD COLUMN licence TEXT NOT NULL DEFAULT '';
  ALTER TABLE datasets ADD COLUMN citation TEXT NOT NULL DEFAULT '';
  CREATE TABLE recording_parts (    -- what the pages of recordings show, see core/analysis/recording
    dataset TEXT NOT NULL REFERENCES datasets(id) ON DELETE CASCADE,
    part TEXT NOT NULL,
    key TEXT NOT NULL,              -- hash of everything that it depends on
    value TEXT NOT NULL,            -- JSON
    PRIMARY KEY (dataset, part)
  ) STRICT, WITHOUT ROWID;
  `,
];
