import { setImmediate, setTimeout } from "node:timers/promises";
import { CompiledQuery, type Kysely, type Transaction } from "kysely";
import { Failure } from "../../core/errors/failure.ts";
import type { ChainedRecord } from "../../core/trail/trail-chain.ts";
import { openSqlite } from "./engine/open-sqlite.ts";
import type { StoreEngine } from "./engine/store-engine.ts";
import { migrate } from "./migrations.ts";
import type { Schema } from "./schema.ts";
import { clearIdentifiers, type TrailIdentifiers } from "./trail-identifiers.ts";
import { chainTrail, holdsRecord } from "./trail-table.ts";

export type Db = Kysely<Schema>;
/** A write transaction, the texts that it adds to the trail, and how these keep the identifiers of persons. */
export type Writing = Transaction<Schema> & { readonly trail: string[]; readonly identifiers: TrailIdentifiers };

interface Unit {
  readonly work: (tx: Writing) => Promise<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

// Compiled once: with many writers at once they are half of all statements.
const [savepoint, rollBack, release] = ["SAVEPOINT unit", "ROLLBACK TO SAVEPOINT unit", "RELEASE SAVEPOINT unit"].map(
  statement => CompiledQuery.raw(statement),
) as [CompiledQuery, CompiledQuery, CompiledQuery];

/** A server that is started anew, or whose place another one takes, is back within some seconds. */
const [patienceMs, askedAgainMs] = [5_000, 250];

/**
 * The broker's store. Writers that wait at the same time share one transaction and one synchronisation to disk; each has a
 * savepoint of its own, so that the failure of one undoes only its own work. Nothing is answered before the commit.
 */
export class Store {
  /** For reading. */
  readonly db: Db;
  /** How its trail keeps the identifiers of persons. */
  readonly identifiers: TrailIdentifiers;
  readonly #engine: StoreEngine;
  #waiting: Unit[] = [];
  #running = false;

  private constructor(engine: StoreEngine, identifiers: TrailIdentifiers) {
    this.db = engine.reading;
    this.identifiers = identifiers;
    this.#engine = engine;
  }

  /** Brings what is kept there to the newest form. A string is a SQLite file, made where it is not there. */
  static async open(kept: string | StoreEngine, identifiers: TrailIdentifiers = clearIdentifiers): Promise<Store> {
    const engine = typeof kept === "string" ? openSqlite(kept) : kept;
    try {
      await migrate(engine.migrating);
    } catch (problem) {
      await engine.close();
      throw problem;
    }
    return new Store(engine, identifiers);
  }

  /** Does the work whole or not at all. Rejects with `trail-unavailable` where nothing can be written. */
  write<Result>(work: (tx: Writing) => Promise<Result>): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ work, resolve: result => resolve(result as Result), reject });
      if (!this.#running) void this.#drain();
    });
  }

  async close(): Promise<void> {
    await this.#engine.close();
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
    let end: ChainedRecord | undefined;
    try {
      await this.#engine.writing.transaction().execute(async transaction => {
        if (this.#engine.enter !== undefined) await transaction.executeQuery(this.#engine.enter);
        const tx: Writing = Object.assign(transaction, { trail: [], identifiers: this.identifiers });
        for (const unit of batch) settle.push(await this.#attempt(unit, tx));
        end = await chainTrail(tx, tx.trail);
      });
    } catch (reason) {
      if (!(await this.#isRecorded(end))) {
        for (const unit of batch) unit.reject(unwritable(reason));
        return;
      }
    }
    for (const act of settle) act();
  }

  /** Answers what is to be told once it is committed. */
  async #attempt(unit: Unit, tx: Writing): Promise<() => void> {
    const before = tx.trail.length;
    await tx.executeQuery(savepoint);
    try {
      const result = await unit.work(tx);
      await tx.executeQuery(release);
      return () => unit.resolve(result);
    } catch (reason) {
      tx.trail.length = before;
      await tx.executeQuery(rollBack);
      await tx.executeQuery(release);
      return () => unit.reject(unwritable(reason));
    }
  }

  /**
   * After a commit that was not answered: whether it happened. The transaction is over when its lock can be had again, and then the
   * trail tells. One that added nothing to the trail counts as not done, and so does one of a server that stays away.
   */
  async #isRecorded(end: ChainedRecord | undefined): Promise<boolean> {
    const { enter, mayLoseAnswers, writing } = this.#engine;
    if (!mayLoseAnswers || end === undefined) return false;
    const sought = end;
    for (const until = performance.now() + patienceMs; performance.now() < until; )
      try {
        return await writing.transaction().execute(async tx => {
          if (enter !== undefined) await tx.executeQuery(enter);
          return holdsRecord(tx, sought);
        });
      } catch {
        await setTimeout(askedAgainMs);
      }
    return false;
  }
}

/** A failure of ours stays what it is; anything else means that the store could not be written. */
function unwritable(reason: unknown): Failure {
  return reason instanceof Failure
    ? reason
    : new Failure("trail-unavailable", { detail: String(reason), cause: reason });
}
