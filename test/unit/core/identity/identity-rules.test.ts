import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCertificate } from "../../../../core/certificate/certificate.ts";
import { applyRules } from "../../../../core/identity/apply-rules.ts";
import { readHolderIdentity } from "../../../../core/identity/holder-identity.ts";
import { identityProfiles } from "../../../../core/identity/identity-profiles.ts";
import { type IdentityProfile, type IdentitySource, identityProfile } from "../../../../core/identity/identity-rule.ts";
import type { CertificateExtension, Name } from "../../../../core/x509/build-certificate.ts";
import {
  der,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  printableString,
  sequence,
  utf8String,
} from "../../../../core/x509/der-writer.ts";
import { extensions } from "../../../../core/x509/extensions.ts";
import { leafExtensions, TestAuthority } from "../../../fixtures/certificate-factory.ts";

const authority = new TestAuthority("AC");
const subject: Name = [
  [{ type: "2.5.4.42", value: "Camille" }],
  [{ type: "2.5.4.4", value: "AUBERT" }],
  [{ type: "2.5.4.3", value: "Dr. Camille AUBERT" }],
  [{ type: "2.5.4.11", value: "Cardiology" }],
  [{ type: "2.5.4.11", value: "E0042" }],
];
const certificateWith = (more: readonly CertificateExtension[] = [], named = subject, issuer = authority) =>
  readCertificate(issuer.issue({ subject: named, extensions: leafExtensions(...more) }));
const alternativeNames = (...names: Uint8Array[]): CertificateExtension => ({
  oid: "2.5.29.17",
  critical: false,
  value: sequence(...names),
});
const text = (value: string) => new TextEncoder().encode(value);

function found(source: IdentitySource, more: Record<string, unknown> = {}, certificate = certificateWith()) {
  const profile = identityProfile.parse({
    name: "own",
    rules: [{ name: "one", member: "subjectNameId", from: source, ...more }],
  });
  return applyRules(certificate, profile)[0]?.value;
}

describe("a rule", () => {
  const unit = { kind: "subject", attribute: "2.5.4.11" } as const;

  test("takes the first value, or the first that its pattern fits", () => {
    expect(found(unit)).toBe("Cardiology");
    expect(found(unit, { pattern: "E[0-9]{4}" })).toBe("E0042");
    expect(found(unit, { pattern: "E([0-9]{4})" })).toBe("0042");
    expect(found(unit, { pattern: "[0-9]{4}" })).toBeUndefined();
  });

  test("puts words for codes, raw codes where it has none, and a prefix", () => {
    expect(found(unit, { words: { Cardiology: "CARDIO" } })).toBe("CARDIO");
    expect(found(unit, { words: { Neurology: "NEURO" } })).toBe("Cardiology");
    expect(found(unit, { words: { toString: "no" }, prefix: "hosp:" })).toBe("hosp:Cardiology");
  });

  test("reads alternative names of each kind, and none where there are none", () => {
    const certificate = certificateWith([
      alternativeNames(
        explicit(0, objectIdentifier("1.3.6.1.4.1.311.20.2.3"), explicit(0, utf8String("camille@chu.example"))),
        implicit(1, text("c.aubert@chu.example")),
        implicit(6, text("urn:uuid:57415244-4b45-5900-0000-000000000001")),
      ),
    ]);
    const upn = { kind: "other-name", type: "1.3.6.1.4.1.311.20.2.3" } as const;
    expect(found(upn, {}, certificate)).toBe("camille@chu.example");
    expect(found({ ...upn, type: "1.2.3" }, {}, certificate)).toBeUndefined();
    expect(found({ kind: "email" }, {}, certificate)).toBe("c.aubert@chu.example");
    expect(found({ kind: "uri" }, { pattern: "urn:uuid:(.*)" }, certificate)).toMatch(/^5741/);
    for (const source of [upn, { kind: "email" }, { kind: "uri" }] as const) expect(found(source)).toBeUndefined();
  });

  test("reads an extension as number, text or digits, and nothing of the wrong kind", () => {
    const of = (value: Uint8Array, as: "number" | "text" | "hex") =>
      found({ kind: "extension", oid: "1.2.3.4", as }, {}, certificateWith([extensions.other("1.2.3.4", value)]));
    expect(of(integer(300), "number")).toBe("300");
    expect(of(printableString("A1"), "text")).toBe("A1");
    expect(of(octetString(Uint8Array.of(1, 2)), "hex")).toBe("04020102");
    expect(of(printableString("A1"), "number")).toBeUndefined();
    expect(of(integer(300), "text")).toBeUndefined();
    expect(of(printableString("A\u0007"), "text")).toBeUndefined();
    expect(of(Uint8Array.of(2, 5, 1), "number")).toBeUndefined();
  });

  test("reads the issuer, and a constant", () => {
    expect(found({ kind: "issuer", attribute: "2.5.4.3" })).toBe("AC");
    expect(found({ kind: "constant", value: "PIV" })).toBe("PIV");
  });
});

