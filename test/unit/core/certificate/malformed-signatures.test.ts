import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { nodeSignatureVerifier } from "../../../../broker/trust/node-signature-verifier.ts";
import type { SignatureScheme } from "../../../../core/ports/signature-verifier.ts";
import type { Signer } from "../../../../core/x509/build-certificate.ts";
import { explicit, integer, nothing, objectIdentifier, sequence } from "../../../../core/x509/der-writer.ts";
import { rsaKey, signerOf, spkiOf, TestAuthority, verdictOf } from "../../../fixtures/certificate-factory.ts";
import {
  malformedEcdsaDer,
  malformedEcdsaPlain,
  malformedPkcs1,
  malformedPss,
  type SignatureMaker,
} from "../../../fixtures/malformed-signatures.ts";
import { ocspAnswer } from "../../../fixtures/ocsp-answer.ts";

const curve = (namedCurve: string) => generateKeyPairSync("ec", { namedCurve }).privateKey;
const rsa = rsaKey();
const p256 = curve("P-256");
const p384 = curve("P-384");

const sha256 = sequence(objectIdentifier("2.16.840.1.101.3.4.2.1"), nothing());
const mask = sequence(objectIdentifier("1.2.840.113549.1.1.8"), sha256);
const pssParameters = sequence(explicit(0, sha256), explicit(1, mask), explicit(2, integer(32)));
const pss = sequence(objectIdentifier("1.2.840.113549.1.1.10"), pssParameters);

type Family = readonly [string, KeyObject, Signer["algorithm"], Readonly<Record<string, SignatureMaker>>];
const families: readonly Family[] = [
  ["RSA PKCS#1 v1.5", rsa, "rsa-sha256", malformedPkcs1(rsa)],
  ["RSA PSS", rsa, pss, malformedPss(rsa)],
  ["ECDSA P-256", p256, "ecdsa-sha256", malformedEcdsaDer(p256)],
  ["ECDSA P-384", p384, "ecdsa-sha256", malformedEcdsaDer(p384)],
];

describe.each(families)("%s: a malformed signature", (_, key, algorithm, makers) => {
  const authority = new TestAuthority("SIGNER", undefined, {}, key);
  const house = { anchors: [authority.certificate], intermediates: [], crls: [authority.crl()] };
  const leaf = authority.issue();

  test.each(Object.entries(makers))("%s", (name, sign) => {
    const signer = { algorithm, sign };
    const isGood = name === "good";
    expect(verdictOf(house, authority.issue({}, signer))).toBe(isGood ? "valid" : "signature-wrong");
    const unknown = isGood ? "valid" : "revocation-unknown";
    expect(verdictOf({ ...house, crls: [authority.crl({}, signer)] }, leaf)).toBe(unknown);
    const answer = ocspAnswer({ about: leaf, issuer: authority, signer });
    expect(verdictOf({ ...house, crls: [] }, leaf, undefined, [answer])).toBe(unknown);
  });

  test("over the key of another type, or another key", () => {
    const good = makers["good"] ?? signerOf(key).sign;
    for (const other of [rsaKey(), curve("P-256"), generateKeyPairSync("ed25519").privateKey]) {
      const impostor = new TestAuthority("SIGNER", undefined, { publicKey: spkiOf(other) }, key);
      const its = { anchors: [impostor.certificate], intermediates: [], crls: [impostor.crl()] };
      expect(verdictOf(its, impostor.issue({}, { algorithm, sign: good }))).toBe("signature-wrong");
    }
  });
});

describe("in a card's proof", () => {
  const verifier = nodeSignatureVerifier();
  const data = new TextEncoder().encode("header.payload");
  const proofs: readonly (readonly [string, KeyObject, SignatureScheme, Readonly<Record<string, SignatureMaker>>])[] = [
    ["RS256", rsa, { kind: "rsa-pkcs1", hash: "sha256" }, malformedPkcs1(rsa)],
    ["ES256", p256, { kind: "ecdsa", hash: "sha256", encoding: "p1363" }, malformedEcdsaPlain(p256, "sha256")],
    ["ES384", p384, { kind: "ecdsa", hash: "sha384", encoding: "p1363" }, malformedEcdsaPlain(p384, "sha384")],
  ];

  test.each(proofs)("%s: only the good one is accepted", (_, key, scheme, makers) => {
    const accepted = Object.entries(makers).filter(([, sign]) =>
      verifier.verify(scheme, spkiOf(key), data, sign(data)),
    );
    expect(accepted.map(([name]) => name)).toEqual(["good"]);
  });

  test("ES256 is not made by a key of 384 bits", () => {
    const signature = sign("sha256", data, { key: p384, dsaEncoding: "ieee-p1363" });
    const [, , scheme] = proofs[1] ?? [];
    expect(scheme && verifier.verify(scheme, spkiOf(p384), data, signature)).toBe(false);
  });

  test("a key of another type verifies nothing", () => {
    for (const [, , scheme, makers] of proofs) {
      const signature = makers["good"]?.(data) ?? new Uint8Array();
      const others = [rsaKey(), curve("P-256"), curve("P-384")];
      expect(others.filter(key => verifier.verify(scheme, spkiOf(key), data, signature))).toEqual([]);
    }
  });
});
