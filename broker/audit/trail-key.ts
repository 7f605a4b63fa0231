import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type NoteKey, type NoteSigner, noteKeyText, readNoteKey } from "../../core/trail/signed-note.ts";
import { sha256 } from "../store/trail-table.ts";

/** The file, beside the store, of the public half: what whoever verifies the trail needs. */
export function trailKeyFile(store: string): string {
  return `${store}.trail-key.pub`;
}

/**
 * The broker's key for checkpoints, Ed25519, in a file beside the store that only its user reads; made at first start, with
 * `origin` as its name from then on. Throws where one half is there without the other, or they do not belong together.
 */
export function openTrailKey(store: string, origin: string): NoteSigner {
  const [privateFile, publicFile] = [`${store}.trail-key`, trailKeyFile(store)];
  if (!existsSync(privateFile)) {
    const { privateKey } = generateKeyPairSync("ed25519");
    const key = { name: origin, publicKey: publicBytes(privateKey.export({ type: "pkcs8", format: "pem" })) };
    writeFileSync(publicFile, `${noteKeyText(key, sha256)}\n`, { mode: 0o644, flag: "wx", flush: true });
    writeFileSync(privateFile, privateKey.export({ type: "pkcs8", format: "pem" }), {
      mode: 0o600,
      flag: "wx",
      flush: true,
    });
  }
  const pem = readFileSync(privateFile, "utf8");
  const known = readTrailKey(publicFile);
  const publicKey = publicBytes(pem);
  if (known === undefined || !Buffer.from(publicKey).equals(known.publicKey))
    throw new Error(`${publicFile} does not belong to ${privateFile}`);
  const privateKey = createPrivateKey(pem);
  return { name: known.name, publicKey, sign: bytes => sign(null, bytes, privateKey) };
}

/** The public half in a file; `undefined` where it is no such key. Throws where the file cannot be read. */
export function readTrailKey(file: string): NoteKey | undefined {
  return readNoteKey(readFileSync(file, "utf8"), sha256);
}

/** The last 32 bytes of an Ed25519 SubjectPublicKeyInfo are the key (RFC 8410, section 4). */
function publicBytes(pem: string | Buffer): Uint8Array {
  const spki = createPublicKey(createPrivateKey(pem)).export({ type: "spki", format: "der" });
  return Uint8Array.from(spki.subarray(-32));
}
