import { type KeyObject, X509Certificate } from "node:crypto";
import type { KeyAlgorithm } from "../../core/card/card-driver.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { ProofAlgorithm } from "../../core/proof/proof.ts";

/** What the key behind a certificate can do, for the card, for the JWS and for hashing. */
export interface KeyAlgorithms {
  readonly card: KeyAlgorithm;
  readonly proof: ProofAlgorithm;
  readonly hash: "sha256" | "sha384";
}

/** Reads only which key it is: whether the certificate is any good is the broker's verdict. */
export function publicKeyIn(certificate: Uint8Array): KeyObject {
  try {
    return new X509Certificate(certificate).publicKey;
  } catch (error) {
    throw new Failure("certificate-malformed", { cause: error });
  }
}

/** Throws `certificate-wrong-purpose` for a key that no driver signs with. */
export function algorithmsOf(publicKey: KeyObject): KeyAlgorithms {
  const details = publicKey.asymmetricKeyDetails;
  if (details?.modulusLength === 2048) return { card: "rsa-2048", proof: "RS256", hash: "sha256" };
  if (details?.modulusLength === 3072) return { card: "rsa-3072", proof: "RS256", hash: "sha256" };
  if (details?.namedCurve === "prime256v1") return { card: "p-256", proof: "ES256", hash: "sha256" };
  if (details?.namedCurve === "secp384r1") return { card: "p-384", proof: "ES384", hash: "sha384" };
  throw new Failure("certificate-wrong-purpose", { detail: "a kind of key that no driver signs with" });
}
