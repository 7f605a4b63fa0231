import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { CertificateJudge } from "../../../broker/services/certificate-judge.ts";
import type { GivenChallenge } from "../../../broker/services/challenge-book.ts";
import { judgeProof } from "../../../broker/services/proof-verdict.ts";
import { nodeSignatureVerifier } from "../../../broker/trust/node-signature-verifier.ts";
import { assembleProof, type ProofAlgorithm, proofSigningInput } from "../../../core/proof/proof.ts";
import { rsaKey, spkiOf, TestAuthority } from "../../fixtures/certificate-factory.ts";
import { malformedEcdsaPlain, malformedPkcs1, type SignatureMaker } from "../../fixtures/malformed-signatures.ts";

const rsa = rsaKey();
const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey;
const authority = new TestAuthority("CARDS");

/** The PIN's key was judged when the challenge was given: its certificate is not judged again. */
const judge = {
  judge: () => Promise.reject(new Error("judged again")),
} as unknown as CertificateJudge;

function givenTo(key: KeyObject): GivenChallenge {
  return {
    challenge: {
      nonce: "n".repeat(43),
      origin: "https://broker.example",
      brokerKey: "k",
      workstation: "w",
      purpose: "sign-in",
      key: "authentication",
    },
    givenAt: 0,
    certificate: authority.issue({ publicKey: spkiOf(key) }),
    holder: { id: "899700218896", displayName: "Inès MOREL", profession: "Infirmier", professionCode: 60 },
    publicKey: spkiOf(key),
    remarks: {},
  };
}

type Family = readonly [ProofAlgorithm, KeyObject, Readonly<Record<string, SignatureMaker>>];
const families: readonly Family[] = [
  ["RS256", rsa, malformedPkcs1(rsa)],
  ["ES256", p256, malformedEcdsaPlain(p256, "sha256")],
  ["ES384", p384, malformedEcdsaPlain(p384, "sha384")],
];

describe.each(families)("a card's proof by %s", (algorithm, key, makers) => {
  const given = givenTo(key);
  const input = proofSigningInput(given.challenge, given.certificate, algorithm);
  const data = new TextEncoder().encode(input);

  test.each(Object.entries(makers))("with a signature that is %s", async (name, sign) => {
    const verdict = await judgeProof(assembleProof(input, sign(data)), given, judge, nodeSignatureVerifier());
    if (name === "good") expect(verdict).toMatchObject({ holds: true, holder: { id: "899700218896" } });
    // Without any signature it is no proof at all.
    else expect(verdict).toMatchObject({ holds: false, code: expect.stringMatching(/^proof-/) });
  });

  test("under another algorithm's name, or for another challenge, is none", async () => {
    const good = makers["good"]?.(data) ?? new Uint8Array();
    const verdictOn = (proof: string, about = given) => judgeProof(proof, about, judge, nodeSignatureVerifier());
    for (const [other] of families.filter(([one]) => one !== algorithm)) {
      const renamed = proofSigningInput(given.challenge, given.certificate, other);
      expect((await verdictOn(assembleProof(renamed, good))).holds).toBe(false);
    }
    const another = { ...given, challenge: { ...given.challenge, nonce: "m".repeat(43) } };
    expect(await verdictOn(assembleProof(input, good), another)).toMatchObject({ code: "proof-mismatch" });
    // Neither purpose answers for the other.
    const raising = { ...given, challenge: { ...given.challenge, purpose: "step-up" as const } };
    expect(await verdictOn(assembleProof(input, good), raising)).toMatchObject({ code: "proof-mismatch" });
    const raisingInput = proofSigningInput(raising.challenge, given.certificate, algorithm);
    const raised = assembleProof(raisingInput, makers["good"]?.(new TextEncoder().encode(raisingInput)) ?? good);
    expect(await verdictOn(raised, raising)).toMatchObject({ holds: true });
    expect(await verdictOn(raised)).toMatchObject({ code: "proof-mismatch" });
  });
});
