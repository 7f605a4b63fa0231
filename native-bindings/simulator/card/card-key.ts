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
