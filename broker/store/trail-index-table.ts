import type { Insertable, Kysely } from "kysely";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Schema } from "./schema.ts";

const recordsAtOnce = 500;

/** What can be looked for in a record. */
export function indexRow(sequence: number, record: TrailRecord): Insertable<Schema["trail_index"]> {
  const { at, act, holder = null, by = null, workstation = null, application = null } = record;
  return { sequence, at, act, holder, by_holder: by, workstation, application };
}

/** Indexes every record of a trail that is older than the index. */
export async function indexTrail(db: Kysely<Schema>): Promise<void> {
  for (let last = 0; ; ) {
    const rows = await db
      .selectFrom("trail_record")
      .select(["sequence", "text"])
      .where("sequence", ">", last)
      .orderBy("sequence")
      .limit(recordsAtOnce)
      .execute();
    const newest = rows.at(-1);
    if (newest === undefined) return;
    const values = rows.map(({ sequence, text }) => indexRow(sequence, JSON.parse(text) as TrailRecord));
    await db.insertInto("trail_index").values(values).execute();
    last = newest.sequence;
  }
}
