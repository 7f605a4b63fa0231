import type { Insertable, Kysely } from "kysely";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Schema } from "./schema.ts";
import type { Writing } from "./store.ts";

/** No other writer waits long. */
export const mostIndexedAtOnce = 500;

/**
 * Indexes the next records that are not indexed yet; answers how many there were. Recording itself does not wait for it: whoever
 * searches catches up first.
 */
export async function indexTrail(tx: Writing): Promise<number> {
  const rows = await tx
    .selectFrom("trail_record")
    .select(["sequence", "text"])
    .where("sequence", ">", await indexedUpTo(tx))
    .orderBy("sequence")
    .limit(mostIndexedAtOnce)
    .execute();
  if (rows.length === 0) return 0;
  const values = rows.map(({ sequence, text }) => indexRow(sequence, JSON.parse(text) as TrailRecord));
  await tx.insertInto("trail_index").values(values).execute();
  return rows.length;
}

async function indexedUpTo(db: Kysely<Schema>): Promise<number> {
  const last = await db
    .selectFrom("trail_index")
    .select(row => row.fn.max("sequence").as("end"))
    .executeTakeFirst();
  return Number(last?.end ?? 0);
}

function indexRow(sequence: number, record: TrailRecord): Insertable<Schema["trail_index"]> {
  const { at, act, holder = null, by = null, workstation = null, application = null } = record;
  return { sequence, at, act, holder, by_holder: by, workstation, application };
}