describe("a profile as configuration", () => {
  const rule = { name: "n", member: "subjectNameId", from: { kind: "email" } };
  const problem = (change: Record<string, unknown>) =>
    identityProfile.safeParse({ name: "own", rules: [{ ...rule, ...change }] }).error?.issues[0]?.path.join(".");

  test("is read with its defaults", () => {
    expect(identityProfile.parse({ name: "own", rules: [rule] }).serviceFamilies).toEqual([]);
  });

  test.each([
    ["a member that there is not", { member: "salary" }, "rules.0.member"],
    ["a pattern that is none", { pattern: "([a-z" }, "rules.0.pattern"],
    ["an OID that is none", { from: { kind: "subject", attribute: "commonName" } }, "rules.0.from.attribute"],
    ["a source that there is not", { from: { kind: "telepathy" } }, "rules.0.from.kind"],
    ["a misspelt member of a rule", { patern: ".*" }, "rules.0"],
  ])("is refused by name: %s", (_what, change, path) => {
    expect(problem(change)).toBe(path);
    expect(problem({})).toBeUndefined();
  });

  test("those that come with Wardkey are configuration too", () => {
    for (const [name, profile] of Object.entries(identityProfiles)) {
      expect(identityProfile.parse(JSON.parse(JSON.stringify(profile)))).toEqual({ ...profile, name });
    }
  });
});

describe("a PIV card", () => {
  const upn = extensions.userPrincipalName("1234567890@hospital.example");
  const read = (more: readonly CertificateExtension[], named = subject, issuer = authority) =>
    readHolderIdentity(certificateWith(more, named, issuer), identityProfiles.piv);

  test("is identified by its user principal name, and named by surname or common name", () => {
    const wanted = { subjectNameId: "1234567890@hospital.example", cardFamily: "PIV", isTest: false };
    expect(read([upn])).toMatchObject({ ...wanted, givenName: "Camille", familyName: "AUBERT" });
    expect(read([upn], [[{ type: "2.5.4.3", value: "AUBERT.CAMILLE.1234567890" }]])).toMatchObject({
      ...wanted,
      familyName: "AUBERT.CAMILLE.1234567890",
    });
  });

  test("without one, or with one that is no such name, names nobody", () => {
    expect(read([])).toBeUndefined();
    expect(read([extensions.userPrincipalName("camille")])).toBeUndefined();
    expect(read([upn], [[{ type: "2.5.4.6", value: "FR" }]])).toBeUndefined();
  });

  test("of a TEST authority is a TEST card under every profile", () => {
    expect(read([upn], subject, new TestAuthority("TEST AC"))).toMatchObject({ isTest: true });
  });
});

