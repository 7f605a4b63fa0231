import type { Sha256 } from "../ports/digest.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import { type NoteKey, type NoteSigner, openNote, signNote, textOfNote } from "./signed-note.ts";
import type { TrailSegment } from "./trail-segment.ts";

/** That a segment's records were taken out of the store, and where they are. */
export interface SegmentRemoval extends TrailSegment {
  /** Name of the archive's file. */
  readonly file: string;
  /** SHA-256 of the archive's file, hex. */
  readonly fileHash: string;
}

/** The first line has a blank, which no origin has: a removal is never taken for a checkpoint. */
const title = (origin: string) => `${origin} segment removed`;

/** The removal as a note that the broker signs: whoever can only write to the store cannot make one. */
export function removalNote(removal: SegmentRemoval, signer: NoteSigner, sha256: Sha256): string {
  const { number, first, last, head, file, fileHash } = removal;
  return signNote(
    `${title(signer.name)}\n${number}\n${first}\n${last}\n${head}\n${file}\n${fileHash}\n`,
    signer,
    sha256,
  );
}

/** Reads a removal that this key has signed, or, without a key, whoever signed it. `undefined` where it is none. */
export function readRemoval(
  note: string,
  key: NoteKey | undefined,
  ports: { readonly sha256: Sha256; readonly signatures: SignatureVerifier },
): SegmentRemoval | undefined {
  const text = key === undefined ? textOfNote(note) : openNote(note, key, ports);
  const [said, number, first, last, head, file, fileHash] = text?.split("\n") ?? [];
  if (said === undefined || (key === undefined ? !said.endsWith(title("")) : said !== title(key.name)))
    return undefined;
  if (head === undefined || file === undefined || fileHash === undefined) return undefined;
  return { number: Number(number), first: Number(first), last: Number(last), head, file, fileHash };
}
