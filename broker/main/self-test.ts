import { generateKeyPairSync, sign } from "node:crypto";
import { Failure } from "../../core/errors/failure.ts";
import type { SignatureVerifier } from "../../core/ports/signature-verifier.ts";
import { assembleProof, proofAnswers, proofSigningInput, readProof } from "../../core/proof/proof.ts";

const rounds = 50;

/**
 * Before the door opens, the verifier has to accept a good proof and refuse one for another purpose and one whose signature was
 * touched; a library that does not, opens nothing. Throws `internal`. The rounds also bring the code to its working speed, so
 * that the first person of the day does not wait for it.
 */
export function testVerifier(signatures: SignatureVerifier): void {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const challenge = {
    nonce: "self-test",
    origin: "self-test",
    brokerKey: "",
    workstation: "",
    purpose: "sign-in",
    key: "authentication",
  } as const;
  for (let round = 0; round < rounds; round += 1) {
    const input = proofSigningInput(challenge, spki, "ES256");
    const signature = sign("sha256", Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" });
    const proof = readProof(assembleProof(input, signature));
    const touched = Uint8Array.from(signature, (byte, index) => (index === round ? byte ^ 1 : byte));
    const verifies = (bytes: Uint8Array) =>
      signatures.verify({ kind: "ecdsa", hash: "sha256", encoding: "p1363" }, spki, Buffer.from(input), bytes);
    const holds =
      proof !== undefined &&
      proofAnswers(proof, challenge) &&
      !proofAnswers(proof, { ...challenge, purpose: "resume" }) &&
      verifies(signature) &&
      !verifies(touched);
    if (!holds) throw new Failure("internal", { detail: "the proof verifier failed its self-test" });
  }
}
