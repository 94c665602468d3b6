/** Opens the SQLite file and brings it to the newest schema. */
import Database from 'better-sqlite3';
import { LabError } from '../../core/errors.ts';
import { migrations } from './migrations.ts';

export type Db = Database.Database;

export function openDatabase(file: string): Db {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 5000');
  migrate(db, file);
  return db;
}

function migrate(db: Db, file: string): void {
  db.transaction(() => {
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > migrations.length) {
      throw new LabError(
        'store.newer',
        `Opening "${file}": it was written by a newer version of Learning Rule Lab (schema ${version}, this one knows ${migrations.length}). Update the app, or set LRLAB_HOME to another folder.`,
      );
    }
    for (const step of migrations.slice(version)) db.exec(step);
    db.pragma(`user_version = ${migrations.length}`);
  }).immediate();
}
