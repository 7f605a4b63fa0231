import { concatBytes } from "../bytes/bytes.ts";
import type { Sha256 } from "../ports/digest.ts";

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** Hash of a leaf's bytes (RFC 9162, 2.1.1). */
export function leafHash(leaf: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concatBytes(leafPrefix, leaf));
}

/** Hash of a node over its two children (RFC 9162, 2.1.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concatBytes(nodePrefix, left, right));
}

/** Root of a tree without leaves (RFC 9162, 2.1.1). */
export function emptyRoot(sha256: Sha256): Uint8Array {
  return sha256(new Uint8Array());
}

/** The largest power of two below `size`, which is 2 at least: where RFC 9162 splits a list of leaves. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Root over the roots of neighbouring complete subtrees, the largest first, as they stand at a tree's right edge. */
export function foldEdge(subtrees: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  const last = subtrees.at(-1);
  if (last === undefined) return emptyRoot(sha256);
  return subtrees.slice(0, -1).reduceRight((right, left) => nodeHash(left, right, sha256), last);
}

/** Root over neighbouring hashes of one level, as many as you like; the first must stand at a multiple of the power of two above their count. */
export function rootOver(hashes: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  const [only] = hashes;
  if (only === undefined) return emptyRoot(sha256);
  if (hashes.length === 1) return only;
  const split = splitOf(hashes.length);
  return nodeHash(rootOver(hashes.slice(0, split), sha256), rootOver(hashes.slice(split), sha256), sha256);
}
