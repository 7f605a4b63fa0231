import { generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ClientCertificates } from "../../../../broker/oidc/client-certificates.ts";
import { buildSelfSigned } from "../../../../core/x509/build-self-signed.ts";

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const certificate = new X509Certificate(
  buildSelfSigned(
    {
      commonName: "client",
      serial: randomBytes(16),
      publicKey: publicKey.export({ type: "spki", format: "der" }),
      purpose: "1.3.6.1.5.5.7.3.2",
      now: Date.now(),
    },
    { algorithm: "ecdsa-sha256", sign: data => sign("sha256", data, privateKey) },
  ),
);
const pem = String(certificate);
const certificates = new ClientCertificates({ certificate: "X-Cert", verified: "X-Verified" });
const from = (remoteAddress: string | undefined, headers: Record<string, string>) => ({
  headers,
  socket: { remoteAddress },
});

describe("a certificate in a header", () => {
  test.each<[string, string]>([
    ["as nginx writes it", encodeURIComponent(pem)],
    ["as Apache writes it", pem.replaceAll("\n", " ")],
    ["as RFC 9440 writes it", `:${certificate.raw.toString("base64")}:`],
  ])("%s", (_what, written) => {
    expect(certificates.of(from("127.0.0.1", { "x-cert": written }))?.raw).toEqual(certificate.raw);
    expect(certificates.of(from("::1", { "x-cert": written }))?.raw).toEqual(certificate.raw);
    expect(certificates.of(from("::ffff:127.0.0.1", { "x-cert": written }))?.raw).toEqual(certificate.raw);
  });

  test.each<[string, string | undefined, string]>([
    ["from another machine", "10.0.0.1", encodeURIComponent(pem)],
    ["from another machine that looks like this one", "128.127.0.1", encodeURIComponent(pem)],
    ["from nowhere", undefined, encodeURIComponent(pem)],
    ["of no certificate", "127.0.0.1", "x"],
    ["of nothing", "127.0.0.1", ""],
    ["of broken encoding", "127.0.0.1", "%E0%A4%A"],
  ])("is none: %s", (_what, address, written) => {
    expect(certificates.of(from(address, { "x-cert": written }))).toBeUndefined();
  });

  test("counts as issued where the proxy says SUCCESS, from here, and nowhere else", () => {
    expect(certificates.isVerified(from("127.0.0.1", { "x-verified": "SUCCESS" }))).toBe(true);
    expect(certificates.isVerified(from("127.0.0.1", { "x-verified": "FAILED:expired" }))).toBe(false);
    expect(certificates.isVerified(from("10.0.0.1", { "x-verified": "SUCCESS" }))).toBe(false);
    const silent = new ClientCertificates({ certificate: "X-Cert", verified: undefined });
    expect(silent.isVerified(from("127.0.0.1", { "x-verified": "SUCCESS" }))).toBe(false);
    expect(silent.verifies).toBe(false);
  });

  test("names by its alternative names, not by its subject", () => {
    expect(certificates.names(from("127.0.0.1", { "x-cert": encodeURIComponent(pem) }), "client")).toBe(false);
  });
});
