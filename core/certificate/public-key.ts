import { type DerElement, DerProblem, DerReader } from "./der-reader.ts";
import { readBytesOfBits, readInteger, readObjectIdentifier } from "./der-values.ts";

export type CurveName = (typeof curves)[keyof typeof curves];

/** What kind of key a SubjectPublicKeyInfo holds; `other` is none of the allow-list. */
export type PublicKeyKind =
  | { readonly kind: "rsa"; readonly bits: number }
  | { readonly kind: "ec"; readonly curve: CurveName }
  | { readonly kind: "ed25519" }
  | { readonly kind: "dsa"; readonly bits: number }
  | { readonly kind: "other" };

/** By OID; brainpool curves are those of German health cards (BSI TR-03116-1). */
const curves = {
  "1.2.840.10045.3.1.7": "p-256",
  "1.3.132.0.34": "p-384",
  "1.3.132.0.35": "p-521",
  "1.3.36.3.3.2.8.1.1.7": "brainpool-p256r1",
  "1.3.36.3.3.2.8.1.1.11": "brainpool-p384r1",
  "1.3.36.3.3.2.8.1.1.13": "brainpool-p512r1",
} as const;

const other: PublicKeyKind = { kind: "other" };
const longestModulus = 16_384;

/** The kind of the key, and its bits. */
export function readPublicKey(element: DerElement): { keyKind: PublicKeyKind; publicKeyBits: Uint8Array } {
  if (element.tag !== 0x30) throw new DerProblem("public key");
  const reader = new DerReader(element.content);
  const algorithm = new DerReader(reader.read(0x30).content);
  const publicKeyBits = readBytesOfBits(reader.read(0x03));
  reader.end();
  const oid = readObjectIdentifier(algorithm.read(0x06));
  return { keyKind: readKind(oid, algorithm, publicKeyBits), publicKeyBits };
}

function readKind(oid: string, algorithm: DerReader, key: Uint8Array): PublicKeyKind {
  switch (oid) {
    // rsaEncryption; id-RSASSA-PSS, whose own restrictions the signature verifier keeps.
    case "1.2.840.113549.1.1.1":
    case "1.2.840.113549.1.1.10":
      return readRsaKey(key);
    case "1.2.840.10045.2.1":
      return algorithm.nextTag === 0x06 ? readCurve(readObjectIdentifier(algorithm.read(0x06))) : other;
    case "1.3.101.112":
      return algorithm.atEnd && key.length === 32 ? { kind: "ed25519" } : other;
    case "1.2.840.10040.4.1":
      return algorithm.nextTag === 0x30 ? readDsaKey(algorithm.read(0x30)) : other;
    default:
      return other;
  }
}

function readCurve(oid: string): PublicKeyKind {
  return Object.hasOwn(curves, oid) ? { kind: "ec", curve: curves[oid as keyof typeof curves] } : other;
}

function readRsaKey(key: Uint8Array): PublicKeyKind {
  const members = new DerReader(DerReader.single(key, 0x30).content);
  const modulus = readInteger(members.read(0x02));
  const exponent = readInteger(members.read(0x02));
  members.end();
  const odd = ((exponent.at(-1) ?? 0) & 1) === 1 && ((modulus.at(-1) ?? 0) & 1) === 1;
  const tiny = exponent.length === 1 && (exponent[0] ?? 0) < 3;
  const negative = (modulus[0] ?? 0) > 0x7f || (exponent[0] ?? 0) > 0x7f;
  const bits = bitsOf(modulus);
  // A giant exponent or modulus is there to make every check slow.
  return !odd || tiny || negative || exponent.length > 9 || bits > longestModulus ? other : { kind: "rsa", bits };
}

function readDsaKey(parameters: DerElement): PublicKeyKind {
  const prime = readInteger(new DerReader(parameters.content).read(0x02));
  const bits = bitsOf(prime);
  return (prime[0] ?? 0) > 0x7f || bits > longestModulus ? other : { kind: "dsa", bits };
}

function bitsOf(integer: Uint8Array): number {
  const significant = integer[0] === 0 ? integer.subarray(1) : integer;
  return significant.length * 8 - Math.clz32(significant[0] ?? 0) + 24;
}
