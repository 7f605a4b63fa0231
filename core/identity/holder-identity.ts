import type { Certificate } from "../certificate/certificate.ts";
import { DerProblem, DerReader } from "../certificate/der-reader.ts";
import { readSmallInteger } from "../certificate/der-values.ts";
import { attributeOf } from "../certificate/distinguished-name.ts";
import { professionNames } from "./profession-codes.ts";

/** Who a health-professional certificate names. Names of members follow Pro Santé Connect where it has one. */
export interface HolderIdentity {
  /** PS_IdNat with its register prefix, e.g. `899700218896`. */
  readonly subjectNameId: string;
  readonly givenName: string;
  readonly familyName: string;
  /** Table G15; `undefined` where the certificate tells none. */
  readonly professionCode: number | undefined;
  /** The profession's name, the title written in the certificate, or the raw code. */
  readonly profession: string;
  readonly organization: string | undefined;
  readonly organizationId: string | undefined;
  /** Gip card type, table G02: 0 CPS, 1 CPF, 2 CDE/CPE, 3 CDA/CPA. */
  readonly cardType: number | undefined;
  /** A TEST card or authority: opens nothing outside demonstration mode. */
  readonly isTest: boolean;
}

const attribute = {
  commonName: "2.5.4.3",
  surname: "2.5.4.4",
  organization: "2.5.4.10",
  organizationalUnit: "2.5.4.11",
  title: "2.5.4.12",
  givenName: "2.5.4.42",
} as const;

const extension = {
  cardType: "1.2.250.1.71.1.2.2",
  category: "1.2.250.1.71.1.2.5",
  profession: "1.2.250.1.71.1.2.7",
} as const;

/** PS_IdNat: a register digit, then letters and digits; employees of a structure have a `/` and their own number. */
const nationalIdentifier = /^[0-9][0-9A-Z]{7,14}(\/[0-9A-Z]{1,20})?$/;

/** The person that a certificate names; `undefined` where our rules find none. Attributes are read by OID, never by place. */
export function readHolderIdentity(certificate: Certificate): HolderIdentity | undefined {
  const { subject, issuer } = certificate;
  const subjectNameId = attributeOf(subject, attribute.commonName);
  const familyName = attributeOf(subject, attribute.surname);
  if (subjectNameId === undefined || familyName === undefined || !nationalIdentifier.test(subjectNameId))
    return undefined;
  const professionCode = numberIn(certificate, extension.profession);
  const title = attributeOf(subject, attribute.title);
  const named = professionCode === undefined ? undefined : professionNames[professionCode];
  return {
    subjectNameId,
    givenName: attributeOf(subject, attribute.givenName) ?? "",
    familyName,
    professionCode,
    profession: named ?? title ?? (professionCode === undefined ? "" : String(professionCode)),
    organization: attributeOf(subject, attribute.organization),
    organizationId: attributeOf(subject, attribute.organizationalUnit),
    cardType: numberIn(certificate, extension.cardType),
    isTest: (attributeOf(issuer, attribute.commonName) ?? "").startsWith("TEST ") || hasTestCategory(certificate),
  };
}

function numberIn(certificate: Certificate, oid: string): number | undefined {
  return readOr(undefined, () => {
    const value = certificate.extensions.get(oid)?.value;
    return value === undefined ? undefined : readSmallInteger(DerReader.single(value, 0x02));
  });
}

/** A category that cannot be read counts as TEST: it must not open anything in production. */
function hasTestCategory(certificate: Certificate): boolean {
  const value = certificate.extensions.get(extension.category)?.value;
  if (value === undefined) return false;
  return readOr(true, () => ((DerReader.single(value, 0x04).content[0] ?? 0x80) & 0x80) !== 0);
}

function readOr<Value>(otherwise: Value, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerProblem) return otherwise;
    throw error;
  }
}

/** The holder's name as screens show it, e.g. `Camille AUBERT`. */
export function displayNameOf(identity: HolderIdentity): string {
  return `${identity.givenName} ${identity.familyName}`.trim();
}
