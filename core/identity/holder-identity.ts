import type { Certificate } from "../certificate/certificate.ts";
import { applyRules, type Finding } from "./apply-rules.ts";
import { identityProfiles } from "./identity-profiles.ts";
import type { IdentityMember, IdentityProfile } from "./identity-rule.ts";

/** Who a certificate names. Names of members follow Pro Santé Connect where it has one. */
export interface HolderIdentity {
  /** The whole identifier; in France the PS_IdNat with its register prefix, e.g. `899700218896`. */
  readonly subjectNameId: string;
  /** The register that the identifier begins with, in words, or its raw code. */
  readonly register: string | undefined;
  readonly givenName: string;
  readonly familyName: string;
  /** Table G15; `undefined` where the certificate tells none. */
  readonly professionCode: number | undefined;
  /** Table G16, of a professional in training; gives no profession's rights. */
  readonly futureProfessionCode: number | undefined;
  /** The profession's name, the title written in the certificate, or the raw code. */
  readonly profession: string;
  /** Not on French cards' certificates; a trust domain's own rules may find one. */
  readonly speciality: string | undefined;
  readonly organization: string | undefined;
  /** In France the Struct_IdNat with its register prefix. */
  readonly organizationId: string | undefined;
  readonly organizationRegister: string | undefined;
  /** `CPS`, `CPF`, `CDE/CPE`, `CDA/CPA` (table G02), `PIV`, `HBA`, or a raw code. */
  readonly cardFamily: string | undefined;
  /** In France `8025000001/` and the card's ten digits. */
  readonly cardNumber: string | undefined;
  readonly userPrincipalName: string | undefined;
  /** A TEST card or authority: opens nothing outside demonstration mode. */
  readonly isTest: boolean;
  /** False for a service's card, which is no one person's own: it opens no personal session. */
  readonly isNominative: boolean;
}

/** The person that a certificate names by these rules; `undefined` where they find none. */
export function readHolderIdentity(
  certificate: Certificate,
  profile: IdentityProfile = identityProfiles["health-professional-fr"],
): HolderIdentity | undefined {
  return identityOf(applyRules(certificate, profile), profile);
}

/** The identity that findings add up to; `undefined` without an identifier, or without a name on a person's card. */
export function identityOf(findings: readonly Finding[], profile: IdentityProfile): HolderIdentity | undefined {
  const found = new Map<IdentityMember, string>(findings.map(({ member, value }) => [member, value]));
  const subjectNameId = found.get("subjectNameId");
  const givenName = found.get("givenName") ?? "";
  const familyName = found.get("familyName") ?? "";
  const cardFamily = found.get("cardFamily");
  const isNominative =
    !found.has("serviceMark") &&
    (!profile.serviceFamilies.includes(cardFamily ?? "") || (givenName !== "" && familyName !== ""));
  if (subjectNameId === undefined || (isNominative && familyName === "")) return undefined;
  return {
    subjectNameId,
    register: found.get("register"),
    givenName,
    familyName,
    professionCode: codeIn(found.get("professionCode")),
    futureProfessionCode: codeIn(found.get("futureProfessionCode")),
    profession: found.get("profession") ?? "",
    speciality: found.get("speciality"),
    organization: found.get("organization"),
    organizationId: found.get("organizationId"),
    organizationRegister: found.get("organizationRegister"),
    cardFamily,
    cardNumber: found.get("cardNumber"),
    userPrincipalName: found.get("userPrincipalName"),
    isTest: found.has("testMark"),
    isNominative,
  };
}

/** Entitlements know professions by number: another code than a number gives none. */
function codeIn(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** The holder's name as screens show it, e.g. `Camille AUBERT`. */
export function displayNameOf(identity: HolderIdentity): string {
  return `${identity.givenName} ${identity.familyName}`.trim();
}
