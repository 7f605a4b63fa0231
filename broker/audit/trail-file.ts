import { DatabaseSync } from "node:sqlite";
import type { ChainedRecord } from "../../core/trail/trail-chain.ts";
import type { StoredSegment } from "../../core/trail/trail-segment.ts";
import {
  type StoredCheckpoint,
  type TrailVerdict,
  type TrailWitness,
  verifyTrail,
} from "../../core/trail/verify-trail.ts";
import { sha256 } from "../store/trail-table.ts";
import { tileHashes } from "../store/trail-tree-table.ts";
import { nodeSignatureVerifier } from "../trust/node-signature-verifier.ts";

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
    const tile = database.prepare("select hashes from trail_tile not indexed where level = ? and position = ?");
    const content = {
      records: recordsIn(database, progress),
      checkpoints: checkpointsIn(database),
      segments: segmentsIn(database),
      tileCount: Number(database.prepare("select count(*) as count from trail_tile not indexed").get()?.["count"]),
      tile(level: number, position: number) {
        const row = tile.get(level, position);
        return row === undefined ? undefined : { level, position, hashes: tileHashes(textOf(row["hashes"])) };
      },
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
  const rows = database.prepare("select sequence, text, hash from trail_record not indexed order by rowid");
  // Arrays are read faster than objects with names.
  rows.setReturnArrays(true);
  for (const [sequence, text, hash] of rows.iterate() as Iterable<readonly unknown[]>) {
    yield { sequence: numberOf(sequence), text: textOf(text), hash: textOf(hash) };
    progress.records += 1;
  }
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
