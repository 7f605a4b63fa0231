import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import pg from "pg";
import Cursor from "pg-cursor";
import type { TrailVerdict, TrailWitness } from "../../core/trail/verify-trail.ts";
import { postgresqlClient } from "../store/engine/postgresql-client.ts";
import type { PostgresqlConfiguration } from "../store/engine/postgresql-configuration.ts";
import { verifyTrailFile } from "./trail-file.ts";

const rowsAtOnce = 1_000;
/** The class of SQLSTATE by which the server says that it cannot read what it keeps. */
const spoilt = /^XX/;

/**
 * Verifies the trail in a PostgreSQL database: its tables, as they were at one moment, are copied into a SQLite file of a temporary
 * folder, and that is verified. Rejects where the database cannot be had.
 */
export async function verifyTrailDatabase(
  configuration: PostgresqlConfiguration,
  witness: TrailWitness = {},
): Promise<TrailVerdict> {
  const folder = await mkdtemp(join(tmpdir(), "wardkey-trail-"));
  const client = new pg.Client(postgresqlClient(configuration));
  // What breaks is told of by the query that it breaks.
  client.on("error", () => {});
  const file = join(folder, "trail.sqlite");
  const copy = new DatabaseSync(file);
  const progress = { records: 0 };
  try {
    await client.connect();
    await copyTrail(client, copy, progress);
    return verifyTrailFile(file, witness);
  } catch (problem) {
    if (!(problem instanceof pg.DatabaseError) || !spoilt.test(problem.code ?? "")) throw problem;
    const { records } = progress;
    return { intact: false, records, check: "file", problem: "unreadable", sequence: records + 1 };
  } finally {
    copy.close();
    await client.end();
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyTrail(client: pg.Client, copy: DatabaseSync, progress: { records: number }): Promise<void> {
  await client.query("begin isolation level repeatable read read only");
  // Tables are read as they lie: a spoilt index is no spoilt trail.
  await client.query("set local enable_indexscan = off; set local enable_indexonlyscan = off");
  await client.query("set local enable_bitmapscan = off");
  const { rows } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = current_schema and table_name like 'trail\\_%'",
  );
  copy.exec("pragma synchronous = off; begin");
  for (const { name } of rows)
    await copyTable(client, copy, name, count => {
      if (name === "trail_record") progress.records += count;
    });
  copy.exec("commit");
}

/** Without keys and types: what stands there twice is copied twice. The first column says the order. */
async function copyTable(
  client: pg.Client,
  copy: DatabaseSync,
  name: string,
  onRows: (count: number) => void,
): Promise<void> {
  const { fields } = await client.query(`select * from "${name}" limit 0`);
  const columns = fields.map(field => `"${field.name}"`);
  copy.exec(`create table "${name}" (${columns.join(", ")})`);
  const insert = copy.prepare(`insert into "${name}" values (${columns.map(() => "?").join(", ")})`);
  const query = `select * from "${name}" order by 1`;
  const cursor = client.query(new Cursor<readonly SQLInputValue[]>(query, [], { rowMode: "array" }));
  for (;;) {
    const rows = await cursor.read(rowsAtOnce);
    if (rows.length === 0) break;
    for (const row of rows) insert.run(...row);
    onRows(rows.length);
  }
  await cursor.close();
}
