import { toHex } from "../bytes/hex.ts";
import type { FailureCode } from "../errors/catalogue.ts";
import type { Certificate } from "./certificate.ts";
import { nameText } from "./name-text.ts";

/** Why a certificate is refused. Each is one check of RFC 5280 section 6, or of our own policy on top. */
export type RefusalReason =
  | "certificate-malformed"
  | "no-path-to-anchor"
  | "signature-wrong"
  | "algorithm-not-allowed"
  | "key-not-allowed"
  | "not-yet-valid"
  | "expired"
  | "revoked"
  | "revocation-unknown"
  | "not-an-authority"
  | "path-too-long"
  | "name-not-permitted"
  | "policy-missing"
  | "policy-mapping-wrong"
  | "key-usage-missing"
  | "purpose-missing"
  | "critical-extension-unknown"
  | "budget-spent";

export interface Refusal {
  readonly valid: false;
  readonly reason: RefusalReason;
  /** Names the certificate, and the source where one is to blame. */
  readonly detail: string;
}

export type Verdict =
  | {
      readonly valid: true;
      readonly certificate: Certificate;
      /** Leaf first, anchor last. */
      readonly path: readonly Certificate[];
      /** The user-constrained policy set of RFC 5280, 6.1.6. */
      readonly policySet: readonly string[];
    }
  | Refusal;

export function refuse(reason: RefusalReason, certificate: Certificate, more?: string): Refusal {
  const detail = `certificate ${toHex(certificate.serial)} of ${nameText(certificate.issuer)}`;
  return { valid: false, reason, detail: more === undefined ? detail : `${detail}: ${more}` };
}

/** What the holder and support are told of a refusal. */
export function failureOf(reason: RefusalReason): FailureCode {
  switch (reason) {
    case "certificate-malformed":
      return "certificate-malformed";
    case "expired":
      return "certificate-expired";
    case "not-yet-valid":
      return "certificate-not-yet-valid";
    case "revoked":
      return "certificate-revoked";
    case "revocation-unknown":
      return "revocation-unknown";
    case "key-usage-missing":
    case "purpose-missing":
      return "certificate-wrong-purpose";
    case "no-path-to-anchor":
    case "signature-wrong":
    case "algorithm-not-allowed":
    case "key-not-allowed":
    case "not-an-authority":
    case "path-too-long":
    case "name-not-permitted":
    case "policy-missing":
    case "policy-mapping-wrong":
    case "critical-extension-unknown":
    case "budget-spent":
      return "certificate-untrusted";
    default:
      return reason satisfies never;
  }
}
