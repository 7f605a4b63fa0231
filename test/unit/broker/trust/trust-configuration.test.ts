import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plainDocument, stampOf, trustConfiguration, trustFrom } from "../../../../broker/trust/trust-configuration.ts";
import { toBase64 } from "../../../../core/bytes/base64.ts";
import { goodHouse } from "../../../fixtures/certificate-factory.ts";

const { root, issuing } = goodHouse();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-trust-"));
  writeFileSync(join(folder, "root.der"), root.certificate);
  const base64 = Buffer.from(issuing.certificate).toString("base64");
  writeFileSync(join(folder, "issuing.pem"), `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const written = { anchors: ["root.der"], intermediates: ["issuing.pem"], crls: ["root.crl"] };
const read = (change: object = {}) =>
  trustFrom(join(folder, "broker.json"), trustConfiguration.parse({ ...written, ...change }));

describe("the plain configuration", () => {
  test("is a document of one domain, version 0, whose lists are files alone", () => {
    expect(plainDocument(read())).toMatchObject({
      version: 0,
      domains: [
        {
          id: "configured",
          anchors: [
            { certificate: toBase64(root.certificate), purposes: ["authentication", "presence"], policies: [] },
          ],
          intermediates: [toBase64(issuing.certificate)],
          revocation: {
            sources: [`file://${join(folder, "root.crl")}`],
            sourcesOfCertificates: false,
            ocsp: { use: "never" },
            whenOld: { rule: "deny" },
          },
        },
      ],
    });
  });

  test("without anchors is none; without anchors and keys of bundles it is refused", () => {
    expect(plainDocument(read({ anchors: [], bundleKeys: ["keys.pem"] }))).toBeUndefined();
    expect(() => read({ anchors: [] })).toThrow("nobody could sign in");
  });

  test("cannot be had where a file of it is missing or is no certificate", () => {
    expect(() => plainDocument(read({ anchors: ["none.pem"] }))).toThrow("none.pem");
    writeFileSync(join(folder, "root.der"), "no certificate");
    expect(() => plainDocument(read())).toThrow();
  });

  test("has another stamp when a certificate's file is another", () => {
    const stamp = stampOf(read());
    expect(stampOf(read())).toBe(stamp);
    utimesSync(join(folder, "root.der"), 1, 1);
    expect(stampOf(read())).not.toBe(stamp);
  });
});
