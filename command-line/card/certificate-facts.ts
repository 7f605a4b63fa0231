import { X509Certificate } from "node:crypto";
import { toHex } from "../../core/bytes/hex.ts";
import { type Certificate, readCertificate } from "../../core/certificate/certificate.ts";
import { daysLeftOf, type Validity, validityOf } from "../../core/certificate/validity.ts";
import type { CardInspection } from "../../protocol/card-host/inspection.ts";

export interface CertificateFacts {
  readonly label: string;
  /** Absent: a key that signs nobody in. */
  readonly use?: "sign-in" | "presence";
  /** Absent where it cannot be read. */
  readonly content?: CertificateContent;
}

export interface CertificateContent {
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serial: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly validity: Validity;
  /** Negative: since when it is over. */
  readonly daysLeft: number;
  /** e.g. `rsa-2048`, `prime256v1`. */
  readonly key: string;
  /** RFC 5280's names of key usage, then purposes by name or object identifier. */
  readonly usage: readonly string[];
}

/** Bits of KeyUsage in their order (RFC 5280, 4.2.1.3). */
const keyUsages = [
  "digitalSignature",
  "contentCommitment",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];
const purposes: Readonly<Record<string, string>> = {
  "1.3.6.1.5.5.7.3.2": "clientAuth",
  "1.3.6.1.5.5.7.3.4": "emailProtection",
  "1.3.6.1.4.1.311.20.2.2": "smartcardLogon",
  "2.16.840.1.101.3.6.8": "pivCardAuthentication",
};

/** What a certificate of a card says. Nothing of it is verified. `now` in milliseconds since 1970. */
export function certificateFacts(
  { label, certificate, use }: CardInspection["certificates"][number],
  now: number,
): CertificateFacts {
  const content = contentOf(certificate, now);
  return { label, ...(use === undefined ? {} : { use }), ...(content === undefined ? {} : { content }) };
}

/** The certificate, read strictly; `undefined` where it cannot be. */
export function readLeniently(der: Uint8Array): Certificate | undefined {
  try {
    return readCertificate(der);
  } catch {
    return undefined;
  }
}

function contentOf(der: Uint8Array, now: number): CertificateContent | undefined {
  const read = readLeniently(der);
  if (read === undefined) return undefined;
  const { subject, issuer } = new X509Certificate(der);
  return {
    subject: oneLine(subject),
    issuer: oneLine(issuer),
    serial: toHex(read.serial),
    validFrom: new Date(read.notBefore).toISOString(),
    validUntil: new Date(read.notAfter).toISOString(),
    validity: validityOf(read, now),
    daysLeft: daysLeftOf(read, now),
    key: keyOf(der),
    usage: [
      ...[...(read.keyUsage ?? [])].map(bit => keyUsages[bit] ?? String(bit)),
      ...(read.extendedKeyUsage ?? []).map(oid => purposes[oid] ?? oid),
    ],
  };
}

/** The kind of key in a certificate, e.g. `rsa-2048`, `prime256v1`. */
export function keyOf(der: Uint8Array): string {
  const { asymmetricKeyType, asymmetricKeyDetails: details } = new X509Certificate(der).publicKey;
  return (
    details?.namedCurve ?? [asymmetricKeyType, details?.modulusLength].filter(part => part !== undefined).join("-")
  );
}

function oneLine(name: string): string {
  return name.replaceAll("\n", ", ");
}
