import type { ChainedRecord } from "./trail-chain.ts";

/** The bytes of a record that the Merkle tree has as a leaf: its hash in the chain, its number and its text. */
export function recordLeaf({ hash, sequence, text }: ChainedRecord): Uint8Array {
  return new TextEncoder().encode(`${hash}\n${sequence}\n${text}`);
}
