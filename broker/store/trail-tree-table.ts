import type { Kysely } from "kysely";
import { toBase64 } from "../../core/bytes/base64.ts";
import { concatBytes } from "../../core/bytes/bytes.ts";
import { checkpointText } from "../../core/trail/checkpoint.ts";
import { GrowingTree } from "../../core/trail/growing-tree.ts";
import { leafHash } from "../../core/trail/merkle-tree.ts";
import { recordLeaf } from "../../core/trail/record-leaf.ts";
import { type NoteSigner, signNote } from "../../core/trail/signed-note.ts";
import type { TileSource } from "../../core/trail/tree-reader.ts";
import { edgeOf, type TreeTile } from "../../core/trail/tree-tile.ts";
import type { StoredCheckpoint } from "../../core/trail/verify-trail.ts";
import type { Schema } from "./schema.ts";
import type { Writing } from "./store.ts";
import { sha256 } from "./trail-table.ts";

/** A checkpoint covers so many new records at most: no other writer waits long. */
export const mostSealedAtOnce = 2_000;
const hashBytes = 32;

export async function lastCheckpoint(db: Kysely<Schema>): Promise<StoredCheckpoint | undefined> {
  return db.selectFrom("trail_checkpoint").selectAll().orderBy("number", "desc").limit(1).executeTakeFirst();
}

/** Grows the tree by the records since the last checkpoint, and signs another. `undefined` where there are none. */
export async function sealTrail(tx: Writing, signer: NoteSigner): Promise<StoredCheckpoint | undefined> {
  const last = await lastCheckpoint(tx);
  const sealed = last?.size ?? 0;
  const records = await tx
    .selectFrom("trail_record")
    .selectAll()
    .where("sequence", ">", sealed)
    .orderBy("sequence")
    .limit(mostSealedAtOnce)
    .execute();
  if (records.length === 0) return undefined;
  const tree = GrowingTree.from(sealed, await edgeTiles(tx, sealed), sha256);
  for (const record of records) tree.push(leafHash(recordLeaf(record), sha256));
  for (const tile of [...tree.takeFullTiles(), ...tree.edge()]) await keepTile(tx, tile);
  const note = signNote(checkpointText({ origin: signer.name, size: tree.size, root: tree.root() }), signer, sha256);
  const checkpoint = { number: (last?.number ?? 0) + 1, size: tree.size, note };
  await tx.insertInto("trail_checkpoint").values(checkpoint).execute();
  return checkpoint;
}

/** The tiles in the store, for proofs up to its last checkpoint. Rejects with a `RangeError` where one is missing. */
export function storedTiles(db: Kysely<Schema>): TileSource {
  return async (level, position) => {
    const row = await db
      .selectFrom("trail_tile")
      .selectAll()
      .where("level", "=", level)
      .where("position", "=", position)
      .executeTakeFirst();
    if (row === undefined) throw new RangeError(`no tile ${level}/${position}`);
    return { level, position, hashes: tileHashes(row.hashes) };
  };
}

/** The hashes of a tile's text, one after another; none where it is no such text. */
export function tileBytes(text: string): Uint8Array {
  const bytes = Buffer.from(text, "base64");
  // Node forgives what is no base64; two texts must not mean the same tile.
  return bytes.toString("base64") === text ? bytes : new Uint8Array();
}

function tileHashes(text: string): Uint8Array[] {
  const bytes = tileBytes(text);
  return Array.from({ length: bytes.length / hashBytes }, (_, index) =>
    bytes.subarray(index * hashBytes, (index + 1) * hashBytes),
  );
}

async function edgeTiles(tx: Writing, size: number): Promise<TreeTile[]> {
  const tiles = storedTiles(tx);
  const begun: TreeTile[] = [];
  // One after the other: a transaction has one connection.
  for (const { level, position, count } of edgeOf(size)) if (count > 0) begun.push(await tiles(level, position));
  return begun;
}

async function keepTile(tx: Writing, { level, position, hashes }: TreeTile): Promise<void> {
  const text = toBase64(concatBytes(...hashes));
  await tx
    .insertInto("trail_tile")
    .values({ level, position, hashes: text })
    .onConflict(conflict => conflict.columns(["level", "position"]).doUpdateSet({ hashes: text }))
    .execute();
}
