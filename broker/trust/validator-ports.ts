import { createHash } from "node:crypto";
import type { ValidatorPorts } from "../../core/certificate/knowledge.ts";
import { nodeSignatureVerifier } from "./node-signature-verifier.ts";

/** What a certificate's verdict needs of the machine: signatures and digests by OpenSSL. */
export function validatorPorts(signatures = nodeSignatureVerifier()): ValidatorPorts {
  return {
    signatures,
    sha1: bytes => createHash("sha1").update(bytes).digest(),
    sha256: bytes => createHash("sha256").update(bytes).digest(),
  };
}
