import { constants, createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { HashName, SignatureScheme, SignatureVerifier } from "../../core/ports/signature-verifier.ts";

const mostKeys = 5_000;
/** Of r ‖ s, by the hash that goes with a curve (RFC 7518, 3.4): ES256 is never made by a key of 384 bits. */
const plainLength: Readonly<Partial<Record<HashName, number>>> = { sha256: 64, sha384: 96, sha512: 132 };

/** Signatures by OpenSSL. Parsed keys are kept, since parsing costs more than verifying. */
export function nodeSignatureVerifier(): SignatureVerifier {
  const keys = new Map<string, KeyObject>();
  const keyOf = (spki: Uint8Array): KeyObject => {
    const name = createHash("sha256").update(spki).digest("base64");
    const known = keys.get(name);
    if (known !== undefined) return known;
    const key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
    if (keys.size >= mostKeys) keys.clear();
    keys.set(name, key);
    return key;
  };
  return {
    verify(scheme, publicKey, data, signature) {
      try {
        return verifyWith(scheme, keyOf(publicKey), data, signature);
      } catch {
        return false;
      }
    },
  };
}

function verifyWith(scheme: SignatureScheme, key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  switch (scheme.kind) {
    case "rsa-pkcs1":
      return (
        key.asymmetricKeyType === "rsa" &&
        verify(scheme.hash, data, { key, padding: constants.RSA_PKCS1_PADDING }, signature)
      );
    case "rsa-pss": {
      const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength };
      // A key of its own kind carries restrictions of its own, which OpenSSL keeps.
      const isRsa = key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "rsa-pss";
      return isRsa && verify(scheme.hash, data, options, signature);
    }
    case "ecdsa": {
      if (scheme.encoding === "p1363" && signature.length !== plainLength[scheme.hash]) return false;
      const dsaEncoding = scheme.encoding === "der" ? "der" : "ieee-p1363";
      return key.asymmetricKeyType === "ec" && verify(scheme.hash, data, { key, dsaEncoding }, signature);
    }
    case "dsa":
      return key.asymmetricKeyType === "dsa" && verify(scheme.hash, data, { key, dsaEncoding: "der" }, signature);
    case "ed25519":
      return key.asymmetricKeyType === "ed25519" && verify(null, data, key, signature);
    default:
      return scheme satisfies never;
  }
}
