import { toHex } from "../../bytes/hex.ts";
import { type DataObject, findValue, readDataObjects } from "../ber-tlv.ts";
import { readEntries } from "./directory-entries.ts";
import { type FilePath, numberOf, readPathIn } from "./file-path.ts";
import { readLabel } from "./object-label.ts";

/** A private key as the card's directory describes it (ISO/IEC 7816-15, 8.4). */
export interface PrivateKeyEntry {
  readonly label: string;
  /** iD, hexadecimal: the same as of its certificate. */
  readonly id: string;
  readonly kind: "rsa" | "ec";
  /** What commands call it. */
  readonly reference: number;
  /** The PIN that it needs, by authId, hexadecimal; `undefined`: it signs without one. */
  readonly pin: string | undefined;
  /** KeyUsageFlags: `sign` bit 2, `nonRepudiation` bit 9. */
  readonly usage: ReadonlySet<number>;
  /** Where it stands; its folder is the one that has to be current. */
  readonly file: FilePath | undefined;
}

export const keyUsage = { decrypt: 1, sign: 2, nonRepudiation: 9 } as const;

/** Reads EF.PrKD. RSA keys are SEQUENCEs, EC keys have the tag [0]; other kinds are passed over. */
export function readPrivateKeyDirectory(file: Uint8Array): PrivateKeyEntry[] {
  return readEntries(file).flatMap(({ tag, value }) => {
    const kind = tag === 0x30 ? "rsa" : tag === 0xa0 ? "ec" : undefined;
    const [common, attributes, ...rest] = readDataObjects(value);
    if (kind === undefined || common?.tag !== 0x30 || attributes?.tag !== 0x30) return [];
    const members = readDataObjects(attributes.value);
    const id = findValue(members, 0x04);
    const reference = findValue(members, 0x02);
    if (id === undefined || reference === undefined) return [];
    const pin = findValue(readDataObjects(common.value), 0x04);
    return [
      {
        label: readLabel(common.value),
        id: toHex(id),
        kind,
        reference: numberOf(reference) & 0xff,
        pin: pin === undefined ? undefined : toHex(pin),
        usage: bitsOf(findValue(members, 0x03)),
        file: fileOf(rest),
      },
    ];
  });
}

function fileOf(members: readonly DataObject[]): FilePath | undefined {
  const type = findValue(members, 0xa1);
  const specific = type === undefined ? undefined : findValue(readDataObjects(type), 0x30);
  return specific === undefined ? undefined : readPathIn(findValue(readDataObjects(specific), 0x30));
}

/** The bits that are set in a BIT STRING's content; the first bit is the highest of its second byte. */
export function bitsOf(bitString: Uint8Array | undefined): ReadonlySet<number> {
  const bits = new Set<number>();
  for (const [index, byte] of (bitString ?? new Uint8Array()).subarray(1, 5).entries())
    for (let bit = 0; bit < 8; bit += 1) if ((byte & (0x80 >> bit)) !== 0) bits.add(index * 8 + bit);
  return bits;
}
