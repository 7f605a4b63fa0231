import { Failure } from "../errors/failure.ts";
import type { KeyAlgorithm } from "./card-driver.ts";
import { joseSignature } from "./ecdsa-signature.ts";

/** Bytes of an RSA modulus, or of one of ECDSA's two integers. */
export const signatureSizes: Readonly<Record<KeyAlgorithm, number>> = {
  "rsa-2048": 256,
  "rsa-3072": 384,
  "p-256": 32,
  "p-384": 48,
};

export function isRsa(algorithm: KeyAlgorithm): boolean {
  return algorithm === "rsa-2048" || algorithm === "rsa-3072";
}

/** What was answered for a signature, as JWS wants it: ECDSA comes as r ‖ s from some and in DER from others. */
export function signatureIn(answer: Uint8Array, algorithm: KeyAlgorithm): Uint8Array {
  const size = signatureSizes[algorithm];
  if (answer.length === 0) throw new Failure("card-answer-malformed", { detail: "success without a signature" });
  if (!isRsa(algorithm)) return answer.length === size * 2 ? answer : joseSignature(answer, size);
  if (answer.length !== size) throw new Failure("card-answer-malformed", { detail: "signature of another length" });
  return answer;
}
