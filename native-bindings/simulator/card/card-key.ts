import { constants, type KeyObject, privateEncrypt } from "node:crypto";
import { p256 } from "@noble/curves/nist.js";

/** The bare RSA operation on a block as long as the modulus, which Node offers as encryption without padding. */
export function signBlock(key: KeyObject, block: Uint8Array): Uint8Array {
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block);
}

/** ECDSA P-256 over a digest as it is, in DER. Node itself always hashes first. */
export function signDigest(key: KeyObject, digest: Uint8Array): Uint8Array {
  const { d } = key.export({ format: "jwk" });
  const secret = Buffer.from(d ?? "", "base64url");
  return p256.sign(digest, secret, { prehash: false, lowS: false, format: "der" });
}

/** A chip signs the first time as fast as the next; code that has never run does not. */
export function warmUp(...keys: readonly KeyObject[]): void {
  for (const key of keys) {
    if (key.asymmetricKeyType === "rsa") signBlock(key, new Uint8Array(256).fill(1, 1));
    else signDigest(key, new Uint8Array(32).fill(1));
  }
}
