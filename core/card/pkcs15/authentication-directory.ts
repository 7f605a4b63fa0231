import { toHex } from "../../bytes/hex.ts";
import { findValue, readDataObjects } from "../ber-tlv.ts";
import type { PinFormat } from "../pin/pin-format.ts";
import { readEntries } from "./directory-entries.ts";
import { numberOf } from "./file-path.ts";
import { bitsOf } from "./private-key-directory.ts";

/** A PIN, or a code that unblocks one, as the card's directory describes it (ISO/IEC 7816-15, 8.9). */
export interface PinEntry {
  /** authId, hexadecimal. */
  readonly id: string;
  readonly reference: number;
  readonly format: PinFormat;
  readonly isUnblockingCode: boolean;
  readonly canBeUnblocked: boolean;
}

/** PasswordFlags. */
const flag = { unblockDisabled: 3, needsPadding: 5, unblockingPassword: 6, securityOfficer: 7 } as const;
const usualPadding = 0xff;
/** PasswordType; UTF-8 digits are ASCII digits. */
const encodings = ["bcd", "ascii", "ascii", "bcd", "iso-9564-2"] as const;

/** Reads EF.AOD: the passwords of people. Other authentication objects, and the card issuer's own, are passed over. */
export function readAuthenticationDirectory(file: Uint8Array): PinEntry[] {
  return readEntries(file).flatMap(({ tag, value }) => {
    if (tag !== 0x30) return [];
    const [, attributes, ...rest] = readDataObjects(value);
    const type = rest.find(member => member.tag === 0xa1);
    if (attributes?.tag !== 0x30 || type === undefined) return [];
    const specific = findValue(readDataObjects(type.value), 0x30);
    const id = findValue(readDataObjects(attributes.value), 0x04);
    if (specific === undefined || id === undefined) return [];
    const entry = readPassword(specific);
    return entry === undefined ? [] : [{ id: toHex(id), ...entry }];
  });
}

function readPassword(content: Uint8Array): Omit<PinEntry, "id"> | undefined {
  const members = readDataObjects(content);
  const flags = bitsOf(findValue(members, 0x03));
  const encoding = encodings[numberOf(findValue(members, 0x0a) ?? Uint8Array.of(0xff))];
  const [minimum, stored, maximum] = members
    .filter(member => member.tag === 0x02)
    .map(member => numberOf(member.value));
  if (encoding === undefined || minimum === undefined || stored === undefined || flags.has(flag.securityOfficer))
    return undefined;
  const needsPadding = flags.has(flag.needsPadding);
  const digits = encoding === "bcd" ? stored * 2 : stored;
  return {
    reference: numberOf(findValue(members, 0x80) ?? Uint8Array.of(0)) & 0xff,
    format: {
      encoding,
      minimumLength: minimum,
      maximumLength: Math.min(maximum ?? digits, 16),
      storedLength: needsPadding ? stored : undefined,
      padding: findValue(members, 0x04)?.[0] ?? usualPadding,
    },
    isUnblockingCode: flags.has(flag.unblockingPassword),
    canBeUnblocked: !flags.has(flag.unblockDisabled),
  };
}
