import { setImmediate } from "node:timers/promises";
import { Kysely, type SqliteDialect, sql, type Transaction } from "kysely";
import { Failure } from "../../core/errors/failure.ts";
import { migrate } from "./migrations.ts";
import { nodeSqliteDialect } from "./node-sqlite.ts";
import type { Schema } from "./schema.ts";
import { clearIdentifiers, keepIdentifiers, type TrailIdentifiers } from "./trail-identifiers.ts";

export type Db = Kysely<Schema>;
export type Writing = Transaction<Schema>;

interface Unit {
  readonly work: (tx: Writing) => Promise<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * The broker's store. Writers that wait at the same time share one transaction and one synchronisation to disk; each has a
 * savepoint of its own, so that the failure of one undoes only its own work. Nothing is answered before the commit.
 */
export class Store {
  readonly db: Db;
  /** How its trail keeps the identifiers of persons. */
  readonly identifiers: TrailIdentifiers;
  #waiting: Unit[] = [];
  #running = false;

  private constructor(db: Db, identifiers: TrailIdentifiers) {
    this.db = db;
    this.identifiers = identifiers;
  }

  /** Opens, or makes, a SQLite file. Rejects with an `Error` that names the file where it cannot be written. */
  static async open(file: string, identifiers: TrailIdentifiers = clearIdentifiers): Promise<Store> {
    const db = new Kysely<Schema>({ dialect: writableDialect(file) });
    await migrate(db);
    return new Store(db, identifiers);
  }

  /** Does the work whole or not at all. Rejects with `trail-unavailable` where nothing can be written. */
  write<Result>(work: (tx: Writing) => Promise<Result>): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ work, resolve: result => resolve(result as Result), reject });
      if (!this.#running) void this.#drain();
    });
  }

  async close(): Promise<void> {
    await this.db.destroy();
  }

  async #drain(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      // Whoever was just answered may have more to write: all of them share the next synchronisation.
      await setImmediate();
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#commit(batch);
    }
    this.#running = false;
  }

  async #commit(batch: readonly Unit[]): Promise<void> {
    const settle: (() => void)[] = [];
    try {
      await this.db.transaction().execute(async tx => {
        keepIdentifiers(tx, this.identifiers);
        for (const unit of batch) {
          await sql`SAVEPOINT unit`.execute(tx);
          try {
            const result = await unit.work(tx);
            settle.push(() => unit.resolve(result));
          } catch (reason) {
            await sql`ROLLBACK TO SAVEPOINT unit`.execute(tx);
            settle.push(() => unit.reject(unwritable(reason)));
          }
          await sql`RELEASE SAVEPOINT unit`.execute(tx);
        }
      });
    } catch (reason) {
      for (const unit of batch) unit.reject(unwritable(reason));
      return;
    }
    for (const act of settle) act();
  }
}

function writableDialect(file: string): SqliteDialect {
  try {
    return nodeSqliteDialect(file);
  } catch (problem) {
    const why = problem instanceof Error ? problem.message : problem;
    throw new Error(`the store ${file} cannot be opened for writing: ${why}`, { cause: problem });
  }
}

/** A failure of ours stays what it is; anything else means that the store could not be written. */
function unwritable(reason: unknown): Failure {
  return reason instanceof Failure
    ? reason
    : new Failure("trail-unavailable", { detail: String(reason), cause: reason });
}
