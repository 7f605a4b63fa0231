import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { CompactSign } from "jose";
import { describe, expect, test } from "vitest";
import { openTrustBundle, signTrustDocument } from "../../../../broker/trust/trust-bundle.ts";
import { toBase64 } from "../../../../core/bytes/base64.ts";
import { goodHouse } from "../../../fixtures/certificate-factory.ts";

const { material } = goodHouse();
const document = {
  version: 3,
  domains: [{ id: "house", anchors: material.anchors.map(der => ({ certificate: toBase64(der) })) }],
};
const ours = generateKeyPairSync("ec", { namedCurve: "P-256" });
const edwards = generateKeyPairSync("ed25519");
const others = generateKeyPairSync("ec", { namedCurve: "P-256" });
const privatePem = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();
const publicPem = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();
const refused = (detail: string) =>
  expect.objectContaining({ code: "trust-bundle-refused", detail: expect.stringContaining(detail) });
const signed = (payload: string, header: object = {}) =>
  new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ typ: "wardkey-trust", alg: "ES256", ...header })
    .sign(ours.privateKey);

describe("a trust bundle", () => {
  test.each([
    ["P-256", ours],
    ["Ed25519", edwards],
  ])("is opened with the key that signed it: %s", async (_, { privateKey, publicKey }) => {
    const bundle = await signTrustDocument(document, privatePem(privateKey));
    const keys = [publicPem(others.publicKey), publicPem(publicKey)];
    expect(await openTrustBundle(`${bundle}\n`, keys)).toMatchObject({ version: 3, domains: [{ id: "house" }] });
    await expect(openTrustBundle(bundle, [publicPem(others.publicKey)])).rejects.toEqual(
      refused("not signed by a key"),
    );
    await expect(openTrustBundle(bundle, [])).rejects.toEqual(refused("not signed by a key"));
  });

  test("is refused where any of its three parts is touched, or cut", async () => {
    const bundle = await signTrustDocument(document, privatePem(ours.privateKey));
    const keys = [publicPem(ours.publicKey)];
    const parts = bundle.split(".");
    for (let part = 0; part < 3; part += 1) {
      const touched = parts.map((text, index) =>
        index === part ? `${text[0] === "e" ? "f" : "e"}${text.slice(1)}` : text,
      );
      await expect(openTrustBundle(touched.join("."), keys)).rejects.toEqual(refused(""));
    }
    for (const length of [0, 10, Math.floor(bundle.length / 2), bundle.length - 4])
      await expect(openTrustBundle(bundle.slice(0, length), keys)).rejects.toEqual(refused("not signed by a key"));
  });

  test.each([
    ["for something else", () => signed(JSON.stringify(document), { typ: "JWT" }), "signed for something else"],
    ["and is no JSON", () => signed("{"), "no JSON"],
    ["and is no trust document", () => signed(JSON.stringify({ ...document, domains: [] })), "no trust document"],
    ["with a member that nobody knows", () => signed(JSON.stringify({ ...document, more: 1 })), "no trust document"],
    ["as version 0", () => signed(JSON.stringify({ ...document, version: 0 })), "begins at 1"],
    [
      "with a certificate that cannot be read",
      () => signed(JSON.stringify({ ...document, domains: [{ id: "house", anchors: [{ certificate: "AAAA" }] }] })),
      "no trust document",
    ],
  ])("that our key signed %s is refused", async (_, bundle, detail) => {
    await expect(openTrustBundle(await bundle(), [publicPem(ours.publicKey)])).rejects.toEqual(refused(detail));
  });

  test("is not signed with a key of another kind", async () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    await expect(signTrustDocument(document, privatePem(rsa))).rejects.toEqual(refused("neither P-256 nor Ed25519"));
  });
});
