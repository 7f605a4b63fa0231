import { findValue, readDataObjects } from "../ber-tlv.ts";

const printable = /[^\x20-\x7e\xa0-\xff]/g;
const longest = 64;

/** The label in an object's common attributes (ISO/IEC 7816-15, 8.2.2), for people to read; never to decide by. */
export function readLabel(commonAttributes: Uint8Array): string {
  const label = findValue(readDataObjects(commonAttributes), 0x0c) ?? new Uint8Array();
  return Array.from(label.subarray(0, longest), byte => String.fromCharCode(byte))
    .join("")
    .replaceAll(printable, "·");
}
