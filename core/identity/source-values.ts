import { toHex } from "../bytes/hex.ts";
import type { Certificate } from "../certificate/certificate.ts";
import { DerProblem, DerReader } from "../certificate/der-reader.ts";
import { readSmallInteger, readString } from "../certificate/der-values.ts";
import type { DistinguishedName } from "../certificate/distinguished-name.ts";
import { admissionExtension, type Profession, readAdmission } from "./admission.ts";
import type { IdentitySource } from "./identity-rule.ts";

/** The values that a certificate has at a source, in the order written. What cannot be read is not there. */
export function valuesAt(certificate: Certificate, source: IdentitySource): readonly string[] {
  try {
    return readAt(certificate, source);
  } catch (error) {
    if (error instanceof DerProblem) return [];
    throw error;
  }
}

function readAt(certificate: Certificate, source: IdentitySource): readonly string[] {
  switch (source.kind) {
    case "subject":
      return attributesOf(certificate.subject, source.attribute);
    case "issuer":
      return attributesOf(certificate.issuer, source.attribute);
    case "extension": {
      const value = certificate.extensions.get(source.oid)?.value;
      return value === undefined ? [] : [readExtension(value, source.as)];
    }
    case "other-name":
      return names(certificate).flatMap(name =>
        name.form === "otherName" && name.type === source.type ? [readString(name.value)] : [],
      );
    case "email":
      return names(certificate).flatMap(name => (name.form === "rfc822Name" ? [name.text] : []));
    case "uri":
      return names(certificate).flatMap(name => (name.form === "uniformResourceIdentifier" ? [name.text] : []));
    case "admission": {
      const value = certificate.extensions.get(admissionExtension)?.value;
      return value === undefined ? [] : readAdmission(value).flatMap(profession => partOf(profession, source.part));
    }
    case "constant":
      return [source.value];
    default:
      return source satisfies never;
  }
}

const names = (certificate: Certificate) => certificate.alternativeNames ?? [];

function attributesOf(name: DistinguishedName, type: string): string[] {
  return name.rdns
    .flat()
    .flatMap(({ type: written, value }) => (written === type && value !== undefined ? [value] : []));
}

function readExtension(value: Uint8Array, as: "number" | "text" | "hex"): string {
  if (as === "hex") return toHex(value);
  const element = DerReader.single(value);
  return as === "number" ? String(readSmallInteger(element)) : readString(element);
}

function partOf(profession: Profession, part: "profession-item" | "profession-oid" | "registration-number") {
  switch (part) {
    case "profession-item":
      return profession.items;
    case "profession-oid":
      return profession.oids;
    case "registration-number":
      return profession.registrationNumber === undefined ? [] : [profession.registrationNumber];
    default:
      return part satisfies never;
  }
}
