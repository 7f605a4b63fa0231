import { describe, expect, test } from "vitest";
import { readCertificate } from "../../../../core/certificate/certificate.ts";
import { displayNameOf, readHolderIdentity } from "../../../../core/identity/holder-identity.ts";
import { professionNames } from "../../../../core/identity/profession-codes.ts";
import type { CertificateExtension, Name } from "../../../../core/x509/build-certificate.ts";
import { integer, nothing, octetString, printableString } from "../../../../core/x509/der-writer.ts";
import { extensions } from "../../../../core/x509/extensions.ts";
import { leafExtensions, TestAuthority } from "../../../fixtures/certificate-factory.ts";

const production = new TestAuthority("AC PERSONNES");
const testing = new TestAuthority("TEST AC PERSONNES");
const profession = (code: number) => extensions.other("1.2.250.1.71.1.2.7", integer(code));
const futureProfession = (code: number) => extensions.other("1.2.250.1.71.1.2.8", integer(code));
const category = (value: number) => extensions.other("1.2.250.1.71.1.2.5", octetString(Uint8Array.of(value)));
const cardType = (value: number) => extensions.other("1.2.250.1.71.1.2.2", integer(value));
const cardId = extensions.other("1.2.250.1.71.1.2.3", printableString("8025000001/2600301752"));

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

const without = (...types: string[]): Name =>
  nurse.map(rdn => rdn.filter(attribute => !types.includes(attribute.type))).filter(rdn => rdn.length > 0);

const withAttribute = (type: string, value: string): Name => [...without(type), [{ type, value }]];
const withCommonName = (value: string): Name => withAttribute("2.5.4.3", value);

describe("who a certificate names", () => {
  test("every member by its OID, wherever it stands", () => {
    const wanted = {
      subjectNameId: "899700218896",
      register: "RPPS",
      givenName: "Inès",
      familyName: "MOREL",
      professionCode: 60,
      futureProfessionCode: undefined,
      profession: "Infirmier",
      organization: "HOPITAL",
      organizationId: "10B0057881",
      organizationRegister: "FINESS",
      cardFamily: "CPS",
      cardNumber: "8025000001/2600301752",
      userPrincipalName: "899700218896@carte-cps.fr",
      isTest: false,
      isNominative: true,
    };
    const more = [
      profession(60),
      cardType(0),
      category(0),
      cardId,
      extensions.userPrincipalName("899700218896@carte-cps.fr"),
    ];
    expect(identityOf(nurse, more)).toEqual(wanted);
    expect(identityOf([...nurse].reverse(), more)).toEqual(wanted);
  });

  test.each([
    ["899700218896", "RPPS"],
    ["00B6077602", "ADELI"],
    ["10003456789", "ADELI, cabinet"],
    ["310B0057881/CPE00042", "FINESS"],
    ["30B0057881/CPET0002", "FINESS"],
    ["712345678", "7"],
  ])("%s is an identifier of register %s", (id, register) => {
    expect(identityOf(withCommonName(id))).toMatchObject({ subjectNameId: id, register });
  });

  test.each([
    "Camille AUBERT",
    "899-700",
    "",
    "A99700218896",
    "8997",
    "89970021889",
    "89970021889B",
    "0123456789/1",
    "012345678",
    "310B0057881/",
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

  test.each([
    ["turns the text around", "MOREL\u202eTREBUA"],
    ["has a control character", "MO\u0000REL"],
    ["is longer than a name", "M".repeat(129)],
  ])("a family name that %s names nobody", (_what, value) => {
    expect(identityOf(withAttribute("2.5.4.4", value))).toBeUndefined();
    expect(identityOf(withAttribute("2.5.4.4", "M".repeat(128)))).toBeDefined();
  });

  test("a structure's register that no table knows is shown raw", () => {
    expect(identityOf(withAttribute("2.5.4.11", "9XYZ"))).toMatchObject({ organizationRegister: "9" });
    expect(identityOf(withAttribute("2.5.4.11", "Cardiology"))?.organizationRegister).toBeUndefined();
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

  test("of the future gives no rights of the present", () => {
    const student = identityOf(nurse, [cardType(1), futureProfession(10)]);
    expect(student).toMatchObject({ cardFamily: "CPF", futureProfessionCode: 10, professionCode: undefined });
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

describe("the card's family", () => {
  test.each([
    [0, "CPS"],
    [1, "CPF"],
    [2, "CDE/CPE"],
    [3, "CDA/CPA"],
    [7, "7"],
  ])("type %i is %s", (type, family) => {
    expect(identityOf(nurse, [cardType(type)])?.cardFamily).toBe(family);
  });

  test("that the certificate does not tell, or that cannot be read, is none", () => {
    expect(identityOf()?.cardFamily).toBeUndefined();
    const odd = extensions.other("1.2.250.1.71.1.2.2", octetString(Uint8Array.of(0)));
    expect(identityOf(nurse, [odd])?.cardFamily).toBeUndefined();
  });
});

describe("a service's card", () => {
  test.each([2, 3])("of type %i is one without given name or without family name", type => {
    expect(identityOf(nurse, [cardType(type)])).toMatchObject({ isNominative: true });
    for (const subject of [without("2.5.4.42"), without("2.5.4.4"), without("2.5.4.4", "2.5.4.42")]) {
      expect(identityOf(subject, [cardType(type)])).toMatchObject({ isNominative: false });
    }
  });

  test("is never of a family of persons' own cards", () => {
    expect(identityOf(without("2.5.4.42"), [cardType(0)])).toMatchObject({ isNominative: true });
    expect(identityOf(without("2.5.4.4"), [cardType(0)])).toBeUndefined();
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
    const odd = [nothing(), octetString(new Uint8Array()), octetString(Uint8Array.of(0, 0)), integer(0)];
    for (const value of [...odd, new Uint8Array()]) {
      expect(identityOf(nurse, [extensions.other("1.2.250.1.71.1.2.5", value)])?.isTest).toBe(true);
    }
  });
});
