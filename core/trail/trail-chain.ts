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
    sha256(concatBytes(fromHex(previousHash) ?? new Uint8Array(), encoder.encode(`\n${sequence}\n${text}`))),
  );
}

export type ChainProblem = "missing" | "doubled" | "altered";

/** What is wrong with the record that should come next after `count` records with this head; `undefined` where nothing is. */
export function chainProblem(
  record: ChainedRecord,
  { head, count }: { readonly head: string; readonly count: number },
  sha256: Sha256,
): ChainProblem | undefined {
  if (record.sequence <= count) return "doubled";
  if (record.sequence > count + 1) return "missing";
  return record.sequence === count + 1 && chainHash(head, record.sequence, record.text, sha256) === record.hash
    ? undefined
    : "altered";
}
