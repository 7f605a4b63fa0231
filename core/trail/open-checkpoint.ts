import type { Sha256 } from "../ports/digest.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import { type Checkpoint, readCheckpoint } from "./checkpoint.ts";
import { type NoteKey, openNote, textOfNote } from "./signed-note.ts";

/** What the note says, where it is a checkpoint of this key's origin; without a key, whoever signed it. */
export function openCheckpoint(
  note: string,
  key: NoteKey | undefined,
  ports: { readonly sha256: Sha256; readonly signatures: SignatureVerifier },
): Checkpoint | undefined {
  const text = key === undefined ? textOfNote(note) : openNote(note, key, ports);
  const checkpoint = text === undefined ? undefined : readCheckpoint(text);
  return key === undefined || checkpoint?.origin === key.name ? checkpoint : undefined;
}
