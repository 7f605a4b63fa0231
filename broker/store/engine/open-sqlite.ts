import { Kysely, type SqliteDialect } from "kysely";
import type { Schema } from "../schema.ts";
import { nodeSqliteDialect } from "./node-sqlite.ts";
import type { StoreEngine } from "./store-engine.ts";

/** Opens, or makes, a SQLite file. Throws an `Error` that names the file where it cannot be written. */
export function openSqlite(file: string): StoreEngine {
  const db = new Kysely<Schema>({ dialect: writableDialect(file) });
  return {
    reading: db,
    writing: db,
    migrating: db,
    enter: undefined,
    mayLoseAnswers: false,
    close: () => db.destroy(),
  };
}

function writableDialect(file: string): SqliteDialect {
  try {
    return nodeSqliteDialect(file);
  } catch (problem) {
    const why = problem instanceof Error ? problem.message : problem;
    throw new Error(`the store ${file} cannot be opened for writing: ${why}`, { cause: problem });
  }
}
