import type { HashName, SignatureScheme } from "../ports/signature-verifier.ts";
import { type DerElement, DerProblem, DerReader } from "./der-reader.ts";
import { readObjectIdentifier } from "./der-values.ts";

const pkcs1: Readonly<Record<string, HashName>> = {
  "1.2.840.113549.1.1.5": "sha1",
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
};
const ecdsa: Readonly<Record<string, HashName>> = {
  "1.2.840.10045.4.3.2": "sha256",
  "1.2.840.10045.4.3.3": "sha384",
  "1.2.840.10045.4.3.4": "sha512",
};

/** The scheme that an AlgorithmIdentifier names; `undefined` where it is none of the allow-list. */
export function readSignatureAlgorithm(element: DerElement): SignatureScheme | undefined {
  if (element.tag !== 0x30) throw new DerProblem("algorithm identifier");
  const reader = new DerReader(element.content);
  const oid = readObjectIdentifier(reader.read(0x06));
  const parameters = reader.atEnd ? undefined : reader.read();
  reader.end();
  const rsaHash = pkcs1[oid];
  // RFC 4055 section 5 demands NULL; RFC 5758 demands absence for ECDSA.
  if (rsaHash !== undefined)
    return parameters === undefined || parameters.tag === 0x05 ? { kind: "rsa-pkcs1", hash: rsaHash } : undefined;
  const ecHash = ecdsa[oid];
  if (ecHash !== undefined && parameters === undefined) return { kind: "ecdsa", hash: ecHash, encoding: "der" };
  return undefined;
}
