import type { Sha256 } from "../ports/digest.ts";
import type { ChainedRecord } from "./trail-chain.ts";

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
 * verifies a trail needs both of every record. `undefined` where the record's own hash is not that of the chain.
 */
export function recordHashes(
  previous: Uint8Array,
  { sequence, text, hash }: ChainedRecord,
  sha256: Sha256,
): { readonly chain: Uint8Array; readonly leaf: Uint8Array } | undefined {
  const number = `\n${sequence}\n`;
  const textAt = headBytes + number.length;
  const most = textAt + text.length * mostBytesOfUnit;
  if (memory.length < most) memory = new Uint8Array(most * 2);
  const bytes = memory;
  for (let index = 0; index < number.length; index += 1) bytes[headBytes + index] = number.charCodeAt(index);
  const end = textAt + encoder.encodeInto(text, bytes.subarray(textAt)).written;
  bytes.set(previous, headBytes - hashBytes);
  const chain = sha256(bytes.subarray(headBytes - hashBytes, end));
  bytes[0] = 0;
  if (!writeHex(chain, hash, bytes)) return undefined;
  return { chain, leaf: sha256(bytes.subarray(0, end)) };
}

/** Writes the digits behind the prefix, and tells whether they are those that `expected` has. */
function writeHex(hash: Uint8Array, expected: string, bytes: Uint8Array): boolean {
  let isExpected = expected.length === 2 * hashBytes;
  for (let index = 0; index < hashBytes; index += 1) {
    const byte = hash[index] ?? 0;
    const [high, low] = [hexDigits[byte >> 4] ?? 0, hexDigits[byte & 15] ?? 0];
    const at = index * 2;
    bytes[1 + at] = high;
    bytes[2 + at] = low;
    isExpected &&= expected.charCodeAt(at) === high && expected.charCodeAt(at + 1) === low;
  }
  return isExpected;
}
