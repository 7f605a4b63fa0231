import { concatBytes } from "../bytes/bytes.ts";
import type { Sha256 } from "../ports/digest.ts";

const leafPrefix = Uint8Array.of(0);
const hashBytes = 32;
/** What is hashed for a node: prefix and two children. Always the same memory, since there are as many nodes as records. */
const node = Uint8Array.of(1, ...new Uint8Array(2 * hashBytes));

/** Hash of a leaf's bytes (RFC 9162, 2.1.1). */
export function leafHash(leaf: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concatBytes(leafPrefix, leaf));
}

/** Hash of a node over its two children (RFC 9162, 2.1.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  node.set(left, 1);
  node.set(right, 1 + hashBytes);
  return sha256(node);
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

/** Root over the hashes of one level from `from` to before `to`, one at least; the first must begin a complete subtree. */
export function rootOver(
  hashes: readonly Uint8Array[],
  sha256: Sha256,
  from: number = 0,
  to: number = hashes.length,
): Uint8Array {
  const first = hashes[from];
  if (first === undefined) throw new RangeError(`no hash ${from} of ${hashes.length}`);
  if (to - from === 1) return first;
  const middle = from + splitOf(to - from);
  return nodeHash(rootOver(hashes, sha256, from, middle), rootOver(hashes, sha256, middle, to), sha256);
}
