import fc from "fast-check";
import { expect, test } from "vitest";
import { fromHex, toHex } from "../../../../core/bytes/hex.ts";
import { leafHash } from "../../../../core/trail/merkle-tree.ts";
import { recordHashes } from "../../../../core/trail/record-hashes.ts";
import { recordLeaf } from "../../../../core/trail/record-leaf.ts";
import { chainHash } from "../../../../core/trail/trail-chain.ts";
import { sha256 } from "../../../fixtures/certificate-factory.ts";

const hashes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const texts = fc.string({ unit: "binary" }).filter(text => text.isWellFormed());

test("both hashes of a record are what the chain and the tree say of it", () => {
  fc.assert(
    fc.property(hashes, fc.integer({ min: 1, max: 2 ** 40 }), texts, (previous, sequence, text) => {
      const hash = chainHash(toHex(previous), sequence, text, sha256);
      const hashes = recordHashes(previous, { sequence, text, hash }, sha256);
      expect(toHex(hashes?.chain ?? new Uint8Array())).toBe(hash);
      const leaf = leafHash(recordLeaf({ sequence, text, hash }), sha256);
      expect(toHex(hashes?.leaf ?? new Uint8Array())).toBe(toHex(leaf));
    }),
  );
});

test("a record whose own hash differs from the chain's in one digit, or in its length, has none", () => {
  const record = { sequence: 7, text: "é text" };
  const previous = new Uint8Array(32).fill(9);
  const hash = chainHash(toHex(previous), record.sequence, record.text, sha256);
  expect(recordHashes(previous, { ...record, hash }, sha256)).toBeDefined();
  const others = Array.from(hash, (digit, at) => hash.slice(0, at) + (digit === "0" ? "1" : "0") + hash.slice(at + 1));
  for (const other of [...others, hash.slice(0, -1), `${hash}0`, hash.toUpperCase(), ""])
    expect(recordHashes(previous, { ...record, hash: other }, sha256), other).toBeUndefined();
});

test("what is hexadecimal, and nothing else, becomes bytes", () => {
  fc.assert(fc.property(fc.uint8Array(), bytes => void expect(fromHex(toHex(bytes))).toEqual(bytes)));
  for (const text of ["0", "0g", "/0", ":0", "@a", "`a", "é0"]) expect(fromHex(text)).toBeUndefined();
});
