import { CompiledQuery, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import Cursor from "pg-cursor";
import type { Schema } from "../schema.ts";
import { withClearFailures } from "./clear-failures.ts";
import { postgresqlClient } from "./postgresql-client.ts";
import type { PostgresqlConfiguration } from "./postgresql-configuration.ts";
import type { StoreEngine } from "./store-engine.ts";
import { textByItsBytes } from "./text-by-its-bytes.ts";

/** The one broker that runs on the database, or a command beside it. */
export type StoreUser = "broker" | "command";

const readers = 8;
/** A server that says nothing for so long is away. */
const answerMs = 15_000;
/** Advisory locks of ours: "WARK", and what is locked. */
const lockClass = 0x57_41_52_4b;
const [brokerLock, writeLock] = [1, 2];
const lockNotAvailable = "55P03";

/**
 * Opens a PostgreSQL database. All writing is done by one connection. A broker's holds a lock of its session, which no other broker
 * gets: where that connection is lost the broker cannot write until it has a new one, and the lock again. Rejects with an `Error`
 * that says what is in the way.
 */
export async function openPostgresql(configuration: PostgresqlConfiguration, user: StoreUser): Promise<StoreEngine> {
  const client = postgresqlClient(configuration);
  const writer = poolOf({
    ...client,
    max: 1,
    idleTimeoutMillis: 0,
    onConnect: connection => prepareWriter(connection, user),
  });
  const reader = poolOf({
    ...client,
    max: readers,
    options: `${client.options} -c default_transaction_read_only=on`,
  });
  const migrator = poolOf({ ...client, max: 1 });
  try {
    (await writer.connect()).release();
  } catch (problem) {
    await writer.end();
    const why = problem instanceof Error ? problem.message : problem;
    throw new Error(`the store ${configuration.address} cannot be opened for writing: ${why}`, { cause: problem });
  }
  const over = (pool: pg.Pool, longestMs?: number) =>
    new Kysely<Schema>({ dialect: new PostgresDialect({ pool: withClearFailures(pool, longestMs), cursor: Cursor }) });
  return {
    reading: over(reader, answerMs),
    writing: over(writer, answerMs),
    migrating: over(migrator).withPlugin(textByItsBytes),
    enter: CompiledQuery.raw(`select pg_advisory_xact_lock(${lockClass}, ${writeLock})`),
    mayLoseAnswers: true,
    close: async () => {
      await Promise.all([reader, writer, migrator].map(pool => pool.end()));
    },
  };
}

function poolOf(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  // A connection that breaks is told of at its next use, which gets another one.
  pool.on("error", () => {});
  pool.on("connect", connection => connection.on("error", () => {}));
  return pool;
}

async function prepareWriter(connection: pg.ClientBase, user: StoreUser): Promise<void> {
  const { rows } = await connection.query<{ standby: boolean; encoding: string; commit: string }>(
    `select pg_is_in_recovery() as standby, current_setting('server_encoding') as encoding,
            current_setting('synchronous_commit') as commit`,
  );
  const [found] = rows;
  if (found?.standby !== false) throw new Error("this server is a standby");
  if (found.encoding !== "UTF8") throw new Error(`the database is made for ${found.encoding}, not for UTF8`);
  // What was answered has to survive a power cut.
  if (found.commit === "off") await connection.query("set synchronous_commit = on");
  if (user === "command") return;
  try {
    await connection.query(`select pg_advisory_lock(${lockClass}, ${brokerLock})`);
  } catch (problem) {
    if (!(problem instanceof pg.DatabaseError) || problem.code !== lockNotAvailable) throw problem;
    throw new Error("another broker works with this database, and there can be one only");
  }
}
