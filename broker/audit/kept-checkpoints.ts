import type { Kysely } from "kysely";
import { equalBytes } from "../../core/bytes/bytes.ts";
import type { SignatureVerifier } from "../../core/ports/signature-verifier.ts";
import { readCheckpoint } from "../../core/trail/checkpoint.ts";
import { type NoteKey, openNote } from "../../core/trail/signed-note.ts";
import { rangeRoot } from "../../core/trail/tree-reader.ts";
import type { Schema } from "../store/schema.ts";
import { sha256 } from "../store/trail-table.ts";
import { lastCheckpoint, storedTiles } from "../store/trail-tree-table.ts";

/**
 * How a checkpoint that somebody kept stands to the store's own tree. `foreign`: not signed by this broker's key. `cut`: it covers
 * records that the store has not. `rewritten`: the store had other records then.
 */
export type KeptStanding = "consistent" | "foreign" | "cut" | "rewritten";

/** Compares a kept checkpoint with the tree in the store. */
export async function judgeKept(
  note: string,
  db: Kysely<Schema>,
  key: NoteKey,
  signatures: SignatureVerifier,
): Promise<{ readonly standing: KeptStanding; readonly detail: string }> {
  const text = openNote(note, key, { sha256, signatures });
  const kept = text === undefined ? undefined : readCheckpoint(text);
  if (kept === undefined || kept.origin !== key.name)
    return { standing: "foreign", detail: "not signed by the trail's key" };
  const size = (await lastCheckpoint(db))?.size ?? 0;
  const detail = `kept at ${kept.size} records, the store has ${size}`;
  if (kept.size > size) return { standing: "cut", detail };
  try {
    const root = await rangeRoot(0, kept.size, storedTiles(db), sha256);
    return { standing: equalBytes(root, kept.root) ? "consistent" : "rewritten", detail };
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem;
    return { standing: "rewritten", detail: `${detail}; ${problem.message}` };
  }
}
