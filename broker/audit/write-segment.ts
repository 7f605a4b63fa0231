import { createHash } from "node:crypto";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Kysely } from "kysely";
import { toBase64 } from "../../core/bytes/base64.ts";
import { type SegmentLine, segmentLineText } from "../../core/trail/segment-line.ts";
import { segmentSealText } from "../../core/trail/segment-seal.ts";
import { type NoteSigner, signNote } from "../../core/trail/signed-note.ts";
import { chainStart } from "../../core/trail/trail-chain.ts";
import type { TrailSegment } from "../../core/trail/trail-segment.ts";
import { rangeRoot } from "../../core/trail/tree-reader.ts";
import { edgeOf } from "../../core/trail/tree-tile.ts";
import type { Schema } from "../store/schema.ts";
import type { SegmentRow } from "../store/trail-segment-table.ts";
import { sha256 } from "../store/trail-table.ts";
import { storedTiles } from "../store/trail-tree-table.ts";

const recordsAtOnce = 500;

/** The name of a segment's file: the same for the same segment, so that writing it again makes no second one. */
export function segmentFileName({ number, first, last }: TrailSegment): string {
  return `trail-${String(number).padStart(6, "0")}-${first}-${last}.jsonl`;
}

/**
 * Writes a segment into the folder, whole or not at all; answers the file's name and SHA-256. Rejects where it cannot be written, or
 * records are missing.
 */
export async function writeSegment(
  folder: string,
  segment: SegmentRow,
  db: Kysely<Schema>,
  signer: NoteSigner,
): Promise<{ readonly file: string; readonly hash: string }> {
  const file = segmentFileName(segment);
  const beside = join(folder, `${file}.new`);
  const digest = createHash("sha256");
  const handle = await open(beside, "w", 0o600);
  try {
    for await (const lines of linesOf(segment, db, signer)) {
      const text = lines.map(line => `${segmentLineText(line)}\n`).join("");
      digest.update(text);
      await handle.writeFile(text);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, join(folder, file));
  const directory = await open(folder, "r");
  await directory.sync().finally(() => directory.close());
  return { file, hash: digest.digest("hex") };
}

async function* linesOf(segment: SegmentRow, db: Kysely<Schema>, signer: NoteSigner): AsyncGenerator<SegmentLine[]> {
  const { number, first, last } = segment;
  const tiles = storedTiles(db);
  const edge = [];
  for (const { level, position, count } of edgeOf(first - 1)) {
    if (count === 0) continue;
    const { hashes } = await tiles(level, position);
    edge.push({ level, position, hashes: hashes.slice(0, count).map(toBase64) });
  }
  const before = first === 1 ? chainStart : await headBefore(db, number);
  yield [{ line: "begin", origin: signer.name, segment: number, first, last, before, edge }];
  const checkpoints = await db
    .selectFrom("trail_checkpoint")
    .selectAll()
    .where("size", ">=", first)
    .where("size", "<=", last)
    .orderBy("number")
    .execute();
  for (let next = first; next <= last; ) {
    const records = await recordsOf(db, next, Math.min(recordsAtOnce, last - next + 1));
    if (records.length === 0) throw new Error(`record ${next} is missing`);
    const lines: SegmentLine[] = [];
    for (const record of records) {
      lines.push({ line: "record", ...record });
      while (checkpoints[0]?.size === record.sequence) {
        const { number: signed, note } = checkpoints.shift() as (typeof checkpoints)[number];
        lines.push({ line: "checkpoint", number: signed, note });
      }
    }
    yield lines;
    next = (records.at(-1)?.sequence ?? next) + 1;
  }
  const root = await rangeRoot(0, last, tiles, sha256);
  const text = segmentSealText({ origin: signer.name, size: last, root }, { number, first });
  yield [{ line: "end", note: signNote(text, signer, sha256) }];
}

function recordsOf(db: Kysely<Schema>, from: number, most: number) {
  return db
    .selectFrom("trail_record")
    .select(["sequence", "hash", "text"])
    .where("sequence", ">=", from)
    .where("sequence", "<", from + most)
    .orderBy("sequence")
    .execute();
}

/** Of the segment before, whose records may be removed. */
async function headBefore(db: Kysely<Schema>, number: number): Promise<string> {
  const row = await db
    .selectFrom("trail_segment")
    .select("head")
    .where("number", "=", number - 1)
    .executeTakeFirstOrThrow();
  return row.head;
}
