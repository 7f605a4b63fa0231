import { type DerElement, DerProblem, DerReader } from "./der-reader.ts";
import { readBytesOfBits, readInteger, readObjectIdentifier } from "./der-values.ts";

/** What kind of key a SubjectPublicKeyInfo holds; `other` is none of the allow-list. */
export type PublicKeyKind =
  | { readonly kind: "rsa"; readonly bits: number }
  | { readonly kind: "ec"; readonly curve: "p-256" | "p-384" | "p-521" }
  | { readonly kind: "other" };

const curves: Readonly<Record<string, "p-256" | "p-384" | "p-521">> = {
  "1.2.840.10045.3.1.7": "p-256",
  "1.3.132.0.34": "p-384",
  "1.3.132.0.35": "p-521",
};

export function readPublicKey(element: DerElement): PublicKeyKind {
  if (element.tag !== 0x30) throw new DerProblem("public key");
  const reader = new DerReader(element.content);
  const algorithm = new DerReader(reader.read(0x30).content);
  const key = readBytesOfBits(reader.read(0x03));
  reader.end();
  const oid = readObjectIdentifier(algorithm.read(0x06));
  if (oid === "1.2.840.113549.1.1.1") return readRsaKey(key);
  if (oid !== "1.2.840.10045.2.1" || algorithm.nextTag !== 0x06) return { kind: "other" };
  const curve = curves[readObjectIdentifier(algorithm.read(0x06))];
  return curve === undefined ? { kind: "other" } : { kind: "ec", curve };
}

function readRsaKey(key: Uint8Array): PublicKeyKind {
  const members = new DerReader(DerReader.single(key, 0x30).content);
  const modulus = readInteger(members.read(0x02));
  const exponent = readInteger(members.read(0x02));
  members.end();
  const odd = ((exponent.at(-1) ?? 0) & 1) === 1 && ((modulus.at(-1) ?? 0) & 1) === 1;
  const tiny = exponent.length === 1 && (exponent[0] ?? 0) < 3;
  if (!odd || tiny || (modulus[0] ?? 0) > 0x7f) return { kind: "other" };
  const significant = modulus[0] === 0 ? modulus.subarray(1) : modulus;
  return { kind: "rsa", bits: significant.length * 8 - Math.clz32(significant[0] ?? 0) + 24 };
}
