import { constants, type KeyObject, privateEncrypt } from "node:crypto";
import { p256, p384 } from "@noble/curves/nist.js";

/** The bare RSA operation on a block as long as the modulus, which Node offers as encryption without padding. */
export function signBlock(key: KeyObject, block: Uint8Array): Uint8Array {
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block);
}

/** ECDSA over a digest as it is, in DER, on the key's curve. Node itself always hashes first. */
export function signDigest(key: KeyObject, digest: Uint8Array): Uint8Array {
  const { d, crv } = key.export({ format: "jwk" });
  const secret = Buffer.from(d ?? "", "base64url");
  return (crv === "P-384" ? p384 : p256).sign(digest, secret, { prehash: false, lowS: false, format: "der" });
}

/** A chip signs the first time as fast as the next; code that has never run does not. */
export function warmUp(...keys: readonly KeyObject[]): void {
  for (const key of keys) {
    const bytes = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
    if (bytes > 0) signBlock(key, new Uint8Array(bytes).fill(1, 1));
    else signDigest(key, new Uint8Array(32).fill(1));
  }
}
