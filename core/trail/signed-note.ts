import { fromBase64, toBase64 } from "../bytes/base64.ts";
import { concatBytes, equalBytes } from "../bytes/bytes.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import type { Sha256 } from "../ports/digest.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";

/** Who signs notes: a name without blanks and plus signs, and an Ed25519 public key of 32 bytes. */
export interface NoteKey {
  readonly name: string;
  readonly publicKey: Uint8Array;
}

export interface NoteSigner extends NoteKey {
  /** Ed25519 (RFC 8032), 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

interface NotePorts {
  readonly sha256: Sha256;
  readonly signatures: SignatureVerifier;
}

/** The signature type of Ed25519 in C2SP signed-note. */
const ed25519Type = Uint8Array.of(1);
/** What stands before the 32 bytes in a SubjectPublicKeyInfo (RFC 8410, section 4). */
const spkiPrefix = fromHex("302a300506032b6570032100") ?? new Uint8Array();
const utf8 = new TextEncoder();

/** First four bytes of SHA-256 over name, line feed, type and key (C2SP signed-note, Ed25519). */
export function noteKeyHash({ name, publicKey }: NoteKey, sha256: Sha256): Uint8Array {
  return sha256(concatBytes(utf8.encode(`${name}\n`), ed25519Type, publicKey)).slice(0, 4);
}

/** The key as C2SP's verifiers read it: `<name>+<hash, hex>+<base64 of type and key>`. */
export function noteKeyText(key: NoteKey, sha256: Sha256): string {
  return `${key.name}+${toHex(noteKeyHash(key, sha256))}+${toBase64(concatBytes(ed25519Type, key.publicKey))}`;
}

/** Reads a key's text; `undefined` where it is none, or its hash is not its own. */
export function readNoteKey(text: string, sha256: Sha256): NoteKey | undefined {
  const [, name, hash, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? [];
  const bytes = fromBase64(encoded ?? "");
  if (name === undefined || bytes?.length !== 33 || bytes[0] !== 1) return undefined;
  const key = { name, publicKey: bytes.slice(1) };
  return toHex(noteKeyHash(key, sha256)) === hash ? key : undefined;
}

/** The note: `text`, which ends with a line feed, an empty line, and one signature line (C2SP signed-note). */
export function signNote(text: string, signer: NoteSigner, sha256: Sha256): string {
  const signature = concatBytes(noteKeyHash(signer, sha256), signer.sign(utf8.encode(text)));
  return `${text}\n\u2014 ${signer.name} ${toBase64(signature)}\n`;
}

/** The text of a note, whoever signed it; `undefined` where it is none. */
export function textOfNote(note: string): string | undefined {
  const end = note.lastIndexOf("\n\n");
  return end < 0 || !/^(\u2014 \S+ \S+\n)+$/.test(note.slice(end + 2)) ? undefined : note.slice(0, end + 1);
}

/** The text of a note that this key has signed; `undefined` where it has not. */
export function openNote(note: string, key: NoteKey, { sha256, signatures }: NotePorts): string | undefined {
  const text = textOfNote(note);
  if (text === undefined) return undefined;
  const hash = noteKeyHash(key, sha256);
  for (const line of note.slice(text.length + 1).split("\n")) {
    const [, name, encoded] = line.split(" ");
    const bytes = name === key.name ? fromBase64(encoded ?? "") : undefined;
    if (bytes?.length !== 68 || !equalBytes(bytes.slice(0, 4), hash)) continue;
    const spki = concatBytes(spkiPrefix, key.publicKey);
    if (signatures.verify({ kind: "ed25519" }, spki, utf8.encode(text), bytes.slice(4))) return text;
  }
  return undefined;
}
