import type { Kysely } from "kysely";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Schema } from "../store/schema.ts";
import type { ExportedRecord } from "./exported-record.ts";
import type { KnownPersons } from "./known-persons.ts";

/** The next records after one, in their order; with `persons` as far as possible with clear identifiers. */
export async function exportedRecords(
  db: Kysely<Schema>,
  origin: string,
  after: number,
  most: number,
  persons?: KnownPersons,
): Promise<ExportedRecord[]> {
  const rows = await db
    .selectFrom("trail_record")
    .selectAll()
    .where("sequence", ">", after)
    .orderBy("sequence")
    .limit(most)
    .execute();
  const kept = rows.map(({ text }) => JSON.parse(text) as TrailRecord);
  const records = (await persons?.clear(kept)) ?? kept;
  return rows.flatMap(({ sequence, hash }, index) => {
    const record = records[index];
    return record === undefined ? [] : [{ origin, sequence, hash, record }];
  });
}
