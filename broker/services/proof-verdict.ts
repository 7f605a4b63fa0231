import { equalBytes } from "../../core/bytes/bytes.ts";
import type { FailureCode } from "../../core/errors/catalogue.ts";
import type { SignatureScheme, SignatureVerifier } from "../../core/ports/signature-verifier.ts";
import { type ProofAlgorithm, proofAnswers, type ReceivedProof, readProof } from "../../core/proof/proof.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import type { CardRemarks, CertificateJudge } from "./certificate-judge.ts";
import type { GivenChallenge } from "./challenge-book.ts";

export type ProofVerdict =
  | {
      readonly holds: true;
      readonly holder: SessionHolder;
      /** The certificate whose key made the proof, DER. */
      readonly certificate: Uint8Array;
      readonly remarks: CardRemarks;
    }
  | { readonly holds: false; readonly code: FailureCode; readonly detail: string };

interface Proving {
  readonly given: GivenChallenge;
  readonly proof: ReceivedProof;
  readonly judge: CertificateJudge;
  readonly signatures: SignatureVerifier;
}

const schemes: Readonly<Record<ProofAlgorithm, SignatureScheme>> = {
  RS256: { kind: "rsa-pkcs1", hash: "sha256" },
  ES256: { kind: "ecdsa", hash: "sha256", encoding: "p1363" },
  ES384: { kind: "ecdsa", hash: "sha384", encoding: "p1363" },
};
const encoder = new TextEncoder();

/**
 * Whether a card's answer to a challenge holds (design D1). The broker compares with what it rebuilds from its own record,
 * and judges the certificate again: a minute has passed.
 */
export async function judgeProof(
  compact: string,
  given: GivenChallenge,
  judge: CertificateJudge,
  signatures: SignatureVerifier,
): Promise<ProofVerdict> {
  const proof = readProof(compact);
  if (proof === undefined) return { holds: false, code: "proof-mismatch", detail: "not a proof" };
  return checkAnswersChallenge({ given, proof, judge, signatures });
}

async function checkAnswersChallenge(proving: Proving): Promise<ProofVerdict> {
  const { given, proof } = proving;
  if (!proofAnswers(proof, given.challenge))
    return { holds: false, code: "proof-mismatch", detail: "made for another challenge" };
  return checkCertificate(proving);
}

/**
 * The certificate of the PIN's key was judged, path and revocation, when the challenge was given less than a minute ago
 * (design D2): it has to be that very one. The presence key's is seen here for the first time.
 */
async function checkCertificate(proving: Proving): Promise<ProofVerdict> {
  const { given, proof, judge } = proving;
  if (given.challenge.key === "authentication") {
    if (equalBytes(proof.certificate, given.certificate)) return checkSignature(proving, given);
    return { holds: false, code: "proof-mismatch", detail: "another certificate than the one shown" };
  }
  const judgement = await judge.judge(proof.certificate, "presence");
  if (!judgement.fit) return { holds: false, code: judgement.code, detail: judgement.detail };
  if (judgement.holder.id !== given.holder.id)
    return { holds: false, code: "proof-mismatch", detail: "the presence key names another holder" };
  return checkSignature(proving, judgement);
}

function checkSignature(
  { given, proof, signatures }: Proving,
  { publicKey, remarks }: { readonly publicKey: Uint8Array; readonly remarks: CardRemarks },
): ProofVerdict {
  const signed = signatures.verify(
    schemes[proof.algorithm],
    publicKey,
    encoder.encode(proof.signingInput),
    proof.signature,
  );
  if (!signed) return { holds: false, code: "proof-signature-wrong", detail: proof.algorithm };
  return { holds: true, holder: given.holder, certificate: proof.certificate, remarks };
}
