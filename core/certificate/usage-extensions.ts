import { DerProblem, DerReader } from "./der-reader.ts";
import { readBoolean, readInteger, readNamedBits, readObjectIdentifier, readSmallInteger } from "./der-values.ts";
import { readGeneralNames } from "./general-name.ts";

/** Bits of KeyUsage that we ask for (RFC 5280, 4.2.1.3). */
export const keyUsage = { digitalSignature: 0, contentCommitment: 1, keyCertSign: 5, cRLSign: 6 } as const;

export interface BasicConstraints {
  readonly isAuthority: boolean;
  readonly pathLength: number | undefined;
}

/** RFC 5280, 4.2.1.9. */
export function readBasicConstraints(value: Uint8Array | undefined): BasicConstraints {
  if (value === undefined) return { isAuthority: false, pathLength: undefined };
  const reader = new DerReader(DerReader.single(value, 0x30).content);
  const flag = reader.optional(0x01);
  const isAuthority = flag === undefined ? false : readBoolean(flag);
  if (flag !== undefined && !isAuthority) throw new DerProblem("default value written");
  const length = reader.optional(0x02);
  reader.end();
  if (length !== undefined && !isAuthority) throw new DerProblem("path length without authority");
  return { isAuthority, pathLength: length === undefined ? undefined : readSmallInteger(length) };
}

/** RFC 5280, 4.2.1.3. */
export function readKeyUsage(value: Uint8Array): ReadonlySet<number> {
  const bits = readNamedBits(DerReader.single(value, 0x03));
  if (bits.size === 0) throw new DerProblem("key usage without a use");
  return bits;
}

/** RFC 5280, 4.2.1.12. */
export function readExtendedKeyUsage(value: Uint8Array): readonly string[] {
  const reader = new DerReader(DerReader.single(value, 0x30).content);
  const purposes: string[] = [];
  while (!reader.atEnd) purposes.push(readObjectIdentifier(reader.read(0x06)));
  if (purposes.length === 0) throw new DerProblem("extended key usage without a purpose");
  return purposes;
}

/** RFC 5280, 4.2.1.2. */
export function readSubjectKeyIdentifier(value: Uint8Array): Uint8Array {
  return DerReader.single(value, 0x04).content;
}

/** The key identifier of an AuthorityKeyIdentifier (RFC 5280, 4.2.1.1), where it has one. */
export function readAuthorityKeyIdentifier(value: Uint8Array): Uint8Array | undefined {
  const reader = new DerReader(DerReader.single(value, 0x30).content);
  const identifier = reader.optional(0x80)?.content;
  const names = reader.optional(0xa1);
  const serial = reader.optional(0x82);
  reader.end();
  if ((names === undefined) !== (serial === undefined)) throw new DerProblem("authority key identifier");
  if (names !== undefined) readGeneralNames(names.content);
  if (serial !== undefined) readInteger({ ...serial, tag: 0x02 });
  return identifier;
}
