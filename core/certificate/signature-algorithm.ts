import { equalBytes } from "../bytes/bytes.ts";
import type { HashName, SignatureScheme } from "../ports/signature-verifier.ts";
import { type DerElement, DerProblem, DerReader } from "./der-reader.ts";
import { readObjectIdentifier, readSmallInteger } from "./der-values.ts";

const pkcs1: Readonly<Record<string, HashName>> = {
  "1.2.840.113549.1.1.5": "sha1",
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
};
const ecdsa: Readonly<Record<string, HashName>> = {
  "1.2.840.10045.4.1": "sha1",
  "1.2.840.10045.4.3.2": "sha256",
  "1.2.840.10045.4.3.3": "sha384",
  "1.2.840.10045.4.3.4": "sha512",
};
const dsa: Readonly<Record<string, HashName>> = {
  "1.2.840.10040.4.3": "sha1",
  "2.16.840.1.101.3.4.3.2": "sha256",
};
const digests: Readonly<Record<string, HashName>> = {
  "1.3.14.3.2.26": "sha1",
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};
const digestBytes: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };
const pss = "1.2.840.113549.1.1.10";
const maskGeneration1 = "1.2.840.113549.1.1.8";
const ed25519 = "1.3.101.112";

/** The scheme that an AlgorithmIdentifier names; `undefined` where it is none that we read. */
export function readSignatureAlgorithm(element: DerElement): SignatureScheme | undefined {
  const { oid, parameters } = readIdentifier(element);
  const rsaHash = pkcs1[oid];
  // RFC 4055 section 5 demands NULL; RFC 5758 demands absence for ECDSA and DSA, RFC 8410 for Ed25519.
  if (rsaHash !== undefined) return isNullOrAbsent(parameters) ? { kind: "rsa-pkcs1", hash: rsaHash } : undefined;
  if (oid === pss) return parameters?.tag === 0x30 ? readPssParameters(parameters) : undefined;
  if (parameters !== undefined) return undefined;
  const ecHash = ecdsa[oid];
  if (ecHash !== undefined) return { kind: "ecdsa", hash: ecHash, encoding: "der" };
  const dsaHash = dsa[oid];
  if (dsaHash !== undefined) return { kind: "dsa", hash: dsaHash };
  return oid === ed25519 ? { kind: "ed25519" } : undefined;
}

/** The hash that an AlgorithmIdentifier of a digest names; `undefined` where it is none that we know. */
export function readDigestAlgorithm(element: DerElement): HashName | undefined {
  const { oid, parameters } = readIdentifier(element);
  return isNullOrAbsent(parameters) ? digests[oid] : undefined;
}

function readIdentifier(element: DerElement): { oid: string; parameters: DerElement | undefined } {
  if (element.tag !== 0x30) throw new DerProblem("algorithm identifier");
  const reader = new DerReader(element.content);
  const oid = readObjectIdentifier(reader.read(0x06));
  const parameters = reader.atEnd ? undefined : reader.read();
  reader.end();
  return { oid, parameters };
}

function isNullOrAbsent(parameters: DerElement | undefined): boolean {
  return parameters === undefined || (parameters.tag === 0x05 && parameters.content.length === 0);
}

/**
 * RFC 4055, 3.1, and of it what is sound: one SHA-2 hash for message and mask, a salt as long as the hash, the one trailer
 * there is. The defaults (SHA-1) are none of these.
 */
function readPssParameters(parameters: DerElement): SignatureScheme | undefined {
  const reader = new DerReader(parameters.content);
  const hash = reader.optional(0xa0);
  const mask = reader.optional(0xa1);
  const salt = reader.optional(0xa2);
  const trailer = reader.optional(0xa3);
  reader.end();
  if (hash === undefined || mask === undefined || salt === undefined || trailer !== undefined) return undefined;
  const hashIdentifier = DerReader.single(hash.content, 0x30);
  const name = readDigestAlgorithm(hashIdentifier);
  const { oid, parameters: maskHash } = readIdentifier(DerReader.single(mask.content, 0x30));
  const saltLength = readSmallInteger(DerReader.single(salt.content, 0x02));
  const sound =
    name !== undefined &&
    name !== "sha1" &&
    oid === maskGeneration1 &&
    maskHash !== undefined &&
    equalBytes(maskHash.whole, hashIdentifier.whole) &&
    saltLength === digestBytes[name];
  return sound ? { kind: "rsa-pss", hash: name, saltLength } : undefined;
}
