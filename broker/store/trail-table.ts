import { createHash } from "node:crypto";
import type { Sha256 } from "../../core/ports/digest.ts";
import { chainHash, chainStart } from "../../core/trail/trail-chain.ts";
import { type TrailRecord, trailText } from "../../core/trail/trail-record.ts";
import type { Writing } from "./store.ts";

export const sha256: Sha256 = bytes => createHash("sha256").update(bytes).digest();

/** Adds a record to the chain, in the transaction of its effect. */
export async function appendTrail(tx: Writing, record: TrailRecord): Promise<void> {
  const last = await tx
    .selectFrom("trail_record")
    .select(["sequence", "hash"])
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  const sequence = (last?.sequence ?? 0) + 1;
  const text = trailText(record);
  const hash = chainHash(last?.hash ?? chainStart, sequence, text, sha256);
  await tx.insertInto("trail_record").values({ sequence, text, hash }).execute();
}
