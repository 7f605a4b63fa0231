import { toHex } from "../../bytes/hex.ts";
import { findValue, readDataObjects } from "../ber-tlv.ts";
import { readEntries } from "./directory-entries.ts";
import { type FilePath, readPathIn } from "./file-path.ts";
import { readLabel } from "./object-label.ts";

/** A certificate as the card's directory describes it (ISO/IEC 7816-15, 8.7). */
export interface CertificateEntry {
  readonly label: string;
  /** iD, hexadecimal: the same as of its private key. */
  readonly id: string;
  readonly file: FilePath;
}

/** Reads EF.CD: X.509 certificates that stand in files. Other kinds are passed over. */
export function readCertificateDirectory(file: Uint8Array): CertificateEntry[] {
  return readEntries(file).flatMap(({ tag, value }) => {
    if (tag !== 0x30) return [];
    const [common, attributes, ...rest] = readDataObjects(value);
    const type = rest.find(member => member.tag === 0xa1);
    if (common?.tag !== 0x30 || attributes?.tag !== 0x30 || type === undefined) return [];
    const id = findValue(readDataObjects(attributes.value), 0x04);
    const specific = findValue(readDataObjects(type.value), 0x30);
    const path = specific === undefined ? undefined : readPathIn(findValue(readDataObjects(specific), 0x30));
    if (id === undefined || path === undefined) return [];
    return [{ label: readLabel(common.value), id: toHex(id), file: path }];
  });
}
