import { hash as digest } from "node:crypto";
import type { Kysely, Transaction } from "kysely";
import type { Sha256 } from "../../core/ports/digest.ts";
import { keyedRecord } from "../../core/trail/keyed-record.ts";
import { type ChainedRecord, chainHash, chainStart } from "../../core/trail/trail-chain.ts";
import { type TrailRecord, trailText } from "../../core/trail/trail-record.ts";
import type { Schema } from "./schema.ts";
import type { Writing } from "./store.ts";

export const sha256: Sha256 = bytes => digest("sha256", bytes, "buffer");

/** Rows of one statement: databases bound its parameters. */
const rowsAtOnce = 100;

/** The number of the last record; 0 where there is none. */
export async function trailEnd(db: Kysely<Schema>): Promise<number> {
  const last = await db
    .selectFrom("trail_record")
    .select(row => row.fn.max("sequence").as("end"))
    .executeTakeFirst();
  return Number(last?.end ?? 0);
}

/**
 * Adds a record to the chain, in the transaction of its effect: it takes its place when the transaction is about to commit. `names`:
 * what else than the record's own persons names somebody in its texts, so that it is kept as identifiers are.
 */
export async function appendTrail(tx: Writing, record: TrailRecord, names: readonly string[] = []): Promise<void> {
  const { pseudonymOf } = tx.identifiers;
  tx.trail.push(trailText(pseudonymOf === undefined ? record : keyedRecord(record, names, pseudonymOf)));
}

/** The number that the record takes which this transaction has added last; before that, that of the trail's last record. */
export async function numberOfAdded(tx: Writing): Promise<number> {
  return (await trailEnd(tx)) + tx.trail.length;
}

/** Chains the texts to the end of the trail, in their order. Answers the new end; `undefined` where there are none. */
export async function chainTrail(
  tx: Transaction<Schema>,
  texts: readonly string[],
): Promise<ChainedRecord | undefined> {
  if (texts.length === 0) return undefined;
  const last = await tx
    .selectFrom("trail_record")
    .select(["sequence", "hash"])
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  let [sequence, hash] = [last?.sequence ?? 0, last?.hash ?? chainStart];
  const records = texts.map(text => {
    sequence += 1;
    hash = chainHash(hash, sequence, text, sha256);
    return { sequence, text, hash };
  });
  for (let at = 0; at < records.length; at += rowsAtOnce)
    await tx
      .insertInto("trail_record")
      .values(records.slice(at, at + rowsAtOnce))
      .execute();
  return records.at(-1);
}

/** Whether the trail holds this very record: its hash stands for all before it. */
export async function holdsRecord(db: Kysely<Schema>, { sequence, hash }: ChainedRecord): Promise<boolean> {
  const row = await db
    .selectFrom("trail_record")
    .select("sequence")
    .where("sequence", "=", sequence)
    .where("hash", "=", hash)
    .executeTakeFirst();
  return row !== undefined;
}
