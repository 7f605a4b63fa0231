import { describe, expect, test } from "vitest";
import { readCertificate } from "../../../../core/certificate/certificate.ts";
import { displayNameOf, readHolderIdentity } from "../../../../core/identity/holder-identity.ts";
import { professionNames } from "../../../../core/identity/profession-codes.ts";
import type { CertificateExtension, Name } from "../../../../core/x509/build-certificate.ts";
import { integer, nothing, octetString } from "../../../../core/x509/der-writer.ts";
import { extensions } from "../../../../core/x509/extensions.ts";
import { leafExtensions, TestAuthority } from "../../../fixtures/certificate-factory.ts";

const production = new TestAuthority("AC PERSONNES");
const testing = new TestAuthority("TEST AC PERSONNES");
const profession = (code: number) => extensions.other("1.2.250.1.71.1.2.7", integer(code));
const category = (value: number) => extensions.other("1.2.250.1.71.1.2.5", octetString(Uint8Array.of(value)));
const cardType = (value: number) => extensions.other("1.2.250.1.71.1.2.2", integer(value));

const nurse: Name = [
  [{ type: "2.5.4.6", value: "FR" }],
  [{ type: "2.5.4.10", value: "HOPITAL" }],
  [{ type: "2.5.4.11", value: "10B0057881" }],
  [{ type: "2.5.4.12", value: "Infirmier" }],
  [
    { type: "2.5.4.42", value: "Inès" },
    { type: "2.5.4.3", value: "899700218896" },
    { type: "2.5.4.4", value: "MOREL" },
  ],
];

function identityOf(subject: Name = nurse, more: CertificateExtension[] = [], authority = production) {
  return readHolderIdentity(readCertificate(authority.issue({ subject, extensions: leafExtensions(...more) })));
}

const without = (type: string): Name =>
  nurse.map(rdn => rdn.filter(attribute => attribute.type !== type)).filter(rdn => rdn.length > 0);

const withCommonName = (value: string): Name => [...without("2.5.4.3"), [{ type: "2.5.4.3", value }]];

describe("who a certificate names", () => {
  test("every member by its OID, wherever it stands", () => {
    const wanted = {
      subjectNameId: "899700218896",
      givenName: "Inès",
      familyName: "MOREL",
      professionCode: 60,
      profession: "Infirmier",
      organization: "HOPITAL",
      organizationId: "10B0057881",
      cardType: 0,
      isTest: false,
    };
    expect(identityOf(nurse, [profession(60), cardType(0), category(0)])).toEqual(wanted);
    expect(identityOf([...nurse].reverse(), [profession(60), cardType(0), category(0)])).toEqual(wanted);
  });

  test.each(["899700218896", "10003456789", "0B12345678", "310B0057881/CPE00042"])("%s is an identifier", id => {
    expect(identityOf(withCommonName(id))?.subjectNameId).toBe(id);
  });

  test.each([
    "Camille AUBERT",
    "899-700",
    "",
    "A99700218896",
    "8997",
    "899700218896/",
    "899700218896 ",
    "89970021889612345",
  ])("%j is none: nobody is named", id => {
    expect(identityOf(withCommonName(id))).toBeUndefined();
  });

  test("without identifier or family name nobody is named; without given name somebody is", () => {
    expect(identityOf(without("2.5.4.3"))).toBeUndefined();
    expect(identityOf(without("2.5.4.4"))).toBeUndefined();
    const identity = identityOf(without("2.5.4.42"));
    expect(identity && displayNameOf(identity)).toBe("MOREL");
  });

  test("the name on screens", () => {
    const identity = identityOf();
    expect(identity && displayNameOf(identity)).toBe("Inès MOREL");
  });
});

describe("the profession", () => {
  test("is the table's name for the code, then the title, then the raw code", () => {
    expect(identityOf(nurse, [profession(10)])).toMatchObject({ professionCode: 10, profession: "Médecin" });
    expect(identityOf(nurse, [profession(9_999)])).toMatchObject({ professionCode: 9_999, profession: "Infirmier" });
    expect(identityOf(nurse)).toMatchObject({ professionCode: undefined, profession: "Infirmier" });
    expect(identityOf(without("2.5.4.12"), [profession(9_999)])?.profession).toBe("9999");
    expect(identityOf(without("2.5.4.12"))?.profession).toBe("");
  });

  test("that cannot be read is none: it opens nothing that needs one", () => {
    for (const value of [nothing(), octetString(Uint8Array.of(10)), Uint8Array.of(2, 1, 0xff), new Uint8Array()]) {
      const odd = extensions.other("1.2.250.1.71.1.2.7", value);
      expect(identityOf(nurse, [odd])?.professionCode).toBeUndefined();
    }
  });

  test("the table has the professions of the demonstration", () => {
    expect([10, 21, 50, 60].map(code => professionNames[code])).toEqual([
      "Médecin",
      "Pharmacien",
      "Sage-Femme",
      "Infirmier",
    ]);
    expect(professionNames[11]).toBeUndefined();
  });
});

describe("TEST cards", () => {
  test("are known by the category or by the authority's name; others are not", () => {
    expect(identityOf(nurse, [category(0x80)])?.isTest).toBe(true);
    expect(identityOf(nurse, [category(0xff)])?.isTest).toBe(true);
    expect(identityOf(nurse, [], testing)?.isTest).toBe(true);
    expect(identityOf(nurse, [category(0)], testing)?.isTest).toBe(true);
    expect(identityOf(nurse, [category(0x7f)])?.isTest).toBe(false);
    expect(identityOf(nurse)?.isTest).toBe(false);
  });

  test("a category that cannot be read counts as TEST", () => {
    for (const value of [nothing(), octetString(new Uint8Array()), integer(0)]) {
      expect(identityOf(nurse, [extensions.other("1.2.250.1.71.1.2.5", value)])?.isTest).toBe(true);
    }
  });
});
