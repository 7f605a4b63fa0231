import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import type { Signer } from "../../../core/x509/build-certificate.ts";

export type KeyKind = "rsa-2048" | "rsa-3072" | "p-256" | "p-384";

export function makeKey(kind: KeyKind): KeyObject {
  return kind === "rsa-2048" || kind === "rsa-3072"
    ? generateKeyPairSync("rsa", { modulusLength: Number(kind.slice(4)) }).privateKey
    : generateKeyPairSync("ec", { namedCurve: kind.toUpperCase() }).privateKey;
}

export function writeKey(file: string, key: KeyObject): void {
  writeFileSync(file, key.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
}

export function readKey(file: string): KeyObject {
  return createPrivateKey(readFileSync(file));
}

/** DER SubjectPublicKeyInfo. */
export function publicKeyOf(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ type: "spki", format: "der" });
}

/** A key identifier: the first 20 bytes of the SHA-256 of the SubjectPublicKeyInfo (RFC 7093, section 2, method 4). */
export function keyIdentifierOf(key: KeyObject): Uint8Array {
  return createHash("sha256").update(publicKeyOf(key)).digest().subarray(0, 20);
}

export function signerWith(key: KeyObject): Signer {
  return {
    algorithm: key.asymmetricKeyType === "rsa" ? "rsa-sha256" : "ecdsa-sha256",
    sign: data => sign("sha256", data, key),
  };
}
