import type { Sha256 } from "../ports/digest.ts";

const encoder = new TextEncoder();
const hashBytes = 32;
const hexDigits = encoder.encode("0123456789abcdef");
/** The prefix of a leaf and the record's hash in hexadecimal. */
const headBytes = 1 + 2 * hashBytes;
/** UTF-8 needs three bytes at most for each unit of UTF-16 (Encoding standard, encodeInto). */
const mostBytesOfUnit = 3;
/** Always the same memory for what is hashed, larger when a record needs it. */
let memory = new Uint8Array(8192);

/**
 * A record's hash in the chain (`chainHash`) and its hash as a leaf (`recordLeaf`, `leafHash`), from its text encoded once: whoever
 * verifies a trail needs both of every record.
 */
export function recordHashes(
  previous: Uint8Array,
  sequence: number,
  text: string,
  sha256: Sha256,
): { readonly chain: Uint8Array; readonly leaf: Uint8Array } {
  const tail = `\n${sequence}\n${text}`;
  const most = headBytes + tail.length * mostBytesOfUnit;
  if (memory.length < most) memory = new Uint8Array(most * 2);
  const bytes = memory;
  const end = headBytes + encoder.encodeInto(tail, bytes.subarray(headBytes)).written;
  bytes.set(previous, headBytes - hashBytes);
  const chain = sha256(bytes.subarray(headBytes - hashBytes, end));
  bytes[0] = 0;
  for (let index = 0; index < hashBytes; index += 1) {
    const byte = chain[index] ?? 0;
    bytes[1 + index * 2] = hexDigits[byte >> 4] ?? 0;
    bytes[2 + index * 2] = hexDigits[byte & 15] ?? 0;
  }
  return { chain, leaf: sha256(bytes.subarray(0, end)) };
}
