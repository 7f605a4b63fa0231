import type { Certificate } from "../certificate/certificate.ts";
import { failureOf, type Verdict } from "../certificate/verdict.ts";
import type { FailureCode } from "../errors/catalogue.ts";
import { type HolderIdentity, readHolderIdentity } from "../identity/holder-identity.ts";
import type { ProofKey } from "../proof/proof-purpose.ts";
import { profileOf } from "./trust-document.ts";
import type { TrustedDomain } from "./trusted-domain.ts";

export interface CardQuestion {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly key: ProofKey;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** TEST cards are accepted in demonstration mode alone. */
  readonly demonstration: boolean;
  /** DER OCSP responses at hand about this certificate. */
  readonly ocspResponses: readonly Uint8Array[];
}

export type CardVerdict =
  | {
      readonly fit: true;
      readonly certificate: Certificate;
      readonly identity: HolderIdentity;
      readonly domain: string;
      /** `aged`: by lists past their nextUpdate, as the domain's rule allows. */
      readonly revocation: "current" | "aged";
    }
  | {
      readonly fit: false;
      readonly code: FailureCode;
      /** Names the reason, and the certificate or list. */
      readonly detail: string;
      /** Who the certificate claims, where its path was good. */
      readonly claimed?: string;
    };

/**
 * Whether a card may sign its holder in, and who that is: a valid path in one of the trust domains, a person named by that
 * domain's rules, of a family that it allows. Of several refusals the one that came nearest is told.
 */
export function judgeCard(question: CardQuestion, domains: readonly TrustedDomain[]): CardVerdict {
  let nearest: Extract<Verdict, { valid: false }> | undefined;
  for (const trusted of domains) {
    const verdict = trusted.validate(question);
    if (verdict.valid) return judgeHolder(verdict, trusted, question);
    if (nearest === undefined || nearest.reason === "no-path-to-anchor") nearest = verdict;
  }
  if (nearest === undefined) return { fit: false, code: "certificate-untrusted", detail: "no trust domain" };
  return { fit: false, code: failureOf(nearest.reason), detail: `${nearest.reason}: ${nearest.detail}` };
}

function judgeHolder(
  { certificate, revocation }: Extract<ReturnType<TrustedDomain["validate"]>, { valid: true }>,
  { domain }: TrustedDomain,
  { demonstration }: CardQuestion,
): CardVerdict {
  const identity = readHolderIdentity(certificate, profileOf(domain));
  if (identity === undefined) return { fit: false, code: "identity-missing", detail: certificate.subject.key };
  const { subjectNameId: claimed, cardFamily } = identity;
  const refuse = (code: FailureCode, detail: string): CardVerdict => ({ fit: false, code, detail, claimed });
  if (!identity.isNominative) return refuse("card-not-nominative", `a card of family ${cardFamily ?? "unknown"}`);
  if (identity.isTest && !demonstration) return refuse("card-for-testing", "outside demonstration mode");
  if (domain.families !== undefined && !domain.families.includes(cardFamily ?? ""))
    return refuse("card-family-not-allowed", `${cardFamily ?? "no family"} in domain ${domain.id}`);
  return { fit: true, certificate, identity, domain: domain.id, revocation };
}
