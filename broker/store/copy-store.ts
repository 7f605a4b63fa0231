import type { Insertable, Kysely } from "kysely";
import type { Schema } from "./schema.ts";
import type { Store, Writing } from "./store.ts";
import { trailEnd } from "./trail-table.ts";

type Table = keyof Schema;

/** Rows of one statement: databases bound its parameters. */
const rowsAtOnce = 200;
const ofMigrations = /^kysely_/;
/** Its rows name sessions, which have to be there before. */
const last: Table = "launch";

/**
 * Copies everything into a store that nobody has used, whole or not at all: the trail as it stands, number by number. Answers the number of its last
 * record. Rejects with an `Error` where there is a trail already.
 */
export async function copyStore(from: Kysely<Schema>, to: Store): Promise<number> {
  if ((await trailEnd(to.db)) > 0) throw new Error("there is a trail already where it should go");
  return to.write(async tx => {
    const tables = (await from.introspection.getTables()).map(({ name }) => name as Table);
    const ours = tables.filter(name => !ofMigrations.test(name) && name !== last);
    for (const table of [...ours, last]) await copyTable(from, tx, table);
    return trailEnd(tx);
  });
}

async function copyTable(from: Kysely<Schema>, tx: Writing, table: Table): Promise<void> {
  let rows: Insertable<Schema[Table]>[] = [];
  const flush = async () => {
    if (rows.length > 0) await tx.insertInto(table).values(rows).execute();
    rows = [];
  };
  for await (const row of from.selectFrom(table).selectAll().stream()) {
    rows.push(row);
    if (rows.length === rowsAtOnce) await flush();
  }
  await flush();
}
