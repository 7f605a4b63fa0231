import { hash as digest } from "node:crypto";
import type { Kysely } from "kysely";
import type { Sha256 } from "../../core/ports/digest.ts";
import { chainHash, chainStart } from "../../core/trail/trail-chain.ts";
import { type TrailRecord, trailText } from "../../core/trail/trail-record.ts";
import type { Schema } from "./schema.ts";
import type { Writing } from "./store.ts";
import { recordToKeep } from "./trail-identifiers.ts";

export const sha256: Sha256 = bytes => digest("sha256", bytes, "buffer");

/** The number of the last record; 0 where there is none. */
export async function trailEnd(db: Kysely<Schema>): Promise<number> {
  const last = await db
    .selectFrom("trail_record")
    .select(row => row.fn.max("sequence").as("end"))
    .executeTakeFirst();
  return Number(last?.end ?? 0);
}

/**
 * Adds a record to the chain, in the transaction of its effect. `names`: what else than the record's own persons names somebody in its
 * texts, so that it is kept as identifiers are.
 */
export async function appendTrail(tx: Writing, record: TrailRecord, names: readonly string[] = []): Promise<void> {
  const last = await tx
    .selectFrom("trail_record")
    .select(["sequence", "hash"])
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  const sequence = (last?.sequence ?? 0) + 1;
  const text = trailText(recordToKeep(tx, record, names));
  const hash = chainHash(last?.hash ?? chainStart, sequence, text, sha256);
  await tx.insertInto("trail_record").values({ sequence, text, hash }).execute();
}
