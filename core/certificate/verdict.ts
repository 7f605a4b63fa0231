import type { FailureCode } from "../errors/catalogue.ts";
import type { Certificate } from "./certificate.ts";

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
  | "key-usage-missing"
  | "purpose-missing"
  | "critical-extension-unknown"
  | "budget-spent";

export type Verdict =
  | {
      readonly valid: true;
      readonly certificate: Certificate /** Leaf first, anchor last. */;
      readonly path: readonly Certificate[];
    }
  | {
      readonly valid: false;
      readonly reason: RefusalReason /** Names the certificate or list. */;
      readonly detail: string;
    };

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
    case "critical-extension-unknown":
    case "budget-spent":
      return "certificate-untrusted";
    default:
      return reason satisfies never;
  }
}
