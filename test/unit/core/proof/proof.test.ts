import { createPublicKey, sign } from "node:crypto";
import { compactVerify } from "jose";
import { describe, expect, test } from "vitest";
import { toBase64Url } from "../../../../core/bytes/base64.ts";
import type { Challenge } from "../../../../core/proof/challenge.ts";
import { assembleProof, proofAnswers, proofSigningInput, readProof } from "../../../../core/proof/proof.ts";
import { ecKey } from "../../../fixtures/certificate-factory.ts";

const challenge: Challenge = {
  nonce: "A".repeat(43),
  origin: "https://broker.invalid:8443",
  brokerKey: "B".repeat(43),
  workstation: "CARDIO-01",
  purpose: "sign-in",
  key: "authentication",
};
const certificate = Uint8Array.from({ length: 40 }, (_, index) => index);
const key = ecKey();
const signingInput = proofSigningInput(challenge, certificate, "ES256");
const signature = sign("sha256", Buffer.from(signingInput), { key, dsaEncoding: "ieee-p1363" });
const proof = assembleProof(signingInput, signature);
const text = (value: unknown) =>
  toBase64Url(new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value)));
const [header = "", payload = "", signed = ""] = proof.split(".");
const x5c = [Buffer.from(certificate).toString("base64")];

describe("a proof", () => {
  test("is a JWS that jose verifies, with the certificate in its header", async () => {
    const { protectedHeader, payload: bytes } = await compactVerify(proof, createPublicKey(key));
    expect(protectedHeader).toEqual({ typ: "wardkey-proof+jwt", alg: "ES256", x5c });
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual({
      nonce: challenge.nonce,
      aud: challenge.origin,
      brk: challenge.brokerKey,
      wks: challenge.workstation,
      purpose: "sign-in",
      key: "authentication",
    });
    await expect(compactVerify(proof, createPublicKey(ecKey()))).rejects.toThrow();
  });

  test("is read as it was made, and answers its challenge", () => {
    const read = readProof(proof);
    expect(read).toEqual({ algorithm: "ES256", certificate, signingInput, signature: new Uint8Array(signature) });
    expect(read && proofAnswers(read, challenge)).toBe(true);
  });

  test.each<[string, Partial<Challenge>]>([
    ["nonce", { nonce: "C".repeat(43) }],
    ["origin", { origin: "https://other.invalid:8443" }],
    ["broker key", { brokerKey: "C".repeat(43) }],
    ["workstation", { workstation: "CARDIO-02" }],
    ["purpose", { purpose: "resume" }],
    ["key", { key: "presence" }],
  ])("made for another %s does not answer", (_, change) => {
    const read = readProof(proof);
    if (read === undefined) throw new Error("unread");
    expect(proofAnswers(read, { ...challenge, ...change })).toBe(false);
  });

  test("with another certificate or algorithm in the header, the signature is over something else", async () => {
    const other = proofSigningInput(
      challenge,
      certificate.map(byte => byte ^ 1),
      "ES256",
    );
    expect(other).not.toBe(signingInput);
    await expect(compactVerify(assembleProof(other, signature), createPublicKey(key))).rejects.toThrow();
    expect(proofSigningInput(challenge, certificate, "ES384")).not.toBe(signingInput);
  });
});

describe("what is no proof", () => {
  const header2 = (value: unknown) => `${text(value)}.${payload}.${signed}`;
  const typ = "wardkey-proof+jwt";

  test("the header, written by hand as it should be, is one", () => {
    expect(readProof(header2({ typ, alg: "ES256", x5c }))).toBeDefined();
  });

  test.each([
    ["nothing", ""],
    ["two parts", `${header}.${payload}`],
    ["four parts", `${proof}.${signed}`],
    ["padding", `${header}.${payload}.${signed}=`],
    ["a signature that is no base64url", `${header}.${payload}.+/`],
    ["a header that is no base64url", `!.${payload}.${signed}`],
    ["a header that is no JSON", header2("{")],
    ["a header that is no UTF-8", `${toBase64Url(Uint8Array.of(0xff))}.${payload}.${signed}`],
    ["a header that is no object", header2("null")],
    ["a header that is a list", header2([])],
    ["the algorithm none", header2({ typ, alg: "none", x5c })],
    ["a symmetric algorithm", header2({ typ, alg: "HS256", x5c })],
    ["another type", header2({ typ: "JWT", alg: "ES256", x5c })],
    ["another order", header2({ alg: "ES256", typ, x5c })],
    ["a member more", header2({ typ, alg: "ES256", x5c, kid: "1" })],
    ["a key of its own", header2({ typ, alg: "ES256", x5c, jwk: {} })],
    ["a member twice", header2(`{"typ":"${typ}","alg":"none","alg":"ES256","x5c":${JSON.stringify(x5c)}}`)],
    ["blanks", header2(`{"typ":"${typ}", "alg":"ES256","x5c":${JSON.stringify(x5c)}}`)],
    ["no certificate", header2({ typ, alg: "ES256", x5c: [] })],
    ["two certificates", header2({ typ, alg: "ES256", x5c: [...x5c, ...x5c] })],
    ["a certificate in base64url", header2({ typ, alg: "ES256", x5c: ["-_-_"] })],
    ["a certificate that is no text", header2({ typ, alg: "ES256", x5c: [1] })],
    ["a byte order mark", header2(`\ufeff{"typ":"${typ}","alg":"ES256","x5c":${JSON.stringify(x5c)}}`)],
  ])("%s", (_, compact) => {
    expect(readProof(compact)).toBeUndefined();
  });

  test("a tampered payload is read, but answers nothing", () => {
    const forged = readProof(`${header}.${text({ nonce: challenge.nonce })}.${signed}`);
    if (forged === undefined) throw new Error("unread");
    expect(proofAnswers(forged, challenge)).toBe(false);
  });

  test("every single character that is changed is refused, or answers nothing, or is in the signature", () => {
    const end = header.length + payload.length + 1;
    const accepted: number[] = [];
    for (let at = 0; at < end; at += 1) {
      const changed = `${proof.slice(0, at)}${proof[at] === "A" ? "B" : "A"}${proof.slice(at + 1)}`;
      const read = readProof(changed);
      if (read === undefined) continue;
      // A changed certificate is another certificate: the proof is for it, and its signature is not.
      const isForged = proofAnswers(read, challenge) && Buffer.from(read.certificate).equals(certificate);
      if (isForged) accepted.push(at);
    }
    expect(accepted).toEqual([]);
  });
});
