import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";
import type { Writing } from "./store.ts";

/** The last record that the receiver of this export has; 0 before the first. */
export async function exportedUpTo(db: Kysely<Schema>, name: string): Promise<number> {
  const row = await db.selectFrom("trail_export").select("sequence").where("name", "=", name).executeTakeFirst();
  return row?.sequence ?? 0;
}

export async function keepExportedUpTo(tx: Writing, name: string, sequence: number): Promise<void> {
  await tx
    .insertInto("trail_export")
    .values({ name, sequence })
    .onConflict(conflict => conflict.column("name").doUpdateSet({ sequence }))
    .execute();
}
