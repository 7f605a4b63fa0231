import { equalBytes } from "../bytes/bytes.ts";
import type { SignatureScheme } from "../ports/signature-verifier.ts";
import { type DerElement, DerProblem, DerReader } from "./der-reader.ts";
import {
  readBoolean,
  readBytesOfBits,
  readInteger,
  readNamedBits,
  readObjectIdentifier,
  readSmallInteger,
  readTime,
} from "./der-values.ts";
import { type DistinguishedName, readName } from "./distinguished-name.ts";
import { type PublicKeyKind, readPublicKey } from "./public-key.ts";
import { readSignatureAlgorithm } from "./signature-algorithm.ts";

export interface ReadExtension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** A certificate taken apart (RFC 5280, 4.1); nothing of it is verified yet. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly signedBytes: Uint8Array;
  readonly signature: Uint8Array;
  /** `undefined`: an algorithm outside our allow-list. */
  readonly signatureScheme: SignatureScheme | undefined;
  /** Two's complement bytes of the serial number. */
  readonly serial: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly keyKind: PublicKeyKind;
  readonly extensions: ReadonlyMap<string, ReadExtension>;
  readonly isAuthority: boolean;
  readonly pathLength: number | undefined;
  /** `undefined`: no restriction. */
  readonly keyUsage: ReadonlySet<number> | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
}

export const extensionOids = {
  basicConstraints: "2.5.29.19",
  keyUsage: "2.5.29.15",
  extendedKeyUsage: "2.5.29.37",
} as const;

/** Reads a certificate strictly. Throws `DerProblem`. */
export function readCertificate(der: Uint8Array): Certificate {
  const outer = new DerReader(DerReader.single(der, 0x30).content);
  const signed = outer.read(0x30);
  const algorithm = outer.read(0x30);
  const signature = readBytesOfBits(outer.read(0x03));
  outer.end();

  const tbs = new DerReader(signed.content);
  readVersion(tbs.read(0xa0));
  const serial = readInteger(tbs.read(0x02));
  if (serial.length > 20 || (serial[0] ?? 0) > 0x7f || serial.every(byte => byte === 0))
    throw new DerProblem("serial number");
  const innerAlgorithm = tbs.read(0x30);
  if (!equalBytes(innerAlgorithm.whole, algorithm.whole)) throw new DerProblem("two different signature algorithms");
  const issuer = readName(tbs.read(0x30));
  if (issuer.isEmpty) throw new DerProblem("no issuer");
  const validity = new DerReader(tbs.read(0x30).content);
  const notBefore = readTime(validity.read());
  const notAfter = readTime(validity.read());
  validity.end();
  const subject = readName(tbs.read(0x30));
  const publicKey = tbs.read(0x30);
  tbs.optional(0x81);
  tbs.optional(0x82);
  const extensions = readExtensions(tbs.optional(0xa3));
  tbs.end();

  return {
    der,
    signedBytes: signed.whole,
    signature,
    signatureScheme: readSignatureAlgorithm(algorithm),
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey: publicKey.whole,
    keyKind: readPublicKey(publicKey),
    extensions,
    ...readBasicConstraints(extensions.get(extensionOids.basicConstraints)),
    keyUsage: readKeyUsage(extensions.get(extensionOids.keyUsage)),
    extendedKeyUsage: readExtendedKeyUsage(extensions.get(extensionOids.extendedKeyUsage)),
  };
}

function readVersion(element: DerElement): void {
  if (readSmallInteger(DerReader.single(element.content, 0x02)) !== 2)
    throw new DerProblem("not a version 3 certificate");
}

/** RFC 5280, 4.2: each extension at most once. */
export function readExtensions(wrapper: DerElement | undefined): ReadonlyMap<string, ReadExtension> {
  const extensions = new Map<string, ReadExtension>();
  if (wrapper === undefined) return extensions;
  const list = new DerReader(DerReader.single(wrapper.content, 0x30).content);
  if (list.atEnd) throw new DerProblem("empty extensions");
  while (!list.atEnd) {
    const one = new DerReader(list.read(0x30).content);
    const oid = readObjectIdentifier(one.read(0x06));
    const flag = one.optional(0x01);
    const critical = flag === undefined ? false : readBoolean(flag);
    const value = one.read(0x04).content;
    one.end();
    if (flag !== undefined && !critical) throw new DerProblem("default value written");
    if (extensions.has(oid)) throw new DerProblem(`extension ${oid} twice`);
    extensions.set(oid, { critical, value });
  }
  return extensions;
}

function readBasicConstraints(extension: ReadExtension | undefined): Pick<Certificate, "isAuthority" | "pathLength"> {
  if (extension === undefined) return { isAuthority: false, pathLength: undefined };
  const reader = new DerReader(DerReader.single(extension.value, 0x30).content);
  const flag = reader.optional(0x01);
  const isAuthority = flag === undefined ? false : readBoolean(flag);
  const length = reader.optional(0x02);
  reader.end();
  if (length !== undefined && !isAuthority) throw new DerProblem("path length without authority");
  return { isAuthority, pathLength: length === undefined ? undefined : readSmallInteger(length) };
}

function readKeyUsage(extension: ReadExtension | undefined): ReadonlySet<number> | undefined {
  if (extension === undefined) return undefined;
  const bits = readNamedBits(DerReader.single(extension.value, 0x03));
  if (bits.size === 0) throw new DerProblem("key usage without a use");
  return bits;
}

function readExtendedKeyUsage(extension: ReadExtension | undefined): readonly string[] | undefined {
  if (extension === undefined) return undefined;
  const reader = new DerReader(DerReader.single(extension.value, 0x30).content);
  const purposes: string[] = [];
  while (!reader.atEnd) purposes.push(readObjectIdentifier(reader.read(0x06)));
  if (purposes.length === 0) throw new DerProblem("extended key usage without a purpose");
  return purposes;
}
