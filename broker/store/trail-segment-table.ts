import type { Kysely, Selectable } from "kysely";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Schema } from "./schema.ts";
import type { Db, Store, Writing } from "./store.ts";
import { lastCheckpoint } from "./trail-tree-table.ts";

export type SegmentRow = Selectable<Schema["trail_segment"]>;

/** A busy month is cut into several, so that an archive's file stays one that can be handled. */
const mostInSegment = 1_000_000;
/** No other writer waits long. */
const mostDroppedAtOnce = 2_000;

export async function trailSegments(db: Kysely<Schema>): Promise<SegmentRow[]> {
  return db.selectFrom("trail_segment").selectAll().orderBy("number").execute();
}

/** The number of the last record removed; 0 where none was. */
export async function removedUpTo(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom("trail_segment")
    .select(segment => segment.fn.max("last").as("last"))
    .where("removed_at", "is not", null)
    .executeTakeFirst();
  return Number(row?.last ?? 0);
}

/**
 * Cuts the next segment off, where a checkpoint covers the last record of its month (UTC); answers whether there was one. The index
 * must be complete.
 */
export async function cutSegment(tx: Writing): Promise<boolean> {
  const newest = await tx.selectFrom("trail_segment").selectAll().orderBy("number", "desc").limit(1).executeTakeFirst();
  const first = (newest?.last ?? 0) + 1;
  const opening = await recordAt(tx, first);
  if (opening === undefined) return false;
  const next = await tx
    .selectFrom("trail_index")
    .select(row => row.fn.min("sequence").as("sequence"))
    .where("at", ">=", monthAfter(opening.at))
    .where("sequence", ">", first)
    .executeTakeFirst();
  const sealed = (await lastCheckpoint(tx))?.size ?? 0;
  const monthsLast = next?.sequence == null ? sealed + 1 : Number(next.sequence) - 1;
  const last = Math.min(monthsLast, first + mostInSegment - 1);
  const closing = last > sealed ? undefined : await recordAt(tx, last);
  if (closing === undefined) return false;
  await tx
    .insertInto("trail_segment")
    .values({
      number: (newest?.number ?? 0) + 1,
      ...{ first, last, head: closing.hash, ended_at: closing.at },
      ...{ archive_file: null, archive_hash: null, removed_at: null },
    })
    .execute();
  return true;
}

export async function keepArchived(tx: Writing, number: number, file: string, hash: string): Promise<void> {
  await tx
    .updateTable("trail_segment")
    .set({ archive_file: file, archive_hash: hash })
    .where("number", "=", number)
    .execute();
}

export async function keepRemoved(tx: Writing, number: number, at: number): Promise<void> {
  await tx.updateTable("trail_segment").set({ removed_at: at }).where("number", "=", number).execute();
}

/** Deletes the records of every removed segment, piece by piece; what an end in the middle leaves is deleted next time. */
export async function dropRemoved(store: Store): Promise<void> {
  const last = await removedUpTo(store.db);
  for (const table of ["trail_index", "trail_record"] as const)
    for (;;) {
      const first = await firstIn(store.db, table);
      if (first === undefined || first > last) break;
      const upTo = Math.min(first + mostDroppedAtOnce - 1, last);
      await store.write(tx => tx.deleteFrom(table).where("sequence", "<=", upTo).execute());
    }
}

async function firstIn(db: Db, table: "trail_index" | "trail_record"): Promise<number | undefined> {
  const row = await db.selectFrom(table).select("sequence").orderBy("sequence").limit(1).executeTakeFirst();
  return row?.sequence;
}

async function recordAt(tx: Writing, sequence: number): Promise<{ at: number; hash: string } | undefined> {
  const row = await tx
    .selectFrom("trail_record")
    .select(["text", "hash"])
    .where("sequence", "=", sequence)
    .executeTakeFirst();
  return row === undefined ? undefined : { at: (JSON.parse(row.text) as TrailRecord).at, hash: row.hash };
}

/** When the month after begins, UTC. */
function monthAfter(at: number): number {
  const day = new Date(at);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1);
}
