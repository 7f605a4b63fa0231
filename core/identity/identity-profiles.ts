import { cardTypes } from "./card-types.ts";
import { germanProfessions } from "./german-professions.ts";
import type { IdentityProfile, IdentityRule } from "./identity-rule.ts";
import { professionNames } from "./profession-codes.ts";
import { personRegisters, structureRegisters } from "./registers.ts";

const subject = {
  commonName: "2.5.4.3",
  surname: "2.5.4.4",
  organization: "2.5.4.10",
  organizationalUnit: "2.5.4.11",
  title: "2.5.4.12",
  givenName: "2.5.4.42",
} as const;
const userPrincipalName = "1.3.6.1.4.1.311.20.2.3";

/** Private extensions of the French profile, by the agency's names. */
const gip = {
  cardType: "1.2.250.1.71.1.2.2",
  cardId: "1.2.250.1.71.1.2.3",
  cardCategory: "1.2.250.1.71.1.2.5",
  profession: "1.2.250.1.71.1.2.7",
  futureProfession: "1.2.250.1.71.1.2.8",
} as const;

/**
 * PS_IdNat: a register digit, then letters and digits; employees of a structure have a `/` and their own number. RPPS numbers
 * have 11 digits, ADELI numbers 9 characters; the others are taken as they come.
 */
const nationalIdentifier = "8[0-9]{11}|0[0-9A-Z]{9}|[1-79][0-9A-Z]{7,14}(?:/[0-9A-Z]{1,20})?";

/** Given name, family name and organisation of a subject, by their own attributes. */
const subjectRules = [
  { name: "subject given name", member: "givenName", from: { kind: "subject", attribute: subject.givenName } },
  { name: "subject surname", member: "familyName", from: { kind: "subject", attribute: subject.surname } },
  { name: "subject organization", member: "organization", from: { kind: "subject", attribute: subject.organization } },
] as const satisfies readonly IdentityRule[];

/** Authorities that say of themselves that they are for tests. */
const testAuthority = {
  name: "TEST authority",
  member: "testMark",
  from: { kind: "issuer", attribute: subject.commonName },
  pattern: "TEST .*|.*TEST-ONLY.*",
} as const satisfies IdentityRule;

/** Cards of French health professionals (CPS, CPF, CDE/CPE, CDA/CPA; ANS, IGC-Santé profile). */
const french: IdentityProfile = {
  name: "health-professional-fr",
  serviceFamilies: ["CDE/CPE", "CDA/CPA"],
  rules: [
    {
      name: "PS_IdNat in the common name",
      member: "subjectNameId",
      from: { kind: "subject", attribute: subject.commonName },
      pattern: nationalIdentifier,
    },
    {
      name: "register of the PS_IdNat, table G08",
      member: "register",
      from: { kind: "subject", attribute: subject.commonName },
      pattern: `(?=(?:${nationalIdentifier})$)([0-9]).*`,
      words: personRegisters,
    },
    ...subjectRules,
    {
      name: "Struct_IdNat in the organizational unit",
      member: "organizationId",
      from: { kind: "subject", attribute: subject.organizationalUnit },
    },
    {
      name: "register of the Struct_IdNat, table G07",
      member: "organizationRegister",
      from: { kind: "subject", attribute: subject.organizationalUnit },
      pattern: "([0-9]).+",
      words: structureRegisters,
    },
    {
      name: "gipProfessionCode",
      member: "professionCode",
      from: { kind: "extension", oid: gip.profession, as: "number" },
    },
    {
      name: "gipFutureProfessionCode",
      member: "futureProfessionCode",
      from: { kind: "extension", oid: gip.futureProfession, as: "number" },
    },
    {
      name: "gipProfessionCode in table G15",
      member: "profession",
      from: { kind: "extension", oid: gip.profession, as: "number" },
      pattern: Object.keys(professionNames).join("|"),
      words: professionNames,
    },
    { name: "subject title", member: "profession", from: { kind: "subject", attribute: subject.title } },
    {
      name: "gipProfessionCode as it is",
      member: "profession",
      from: { kind: "extension", oid: gip.profession, as: "number" },
    },
    {
      name: "gipCardType in table G02",
      member: "cardFamily",
      from: { kind: "extension", oid: gip.cardType, as: "number" },
      words: cardTypes,
    },
    { name: "gipCardID", member: "cardNumber", from: { kind: "extension", oid: gip.cardId, as: "text" } },
    {
      name: "user principal name",
      member: "userPrincipalName",
      from: { kind: "other-name", type: userPrincipalName },
    },
    testAuthority,
    // What is not one byte below 80 counts as TEST, even what cannot be read: it must not open anything in service.
    {
      name: "TEST product",
      member: "testMark",
      from: { kind: "extension", oid: gip.cardCategory, as: "hex" },
      pattern: "(?!0401[0-7][0-9a-f]$).*",
    },
  ],
};

/** PIV and PIV-I cards (NIST SP 800-73, FIPS 201-3): the user principal name identifies, the common name names. */
const piv: IdentityProfile = {
  name: "piv",
  serviceFamilies: [],
  rules: [
    {
      name: "user principal name",
      member: "subjectNameId",
      from: { kind: "other-name", type: userPrincipalName },
      pattern: "[^@\\s]+@[^@\\s]+",
    },
    ...subjectRules,
    {
      name: "common name for want of a surname",
      member: "familyName",
      from: { kind: "subject", attribute: subject.commonName },
    },
    { name: "subject title", member: "profession", from: { kind: "subject", attribute: subject.title } },
    {
      name: "user principal name as such",
      member: "userPrincipalName",
      from: { kind: "other-name", type: userPrincipalName },
    },
    testAuthority,
    { name: "PIV", member: "cardFamily", from: { kind: "constant", value: "PIV" } },
  ],
};

/** Cards of German health professionals (HBA; gemSpec_PKI): the Telematik-ID stands in the admission extension. */
const german: IdentityProfile = {
  name: "health-professional-de",
  serviceFamilies: [],
  rules: [
    {
      name: "Telematik-ID in the admission",
      member: "subjectNameId",
      from: { kind: "admission", part: "registration-number" },
      pattern: "[0-9]{1,2}-[0-9A-Za-z.:/+-]{1,125}",
    },
    ...subjectRules,
    {
      name: "common name for want of a surname",
      member: "familyName",
      from: { kind: "subject", attribute: subject.commonName },
    },
    { name: "profession item", member: "profession", from: { kind: "admission", part: "profession-item" } },
    {
      name: "profession OID",
      member: "profession",
      from: { kind: "admission", part: "profession-oid" },
      words: germanProfessions,
    },
    testAuthority,
    { name: "HBA", member: "cardFamily", from: { kind: "constant", value: "HBA" } },
  ],
};

export const identityProfiles = {
  "health-professional-fr": french,
  "health-professional-de": german,
  piv,
} as const satisfies Record<string, IdentityProfile>;
export type IdentityProfileName = keyof typeof identityProfiles;
