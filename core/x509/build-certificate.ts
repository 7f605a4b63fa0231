import {
  bitString,
  boolean,
  explicit,
  integer,
  nothing,
  objectIdentifier,
  octetString,
  printableString,
  sequence,
  setOf,
  time,
  utf8String,
} from "./der-writer.ts";

/** An attribute of a name; countries are PrintableString as RFC 5280 4.1.2.4 wants, all else UTF8String. */
export interface NameAttribute {
  readonly type: string;
  readonly value: string;
}

/** A distinguished name; each member is one RDN, which may hold several attributes. */
export type Name = readonly (readonly NameAttribute[])[];

export interface CertificateExtension {
  readonly oid: string;
  readonly critical: boolean;
  /** DER of the extension's value. */
  readonly value: Uint8Array;
}

/** Who signs: `sign` answers the PKCS#1 v1.5 bytes or the DER of ECDSA-Sig-Value over SHA-256, or what another algorithm wants. */
export interface Signer {
  /** By name, or the DER of its AlgorithmIdentifier. */
  readonly algorithm: "rsa-sha256" | "ecdsa-sha256" | Uint8Array;
  sign(data: Uint8Array): Uint8Array;
}

export interface CertificateContent {
  /** Positive, at most 20 bytes. */
  readonly serial: Uint8Array;
  readonly issuer: Name;
  readonly subject: Name;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly extensions: readonly CertificateExtension[];
}

const countryName = "2.5.4.6";

export function encodeName(name: Name): Uint8Array<ArrayBuffer> {
  const attribute = ({ type, value }: NameAttribute) =>
    sequence(objectIdentifier(type), type === countryName ? printableString(value) : utf8String(value));
  return sequence(...name.map(rdn => setOf(...rdn.map(attribute))));
}

export function encodeExtensions(extensions: readonly CertificateExtension[]): Uint8Array<ArrayBuffer> {
  const one = ({ oid, critical, value }: CertificateExtension) =>
    sequence(objectIdentifier(oid), ...(critical ? [boolean(true)] : []), octetString(value));
  return sequence(...extensions.map(one));
}

export function signatureAlgorithm(signer: Signer): Uint8Array {
  if (typeof signer.algorithm !== "string") return signer.algorithm;
  return signer.algorithm === "rsa-sha256"
    ? sequence(objectIdentifier("1.2.840.113549.1.1.11"), nothing())
    : sequence(objectIdentifier("1.2.840.10045.4.3.2"));
}

/** A signed structure of X.509: the content, the algorithm, the signature. */
export function signStructure(content: Uint8Array, signer: Signer): Uint8Array<ArrayBuffer> {
  return sequence(content, signatureAlgorithm(signer), bitString(signer.sign(content)));
}

/** DER of an X.509 v3 certificate, RFC 5280 section 4.1. */
export function buildCertificate(content: CertificateContent, signer: Signer): Uint8Array<ArrayBuffer> {
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(content.serial),
    signatureAlgorithm(signer),
    encodeName(content.issuer),
    sequence(time(content.notBefore), time(content.notAfter)),
    encodeName(content.subject),
    content.publicKey,
    explicit(3, encodeExtensions(content.extensions)),
  );
  return signStructure(tbs, signer);
}
