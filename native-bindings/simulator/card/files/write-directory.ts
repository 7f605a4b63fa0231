import { fromHex } from "../../../../core/bytes/hex.ts";
import {
  bitString,
  boolean,
  der,
  explicit,
  implicit,
  integer,
  namedBits,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  utf8String,
} from "../../../../core/x509/der-writer.ts";

/** Directory entries of a simulated card, by ISO/IEC 7816-15. Paths and identifiers are hexadecimal. */

const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array();

export function writePath(path: string, length?: number): Uint8Array {
  return length === undefined
    ? sequence(octetString(bytes(path)))
    : sequence(octetString(bytes(path)), integer(0), der(0x80, integer(length).subarray(2)));
}

/** An entry of EF.OD: which directory stands where. `kind`: 0 private keys, 4 certificates, 8 authentication objects. */
export const directoryAt = (kind: 0 | 4 | 8, path: string) => explicit(kind, writePath(path));

export interface KeyDescription {
  readonly label: string;
  readonly id: string;
  readonly kind: "rsa" | "ec";
  readonly reference: number;
  /** authId of the PIN that it needs. */
  readonly pin?: string;
  /** KeyUsageFlags. */
  readonly usage: readonly number[];
  readonly path: string;
  readonly bits: number;
  /** Position in the supported algorithms of EF.CIAInfo. */
  readonly algorithm?: number;
}

export function writeKeyEntry(key: KeyDescription): Uint8Array {
  const auth = key.pin === undefined ? [] : [octetString(bytes(key.pin))];
  const algorithm = key.algorithm === undefined ? [] : [explicit(1, integer(key.algorithm))];
  const entry = [
    sequence(utf8String(key.label), namedBits(0), ...auth),
    sequence(
      octetString(bytes(key.id)),
      namedBits(...key.usage),
      boolean(true),
      namedBits(0, 2, 3, 4),
      integer(key.reference),
      ...algorithm,
    ),
    explicit(1, sequence(writePath(key.path), ...(key.kind === "rsa" ? [integer(key.bits)] : []))),
  ];
  return key.kind === "rsa" ? sequence(...entry) : explicit(0, ...entry);
}

export function writeCertificateEntry(label: string, id: string, path: string, length: number): Uint8Array {
  return sequence(
    sequence(utf8String(label), bitString(Uint8Array.of(0))),
    sequence(octetString(bytes(id))),
    explicit(1, sequence(writePath(path, length))),
  );
}

export interface PasswordDescription {
  readonly label: string;
  readonly id: string;
  readonly reference: number;
  /** PasswordFlags. */
  readonly flags: readonly number[];
  /** PasswordType: 0 BCD, 1 ASCII digits, 4 ISO 9564-1. */
  readonly type: 0 | 1 | 4;
  readonly minimum: number;
  readonly stored: number;
  readonly maximum: number;
  readonly padding?: number;
  readonly path?: string;
}

export function writePasswordEntry(pin: PasswordDescription): Uint8Array {
  const reference = implicit(0, Uint8Array.of(pin.reference));
  const padding = pin.padding === undefined ? [] : [octetString(Uint8Array.of(pin.padding))];
  const path = pin.path === undefined ? [] : [writePath(pin.path)];
  const numbers = [integer(pin.minimum), integer(pin.stored), integer(pin.maximum)];
  return sequence(
    sequence(utf8String(pin.label), namedBits(0, 1)),
    sequence(octetString(bytes(pin.id))),
    explicit(
      1,
      sequence(namedBits(...pin.flags), der(0x0a, Uint8Array.of(pin.type)), ...numbers, reference, ...padding, ...path),
    ),
  );
}

const rsaEncryption = "1.2.840.113549.1.1.1";
const mechanismRsaPkcs = 1;
const computesSignatures = bitString(Uint8Array.of(0x40));

/** EF.CIAInfo. `algorithm`: what MSE SET has to name for RSA with PKCS#1 v1.5 padding. */
export function writeTokenInformation(serial: Uint8Array, maker: string, label: string, algorithm: number): Uint8Array {
  const supported = sequence(
    integer(1),
    integer(mechanismRsaPkcs),
    nothing(),
    computesSignatures,
    objectIdentifier(rsaEncryption),
    integer(algorithm),
  );
  return sequence(
    integer(0),
    octetString(serial),
    utf8String(maker),
    der(0x80, new TextEncoder().encode(label)),
    namedBits(1, 2),
    explicit(2, supported),
  );
}

/** An application template of EF.DIR. */
export function writeApplicationTemplate(identifier: string, label: string, path: string): Uint8Array {
  return der(0x61, der(0x4f, bytes(identifier)), der(0x50, new TextEncoder().encode(label)), der(0x51, bytes(path)));
}
