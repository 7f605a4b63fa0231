import { equalBytes } from "../bytes/bytes.ts";
import type { SignatureScheme } from "../ports/signature-verifier.ts";
import { type DerElement, DerProblem, DerReader } from "./der-reader.ts";
import { readBytesOfBits, readInteger, readSmallInteger, readTime } from "./der-values.ts";
import { type DistinguishedName, readName } from "./distinguished-name.ts";
import { type DistributionPoint, readDistributionPoints } from "./distribution-points.ts";
import { extensionOids } from "./extension-oids.ts";
import { type ReadExtensions, readExtensions } from "./extensions.ts";
import { type GeneralName, readGeneralNames } from "./general-name.ts";
import { type NameConstraints, readNameConstraints } from "./name-constraints-extension.ts";
import {
  type PolicyConstraints,
  type PolicyMappings,
  readCertificatePolicies,
  readInhibitAnyPolicy,
  readPolicyConstraints,
  readPolicyMappings,
} from "./policy-extensions.ts";
import { type PublicKeyKind, readPublicKey } from "./public-key.ts";
import { readSignatureAlgorithm } from "./signature-algorithm.ts";
import {
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readExtendedKeyUsage,
  readKeyUsage,
  readSubjectKeyIdentifier,
} from "./usage-extensions.ts";

/** A certificate taken apart (RFC 5280, 4.1); nothing of it is verified yet. `undefined`: the extension is absent. */
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
  /** The bits of the key alone, which OCSP and key identifiers hash. */
  readonly publicKeyBits: Uint8Array;
  readonly keyKind: PublicKeyKind;
  readonly extensions: ReadExtensions;
  readonly isAuthority: boolean;
  readonly pathLength: number | undefined;
  readonly keyUsage: ReadonlySet<number> | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  readonly alternativeNames: readonly GeneralName[] | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  readonly policies: ReadonlySet<string> | undefined;
  readonly policyMappings: PolicyMappings | undefined;
  readonly policyConstraints: PolicyConstraints | undefined;
  readonly inhibitAnyPolicy: number | undefined;
  readonly distributionPoints: readonly DistributionPoint[] | undefined;
}

/** Nothing that a card or an authority issues comes near it; what is larger is made to be slow. */
const mostBytes = 131_072;

/** Reads a certificate strictly. Throws `DerProblem`. */
export function readCertificate(der: Uint8Array): Certificate {
  if (der.length > mostBytes) throw new DerProblem(`more than ${mostBytes} bytes`);
  const outer = new DerReader(DerReader.single(der, 0x30).content);
  const signed = outer.read(0x30);
  const algorithm = outer.read(0x30);
  const signature = readBytesOfBits(outer.read(0x03));
  outer.end();

  const tbs = new DerReader(signed.content);
  readVersion(tbs.read(0xa0));
  const serial = readInteger(tbs.read(0x02));
  if (serial.length > 20 || serial.every(byte => byte === 0)) throw new DerProblem("serial number");
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
    ...readPublicKey(publicKey),
    extensions,
    ...readMeanings(extensions),
  };
}

function readVersion(element: DerElement): void {
  if (readSmallInteger(DerReader.single(element.content, 0x02)) !== 2)
    throw new DerProblem("not a version 3 certificate");
}

function readMeanings(extensions: ReadExtensions) {
  const read = <Value>(oid: string, reader: (value: Uint8Array) => Value): Value | undefined => {
    const extension = extensions.get(oid);
    return extension === undefined ? undefined : reader(extension.value);
  };
  return {
    ...readBasicConstraints(extensions.get(extensionOids.basicConstraints)?.value),
    keyUsage: read(extensionOids.keyUsage, readKeyUsage),
    extendedKeyUsage: read(extensionOids.extendedKeyUsage, readExtendedKeyUsage),
    subjectKeyIdentifier: read(extensionOids.subjectKeyIdentifier, readSubjectKeyIdentifier),
    authorityKeyIdentifier: read(extensionOids.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    alternativeNames: read(extensionOids.subjectAltName, value =>
      readGeneralNames(DerReader.single(value, 0x30).content),
    ),
    nameConstraints: read(extensionOids.nameConstraints, readNameConstraints),
    policies: read(extensionOids.certificatePolicies, readCertificatePolicies),
    policyMappings: read(extensionOids.policyMappings, readPolicyMappings),
    policyConstraints: read(extensionOids.policyConstraints, readPolicyConstraints),
    inhibitAnyPolicy: read(extensionOids.inhibitAnyPolicy, readInhibitAnyPolicy),
    distributionPoints: read(extensionOids.cRLDistributionPoints, readDistributionPoints),
  };
}

/** True where subject and issuer are the same name: such a certificate rolls a key over and is not counted. */
export function isSelfIssued(certificate: Certificate): boolean {
  return certificate.subject.key === certificate.issuer.key;
}
