import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { SqliteDialect, type SqliteStatement } from "kysely";

const mostPrepared = 200;

/** Kysely's SQLite dialect over Node's own SQLite. WAL with full synchronisation: what was answered survives a power cut. */
export function nodeSqliteDialect(file: string, readOnly = false): SqliteDialect {
  const database = new DatabaseSync(file, { readOnly });
  try {
    if (!readOnly) database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    // What is deleted, e.g. an old part of the trail, must not stay readable in the file.
    if (!readOnly) database.exec("PRAGMA secure_delete = ON");
    database.exec("PRAGMA busy_timeout = 5000");
  } catch (problem) {
    // Left open, it keeps the disk busy until somebody collects the garbage.
    database.close();
    throw problem;
  }
  // Kysely asks for a statement at every query; preparing costs more than running most of them.
  const prepared = new Map<string, SqliteStatement>();
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare(sql) {
        const known = prepared.get(sql);
        if (known !== undefined) return known;
        const statement = asKyselyAsks(database.prepare(sql));
        if (prepared.size >= mostPrepared) prepared.clear();
        prepared.set(sql, statement);
        return statement;
      },
    },
  });
}

function asKyselyAsks(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: parameters => statement.all(...(parameters as SQLInputValue[])),
    run: parameters => statement.run(...(parameters as SQLInputValue[])),
    iterate: parameters => statement.iterate(...(parameters as SQLInputValue[])),
  };
}
