import type { Kysely } from "kysely";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Schema } from "../store/schema.ts";
import type { ExportedRecord } from "./exported-record.ts";

/** The next records after one, in their order. */
export async function exportedRecords(
  db: Kysely<Schema>,
  origin: string,
  after: number,
  most: number,
): Promise<ExportedRecord[]> {
  const rows = await db
    .selectFrom("trail_record")
    .selectAll()
    .where("sequence", ">", after)
    .orderBy("sequence")
    .limit(most)
    .execute();
  return rows.map(({ sequence, hash, text }) => ({ origin, sequence, hash, record: JSON.parse(text) as TrailRecord }));
}
