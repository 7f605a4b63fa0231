import { type DataObject, readDataObjects } from "../ber-tlv.ts";

/** Directories of cards are small; one with more entries is faulty or hostile. */
const mostEntries = 64;
const fillers: ReadonlySet<number> = new Set([0x00, 0xff]);

/**
 * The entries of a directory file (ISO/IEC 7816-15, 8.1): data objects one after another, then filling bytes to the end of the
 * file. An entry that is cut short ends the list with `card-answer-malformed`.
 */
export function readEntries(file: Uint8Array): DataObject[] {
  let end = file.length;
  while (end > 0 && fillers.has(file[end - 1] ?? 0)) end -= 1;
  // What looks like filling may be the end of the last entry: the whole is read first where that succeeds.
  for (const length of [file.length, end]) {
    try {
      return readDataObjects(file.subarray(0, length)).slice(0, mostEntries);
    } catch {}
  }
  return readUpToFilling(file);
}

/** Entry by entry, up to the first filling byte where an entry would start. */
function readUpToFilling(file: Uint8Array): DataObject[] {
  const entries: DataObject[] = [];
  let at = 0;
  while (at < file.length && !fillers.has(file[at] ?? 0) && entries.length < mostEntries) {
    const length = entryLength(file.subarray(at));
    entries.push(...readDataObjects(file.subarray(at, at + length)));
    at += length;
  }
  return entries;
}

/** Bytes of the entry with a one-byte tag that stands first; at least two, so that reading comes to an end. */
function entryLength(bytes: Uint8Array): number {
  const [, first = 0, second = 0, third = 0] = bytes;
  if (first < 0x80) return 2 + first;
  if (first === 0x81) return 3 + second;
  return 4 + ((second << 8) | third);
}
