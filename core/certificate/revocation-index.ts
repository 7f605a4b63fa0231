import { crlReasons, type EntryNature, EntryScanner } from "./entry-scanner.ts";
import { type HashKey, keyedHash } from "./keyed-hash.ts";

/** What a list says of one certificate. */
export interface ListEntry {
  /** CRLReason; 0 where the entry gives none. */
  readonly reason: number;
  /** Of the revocation, milliseconds since 1970. */
  readonly at: number;
}

export interface ListNature extends EntryNature {
  /** The key of the list issuer's name, as `DistinguishedName.key`. */
  readonly issuer: string;
}

/**
 * Where in a list's own bytes the entry of a serial number is: a hash table of offsets, open addressing, at most half full. It is
 * plain data without an object for an entry: one thread makes it, another takes it over as it is.
 */
export interface RevocationIndex {
  readonly count: number;
  /** True where some entry has a critical extension that we do not honour: the list decides nothing then (RFC 5280, 5.3). */
  readonly hasUnknownCritical: boolean;
  readonly key: HashKey;
  /** One more than the offset of an entry in the content of revokedCertificates; 0: nothing. */
  readonly slots: Uint32Array<ArrayBuffer>;
  /** The keys of the names whose certificates the entries are about; the list issuer's own is the first. */
  readonly issuers: readonly string[];
  /** The number of the issuer of each slot's entry, where there are several. */
  readonly issuerOf: Uint32Array<ArrayBuffer> | undefined;
}

/** Indexes the content of revokedCertificates, and sees to it that every entry is strict DER. Throws `DerProblem`. */
export function indexEntries(content: Uint8Array, nature: ListNature, key: HashKey): RevocationIndex {
  const scanner = new EntryScanner(content, nature);
  const count = scanner.count();
  const slots = new Uint32Array(slotsFor(count));
  const issuerOf = nature.isIndirect ? new Uint32Array(slots.length) : undefined;
  const numbers = new Map([[nature.issuer, 0]]);
  const table = { content, slots, issuerOf, key };
  let hasUnknownCritical = false;
  let meant = 0;
  while (scanner.next()) {
    const { namedIssuer, serialStart, serialEnd, entryStart } = scanner;
    // An entry's certificateIssuer holds for those that follow, too (RFC 5280, 5.3.3).
    if (namedIssuer !== undefined) meant = numberIn(numbers, namedIssuer);
    hasUnknownCritical ||= scanner.hasUnknownCritical;
    const slot = slotOf(table, meant, content, serialStart, serialEnd);
    const known = slots[slot] ?? 0;
    // Of two entries about one certificate the first that revokes counts.
    if (known !== 0 && readEntry(content, known - 1).reason !== crlReasons.removeFromCRL) continue;
    slots[slot] = entryStart + 1;
    if (issuerOf !== undefined) issuerOf[slot] = meant;
  }
  return { count, hasUnknownCritical, key, slots, issuers: [...numbers.keys()], issuerOf };
}

/** What the entry says about the certificate of this issuer, by its number in the index, with this serial (two's complement). */
export function findEntry(
  index: RevocationIndex,
  content: Uint8Array,
  issuer: number,
  serial: Uint8Array,
): ListEntry | undefined {
  const found = index.slots[slotOf({ ...index, content }, issuer, serial, 0, serial.length)] ?? 0;
  return found === 0 ? undefined : readEntry(content, found - 1);
}

interface Table extends Pick<RevocationIndex, "slots" | "issuerOf" | "key"> {
  readonly content: Uint8Array;
}

/** At least twice as many as entries, a power of two. */
function slotsFor(count: number): number {
  return 2 ** Math.max(3, Math.ceil(Math.log2(2 * count + 1)));
}

function numberIn(numbers: Map<string, number>, name: string): number {
  const number = numbers.get(name) ?? numbers.size;
  numbers.set(name, number);
  return number;
}

/** The slot with the entry of this serial number and issuer, or the empty one where it would be. */
function slotOf(table: Table, issuer: number, bytes: Uint8Array, start: number, end: number): number {
  const { slots, issuerOf, content, key } = table;
  const mask = slots.length - 1;
  for (let slot = keyedHash(key, issuer, bytes, start, end) & mask; ; slot = (slot + 1) & mask) {
    const found = slots[slot] ?? 0;
    if (found === 0) return slot;
    if ((issuerOf?.[slot] ?? 0) === issuer && hasSerial(content, found - 1, bytes, start, end)) return slot;
  }
}

/** Compares with the serial of the entry at this offset, which was read before and is well formed. */
function hasSerial(content: Uint8Array, entry: number, bytes: Uint8Array, start: number, end: number): boolean {
  const integer = contentAt(content, entry);
  const at = contentAt(content, integer);
  if (lengthAt(content, integer) !== end - start) return false;
  for (let index = 0; index < end - start; index += 1) if (content[at + index] !== bytes[start + index]) return false;
  return true;
}

/** Where the content of the element at this offset begins. */
function contentAt(content: Uint8Array, element: number): number {
  const first = content[element + 1] ?? 0;
  return element + 2 + (first < 0x80 ? 0 : first & 0x7f);
}

function lengthAt(content: Uint8Array, element: number): number {
  const first = content[element + 1] ?? 0;
  if (first < 0x80) return first;
  let length = 0;
  for (let at = element + 2; at < contentAt(content, element); at += 1) length = length * 256 + (content[at] ?? 0);
  return length;
}

function readEntry(content: Uint8Array, offset: number): ListEntry {
  const end = contentAt(content, offset) + lengthAt(content, offset);
  // Whom it is about, the index has said already: an odd name in an entry of a list that is not indirect is nothing to stumble over.
  const scanner = new EntryScanner(content.subarray(offset, end), { isIndirect: false, hasExtensions: true });
  scanner.next();
  return { reason: scanner.reason, at: scanner.revokedAt };
}
