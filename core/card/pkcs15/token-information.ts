import { toHex } from "../../bytes/hex.ts";
import { findValue, readDataObjects } from "../ber-tlv.ts";
import { readEntries } from "./directory-entries.ts";

/** The chip's serial number in EF.CIAInfo (ISO/IEC 7816-15, 8.10), hexadecimal; `undefined` where it tells none. */
export function readSerialNumber(file: Uint8Array): string | undefined {
  const information = findValue(readEntries(file), 0x30);
  const serial = information === undefined ? undefined : findValue(readDataObjects(information), 0x04);
  return serial === undefined || serial.length === 0 ? undefined : toHex(serial.subarray(0, 32));
}