describe("a German health professional's card", () => {
  const info = (number?: string, oid = "1.2.276.0.76.4.30", item = "Ärztin/Arzt") =>
    sequence(
      sequence(utf8String(item)),
      sequence(objectIdentifier(oid)),
      ...(number === undefined ? [] : [printableString(number)]),
    );
  const admission = (...infos: Uint8Array[]) =>
    extensions.other("1.3.36.8.3.3", sequence(sequence(sequence(sequence(...infos)))));
  const read = (extension: CertificateExtension) =>
    readHolderIdentity(certificateWith([extension]), identityProfiles["health-professional-de"]);

  test("is identified by the Telematik-ID, with its profession", () => {
    expect(read(admission(info("1-10104242424242")))).toMatchObject({
      subjectNameId: "1-10104242424242",
      familyName: "AUBERT",
      profession: "Ärztin/Arzt",
      professionCode: undefined,
      cardFamily: "HBA",
    });
  });

  test("with an admission authority, naming authorities and additional information is read too", () => {
    const named = sequence(
      explicit(0, sequence(utf8String("Kammer"))),
      sequence(utf8String("Zahnärztin/Zahnarzt")),
      sequence(objectIdentifier("1.2.276.0.76.4.31")),
      printableString("2-2222"),
      octetString(Uint8Array.of(1)),
    );
    const authorityName = explicit(4, sequence());
    const inner = sequence(explicit(0, implicit(6, text("https://kammer.example"))), sequence(named));
    const extension = extensions.other("1.3.36.8.3.3", sequence(authorityName, sequence(inner)));
    expect(read(extension)).toMatchObject({ subjectNameId: "2-2222", profession: "Zahnärztin/Zahnarzt" });
  });

  test("whose item is missing shows the profession's name, or the raw OID", () => {
    const bare = (oid: string) => sequence(sequence(), sequence(objectIdentifier(oid)), printableString("1-1"));
    expect(read(admission(bare("1.2.276.0.76.4.32")))?.profession).toBe("Apotheker/-in");
    expect(read(admission(bare("1.2.276.0.76.4.9999")))?.profession).toBe("1.2.276.0.76.4.9999");
  });

  test("without registration number, or whose admission cannot be read, names nobody", () => {
    expect(read(admission(info()))).toBeUndefined();
    expect(read(admission(info("no number of theirs")))).toBeUndefined();
    for (const value of [
      new Uint8Array(),
      sequence(),
      sequence(sequence(integer(1))),
      der(0x30, Uint8Array.of(0x30)),
      sequence(sequence(sequence(sequence(integer(1))))),
    ]) {
      expect(read(extensions.other("1.3.36.8.3.3", value))).toBeUndefined();
    }
  });

  test("whatever bytes stand in the extension, reading ends with a name or with none", () => {
    const good = admission(info("1-1")).value;
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const value = Uint8Array.from(good, (old, index) => (index === at ? byte : old));
        const identity = read(extensions.other("1.3.36.8.3.3", value));
        expect(identity === undefined || identity.familyName === "AUBERT").toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

const real = join(import.meta.dirname, "../../../../../shared/igc-sante-test/cpe-authentication.pem");

describe.skipIf(!existsSync(real))("the agency's own test card (skipped where its file is not there)", () => {
  const read = (profile: IdentityProfile) =>
    readHolderIdentity(readCertificate(new X509Certificate(readFileSync(real)).raw), profile);

  test("names an employee of a hospital, on a TEST card", () => {
    expect(read(identityProfiles["health-professional-fr"])).toEqual({
      subjectNameId: "30B0057881/CPET0002",
      register: "FINESS",
      givenName: "CHARLES",
      familyName: "ADMINISTRATIF-CH057880002",
      professionCode: undefined,
      futureProfessionCode: undefined,
      profession: "Personnel santé ou social",
      organization: "HOPITAL DES 3 DAMES",
      organizationId: "10B0057881",
      organizationRegister: "FINESS",
      cardFamily: "CDE/CPE",
      cardNumber: "8025000001/2600301752",
      userPrincipalName: "30B0057881/CPET0002@carte-cps.fr",
      isTest: true,
      isNominative: true,
    });
    expect(read(identityProfiles["health-professional-de"])).toBeUndefined();
  });
});
