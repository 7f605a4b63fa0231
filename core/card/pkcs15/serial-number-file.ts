import { toHex } from "../../bytes/hex.ts";
import { findValue } from "../ber-tlv.ts";
import { readEntries } from "./directory-entries.ts";

/** The digits of a chip's number (data object 5A, ISO/IEC 7812-1), without the half byte that fills the last. */
export function readIccNumber(file: Uint8Array): string | undefined {
  const number = findValue(readEntries(file), 0x5a);
  const digits = number === undefined ? "" : toHex(number.subarray(0, 16)).replace(/f+$/, "");
  return digits === "" ? undefined : digits;
}
