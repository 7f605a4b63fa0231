import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { sha256 } from "../../../../broker/store/trail-table.ts";
import { nodeSignatureVerifier } from "../../../../broker/trust/node-signature-verifier.ts";
import { checkpointText } from "../../../../core/trail/checkpoint.ts";
import { openCheckpoint } from "../../../../core/trail/open-checkpoint.ts";
import { readRemoval, removalNote } from "../../../../core/trail/segment-removal.ts";
import { sealsSegment, segmentSealText } from "../../../../core/trail/segment-seal.ts";
import { type NoteSigner, signNote } from "../../../../core/trail/signed-note.ts";

const ports = { sha256, signatures: nodeSignatureVerifier() };
const removal = {
  number: 3,
  first: 801,
  last: 1200,
  head: "ab".repeat(32),
  file: "trail.jsonl",
  fileHash: "cd".repeat(32),
};

function signerNamed(name: string): NoteSigner {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const spki = publicKey.export({ type: "spki", format: "der" });
  return { name, publicKey: Uint8Array.from(spki.subarray(-32)), sign: bytes => sign(null, bytes, privateKey) };
}
const signer = signerNamed("broker.hospital.example/trail");

test("a removal is read again, with the key and without", () => {
  const note = removalNote(removal, signer, sha256);
  expect(readRemoval(note, signer, ports)).toEqual(removal);
  expect(readRemoval(note, undefined, ports)).toEqual(removal);
});

test.each([
  ["of another key", removalNote(removal, signerNamed(signer.name), sha256)],
  ["changed", removalNote(removal, signer, sha256).replace("801", "802")],
  [
    "a checkpoint",
    signNote(checkpointText({ origin: signer.name, size: 3, root: new Uint8Array(32) }), signer, sha256),
  ],
  ["nothing", ""],
])("what is %s is no removal", (_what, note) => {
  expect(readRemoval(note, signer, ports)).toBeUndefined();
});

test("a removal is never taken for a checkpoint", () => {
  expect(openCheckpoint(removalNote(removal, signer, sha256), signer, ports)).toBeUndefined();
});

test("a segment's seal is a checkpoint, and says which segment it closes", () => {
  const checkpoint = { origin: signer.name, size: 1200, root: new Uint8Array(32).fill(7) };
  const text = segmentSealText(checkpoint, removal);
  expect(openCheckpoint(signNote(text, signer, sha256), signer, ports)).toEqual(checkpoint);
  expect(sealsSegment(text, removal)).toBe(true);
  expect(sealsSegment(text, { ...removal, number: 4 })).toBe(false);
  expect(sealsSegment(checkpointText(checkpoint), removal)).toBe(false);
});
