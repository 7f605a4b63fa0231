import type { Schema } from "./schema.ts";
import type { Db, Store } from "./store.ts";

/** What a dry run needs: entries with their groups' members, the state of sources, and who has aliases. Words only find persons. */
const tables = ["directory_entry", "directory_member", "directory_source", "holder_alias"] as const;
/** Rows of one statement: databases bound its parameters. */
const rowsAtOnce = 200;

export async function copyDirectory(from: Db, to: Store): Promise<void> {
  for (const table of tables) await copyTable(from, to, table);
}

async function copyTable(from: Db, to: Store, table: (typeof tables)[number]): Promise<void> {
  let rows: Schema[typeof table][] = [];
  const flush = async () => {
    const portion = rows;
    rows = [];
    if (portion.length > 0) await to.write(tx => tx.insertInto(table).values(portion).execute());
  };
  for await (const row of from.selectFrom(table).selectAll().stream()) {
    rows.push(row);
    if (rows.length === rowsAtOnce) await flush();
  }
  await flush();
}
