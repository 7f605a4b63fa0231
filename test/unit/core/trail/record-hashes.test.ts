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
      const { chain, leaf } = recordHashes(previous, sequence, text, sha256);
      const hash = chainHash(toHex(previous), sequence, text, sha256);
      expect(toHex(chain)).toBe(hash);
      expect(toHex(leaf)).toBe(toHex(leafHash(recordLeaf({ sequence, text, hash }), sha256)));
    }),
  );
});

test("what is hexadecimal, and nothing else, becomes bytes", () => {
  fc.assert(fc.property(fc.uint8Array(), bytes => void expect(fromHex(toHex(bytes))).toEqual(bytes)));
  for (const text of ["0", "0g", "/0", ":0", "@a", "`a", "é0"]) expect(fromHex(text)).toBeUndefined();
});
