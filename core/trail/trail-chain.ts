import { concatBytes } from "../bytes/bytes.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import type { Sha256 } from "../ports/digest.ts";

/** A record in its place in the chain. */
export interface ChainedRecord {
  /** 1 for the first. */
  readonly sequence: number;
  readonly text: string;
  /** SHA-256 over the previous record's hash (32 zero bytes before the first), the sequence number and the text; hex. */
  readonly hash: string;
}

const encoder = new TextEncoder();

export const chainStart = "0".repeat(64);

export function chainHash(previousHash: string, sequence: number, text: string, sha256: Sha256): string {
  const tail = encoder.encode(`\n${sequence}\n${text}`);
  return toHex(sha256(concatBytes(fromHex(previousHash) ?? new Uint8Array(), tail)));
}
