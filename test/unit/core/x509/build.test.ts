import { X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { describe, expect, test } from "vitest";
import { readCertificate } from "../../../../core/certificate/certificate.ts";
import { readCertificateList } from "../../../../core/certificate/certificate-list.ts";
import { attributeOf } from "../../../../core/certificate/distinguished-name.ts";
import { extensions } from "../../../../core/x509/extensions.ts";
import { day, factoryNow, goodHouse, leafExtensions, rsaKey, spkiOf } from "../../../fixtures/certificate-factory.ts";

const { root, issuing } = goodHouse();

describe("certificates that we build", () => {
  const identifier = Uint8Array.of(1, 2, 3, 4);
  const leaf = issuing.issue({
    serial: Uint8Array.of(0x80, 1),
    extensions: leafExtensions(
      extensions.subjectKeyIdentifier(identifier),
      extensions.authorityKeyIdentifier(identifier),
      extensions.certificatePolicies("1.2.250.1.213.1.7.2.1.1.1.1"),
      extensions.crlDistributionPoint("http://pki.invalid/a.crl"),
      extensions.userPrincipalName("899700218896@carte-cps.fr"),
    ),
  });

  test("are what OpenSSL reads", () => {
    const read = new X509Certificate(leaf);
    expect(read.subject).toBe("C=FR\nCN=899700218896");
    expect(read.issuer).toBe("C=FR\nCN=ISSUING");
    // A positive number, though its first bit is set.
    expect(read.serialNumber).toBe("8001");
    expect(read.ca).toBe(false);
    expect(read.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
    expect(read.verify(new X509Certificate(issuing.certificate).publicKey)).toBe(true);
    expect(read.verify(new X509Certificate(root.certificate).publicKey)).toBe(false);
    expect(new X509Certificate(issuing.certificate).ca).toBe(true);
  });

  test("are what pkijs reads", () => {
    const read = pkijs.Certificate.fromBER(leaf);
    expect(read.notBefore.value.getTime()).toBe(factoryNow - 10 * day);
    expect(read.notAfter.value.getTime()).toBe(factoryNow + 10 * day);
    const oids = read.extensions?.map(({ extnID, critical }) => `${extnID} ${critical}`);
    expect(oids).toEqual([
      "2.5.29.19 true",
      "2.5.29.15 true",
      "2.5.29.37 false",
      "2.5.29.14 false",
      "2.5.29.35 false",
      "2.5.29.32 false",
      "2.5.29.31 false",
      "2.5.29.17 false",
    ]);
  });

  test("are what our own reader reads", () => {
    const read = readCertificate(leaf);
    expect(attributeOf(read.subject, "2.5.4.3")).toBe("899700218896");
    expect([...read.serial]).toEqual([0, 0x80, 1]);
    expect(read.notAfter).toBe(factoryNow + 10 * day);
    expect(read).toMatchObject({ isAuthority: false, keyKind: { kind: "ec", curve: "p-256" } });
    expect([...(read.keyUsage ?? [])]).toEqual([0]);
    expect(readCertificate(issuing.certificate)).toMatchObject({ isAuthority: true, pathLength: 0 });
    expect(readCertificate(issuing.issue({ publicKey: spkiOf(rsaKey(2048)) })).keyKind).toEqual({
      kind: "rsa",
      bits: 2048,
    });
  });
});

describe("lists that we build", () => {
  const serial = Uint8Array.of(0x90, 2);
  const list = issuing.crl({ revoked: [{ serial, at: factoryNow - day }] });

  test("are what pkijs reads", () => {
    const read = pkijs.CertificateRevocationList.fromBER(list);
    expect(read.thisUpdate.value.getTime()).toBe(factoryNow - day);
    expect(read.nextUpdate?.value.getTime()).toBe(factoryNow + day);
    expect(read.revokedCertificates?.map(one => one.userCertificate.toBigInt())).toEqual([0x9002n]);
    expect(read.isCertificateRevoked(pkijs.Certificate.fromBER(issuing.issue({ serial })))).toBe(true);
    expect(read.isCertificateRevoked(pkijs.Certificate.fromBER(issuing.issue()))).toBe(false);
  });

  test("are what our own reader reads", () => {
    const read = readCertificateList(list);
    expect(read.entries.entryOf(Uint8Array.of(0, 0x90, 2), read.issuer.key)).toBeDefined();
    expect(read.entries.entryOf(Uint8Array.of(0x10, 2), read.issuer.key)).toBeUndefined();
    expect(readCertificateList(issuing.crl()).entries.count).toBe(0);
    expect(asn1js.fromBER(list).offset).toBe(list.length);
  });
});
