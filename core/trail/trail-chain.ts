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

export const chainStart = "0".repeat(64);

export function chainHash(previousHash: string, sequence: number, text: string, sha256: Sha256): string {
  const encoder = new TextEncoder();
  return toHex(
    sha256(
      concatBytes(fromHex(previousHash) ?? new Uint8Array(), encoder.encode(`\n${sequence}\n`), encoder.encode(text)),
    ),
  );
}

export type ChainVerdict =
  | { readonly intact: true; readonly records: number; readonly head: string }
  | {
      readonly intact: false;
      readonly records: number /** Where the first contradiction stands. */;
      readonly sequence: number;
      readonly problem: "missing" | "altered";
    };

/** Follows the chain from its start. Finds any changed, removed, inserted, doubled or swapped record; not a cut tail. */
export function verifyChain(records: Iterable<ChainedRecord>, sha256: Sha256): ChainVerdict {
  let head = chainStart;
  let count = 0;
  for (const record of records) {
    const expected = count + 1;
    if (record.sequence !== expected) return { intact: false, records: count, sequence: expected, problem: "missing" };
    if (chainHash(head, record.sequence, record.text, sha256) !== record.hash) {
      return { intact: false, records: count, sequence: expected, problem: "altered" };
    }
    head = record.hash;
    count = expected;
  }
  return { intact: true, records: count, head };
}
