import { readCertificate } from "../../../core/certificate/certificate.ts";
import { DerProblem } from "../../../core/certificate/der-reader.ts";
import { applyRules, type Finding } from "../../../core/identity/apply-rules.ts";
import { type HolderIdentity, identityOf } from "../../../core/identity/holder-identity.ts";
import type { IdentityProfile } from "../../../core/identity/identity-rule.ts";

export type IdentityReport =
  | { readonly readable: false }
  | {
      readonly readable: true;
      readonly validity: { readonly notBefore: number; readonly notAfter: number };
      readonly findings: readonly Finding[];
      readonly identity: HolderIdentity | undefined;
    };

/** Whom a certificate names by these rules. Read in this page: rules under trial, and what they cost, never reach the broker. */
export function reportOf(der: Uint8Array, profile: IdentityProfile): IdentityReport {
  try {
    const certificate = readCertificate(der);
    const findings = applyRules(certificate, profile);
    const { notBefore, notAfter } = certificate;
    return { readable: true, validity: { notBefore, notAfter }, findings, identity: identityOf(findings, profile) };
  } catch (problem) {
    if (problem instanceof DerProblem) return { readable: false };
    throw problem;
  }
}
