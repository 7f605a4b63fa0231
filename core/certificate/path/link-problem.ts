import type { Certificate } from "../certificate.ts";
import { understoodWhenCritical } from "../extension-oids.ts";
import { unknownCritical } from "../extensions.ts";
import { keyUsage } from "../usage-extensions.ts";
import { type Refusal, refuse } from "../verdict.ts";
import { type AlgorithmPolicy, isKeyAllowed, isSchemeAllowed } from "./algorithm-policy.ts";
import type { SearchBudget } from "./search-budget.ts";
import type { SignatureMemory } from "./signature-memory.ts";

interface LinkDemand {
  readonly at: number;
  readonly algorithms: AlgorithmPolicy;
}

interface Link {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** Only the issuer's name and key count. */
  readonly issuerIsBare: boolean;
}

/** What one certificate and the one above it show by themselves, wherever in a path they stand (RFC 5280, 6.1.3 (a), 6.1.4). */
export function linkProblem(
  { certificate, issuer, issuerIsBare }: Link,
  { at, algorithms }: LinkDemand,
  signatures: SignatureMemory,
  budget: SearchBudget,
): Refusal | undefined {
  const issuerProblem = issuerIsBare ? undefined : authorityProblem(issuer);
  if (issuerProblem !== undefined) return issuerProblem;
  const odd = unknownCritical(certificate.extensions, understoodWhenCritical);
  if (odd !== undefined) return refuse("critical-extension-unknown", certificate, odd);
  for (const one of [certificate, issuer])
    if (!isKeyAllowed(one.keyKind, algorithms)) return refuse("key-not-allowed", one, one.keyKind.kind);
  if (!isSchemeAllowed(certificate.signatureScheme, algorithms)) return refuse("algorithm-not-allowed", certificate);
  if (!signatures.isSigned(certificate, issuer, budget)) return refuse("signature-wrong", certificate);
  if (at < certificate.notBefore) return refuse("not-yet-valid", certificate);
  if (at > certificate.notAfter) return refuse("expired", certificate);
  return undefined;
}

/** What an anchor's certificate must be where more of it counts than name and key. */
export function anchorProblem(anchor: Certificate, at: number): Refusal | undefined {
  const odd = unknownCritical(anchor.extensions, understoodWhenCritical);
  if (odd !== undefined) return refuse("critical-extension-unknown", anchor, odd);
  if (at < anchor.notBefore) return refuse("not-yet-valid", anchor);
  return at > anchor.notAfter ? refuse("expired", anchor) : undefined;
}

function authorityProblem(issuer: Certificate): Refusal | undefined {
  if (!issuer.isAuthority) return refuse("not-an-authority", issuer);
  return issuer.keyUsage === undefined || issuer.keyUsage.has(keyUsage.keyCertSign)
    ? undefined
    : refuse("key-usage-missing", issuer, "keyCertSign");
}
