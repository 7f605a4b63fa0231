import { DatabaseSync } from "node:sqlite";
import type { ChainedRecord } from "../../core/trail/trail-chain.ts";
import type { StoredSegment } from "../../core/trail/trail-segment.ts";
import {
  type StoredCheckpoint,
  type TrailContent,
  type TrailVerdict,
  type TrailWitness,
  verifyTrail,
} from "../../core/trail/verify-trail.ts";
import { sha256 } from "../store/trail-table.ts";
import { tileBytes } from "../store/trail-tree-table.ts";
import { nodeSignatureVerifier } from "../trust/node-signature-verifier.ts";

/** Records that are in memory at once. */
const rowsAtOnce = 256;

/**
 * Verifies the trail in a store's SQLite file, which is opened for reading only. What SQLite cannot read is a finding. Tables are
 * read as they lie, not through their indexes, so that a spoilt index is not taken for a spoilt trail.
 */
export function verifyTrailFile(file: string, witness: TrailWitness = {}): TrailVerdict {
  const database = new DatabaseSync(file, { readOnly: true });
  const progress = { records: 0 };
  try {
    // One moment of a store that may be growing.
    database.exec("BEGIN");
    const content = {
      records: recordsIn(database, progress),
      checkpoints: checkpointsIn(database),
      segments: segmentsIn(database),
      ...tilesIn(database),
    };
    return verifyTrail(content, witness, { sha256, signatures: nodeSignatureVerifier() });
  } catch {
    const { records } = progress;
    return { intact: false, records, check: "file", problem: "unreadable", sequence: records + 1 };
  } finally {
    database.close();
  }
}

function* recordsIn(database: DatabaseSync, progress: { records: number }): Generator<ChainedRecord> {
  const rows = database.prepare(
    "select rowid, sequence, text, hash from trail_record not indexed where rowid > ? order by rowid limit ?",
  );
  // Arrays are read faster than objects with names, and many rows at once faster than each by itself.
  rows.setReturnArrays(true);
  const rowsAfter = (rowid: unknown, count: number) =>
    rows.all(rowid as number, count) as unknown as readonly (readonly unknown[])[];
  let last: unknown = Number.MIN_SAFE_INTEGER;
  for (let count = rowsAtOnce; ; ) {
    let read: ReturnType<typeof rowsAfter>;
    try {
      read = rowsAfter(last, count);
    } catch (thrown) {
      // Those before what cannot be read are good: one after the other.
      if (count === 1) throw thrown;
      count = 1;
      continue;
    }
    if (read.length === 0) return;
    for (const [rowid, sequence, text, hash] of read) {
      yield { sequence: numberOf(sequence), text: textOf(text), hash: textOf(hash) };
      progress.records += 1;
      last = rowid;
    }
  }
}

/** The tiles by their places, whose rows are found by one look at the table. */
function tilesIn(database: DatabaseSync): Pick<TrailContent, "tileCount" | "tile"> {
  const places = new Map<string, number>();
  let tileCount = 0;
  for (const { level, position, rowid } of database
    .prepare("select rowid, level, position from trail_tile not indexed")
    .iterate()) {
    places.set(`${level}/${position}`, numberOf(rowid));
    tileCount += 1;
  }
  const hashes = database.prepare("select hashes from trail_tile not indexed where rowid = ?");
  return {
    tileCount,
    tile(level, position) {
      const row = hashes.get(places.get(`${level}/${position}`) ?? null);
      return row === undefined ? undefined : tileBytes(textOf(row["hashes"]));
    },
  };
}

function* checkpointsIn(database: DatabaseSync): Generator<StoredCheckpoint> {
  const rows = database.prepare("select number, size, note from trail_checkpoint not indexed order by rowid").iterate();
  for (const row of rows)
    yield { number: numberOf(row["number"]), size: numberOf(row["size"]), note: textOf(row["note"]) };
}

function* segmentsIn(database: DatabaseSync): Generator<StoredSegment> {
  // A copy of an older broker's file has none.
  const table = database.prepare("select 1 from sqlite_schema where name = 'trail_segment'").get();
  if (table === undefined) return;
  const rows = database
    .prepare("select number, first, last, head, removed_at from trail_segment not indexed order by rowid")
    .iterate();
  for (const row of rows)
    yield {
      number: numberOf(row["number"]),
      first: numberOf(row["first"]),
      last: numberOf(row["last"]),
      head: textOf(row["head"]),
      removed: row["removed_at"] !== null,
    };
}

/** What is not stored as a number equals none. */
function numberOf(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

/** What is not stored as text equals no text of ours. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : "\0";
}
