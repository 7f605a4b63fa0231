import { fromBase64 } from "../bytes/base64.ts";
import { type Certificate, readCertificate } from "../certificate/certificate.ts";
import type { CertificateList } from "../certificate/certificate-list.ts";
import { CertificateValidator } from "../certificate/certificate-validator.ts";
import type { ValidatorPorts } from "../certificate/knowledge.ts";
import type { Demand, RevocationDemand } from "../certificate/path/demand.ts";
import { SignatureMemory } from "../certificate/path/signature-memory.ts";
import { anyPolicy } from "../certificate/policy-extensions.ts";
import { keyUsage } from "../certificate/usage-extensions.ts";
import type { Refusal } from "../certificate/verdict.ts";
import type { ProofKey } from "../proof/proof-purpose.ts";
import type { CardQuestion } from "./judge-card.ts";
import type { TrustAnchor, TrustDomain } from "./trust-document.ts";

/** What the certificate of each kind of proof must be made for, by OID; one is enough. */
const purposes: Readonly<Record<ProofKey, readonly string[]>> = {
  // TLS client authentication; Microsoft smartcard logon.
  authentication: ["1.3.6.1.5.5.7.3.2", "1.3.6.1.4.1.311.20.2.2"],
  // PIV card authentication (FIPS 201-3, 4.2.2.4).
  presence: ["2.16.840.1.101.3.6.8"],
};
const hourMs = 3_600_000;
/** OCSP responders that answer at once leave nextUpdate out: news is to be had at any time. */
const longestAgeWithoutNext = hourMs;

export type VerdictPorts = ValidatorPorts;

export type DomainVerdict =
  | { readonly valid: true; readonly certificate: Certificate; readonly revocation: "current" | "aged" }
  | Refusal;

/** A trust domain ready for verdicts. Each anchor has a validator of its own, since each has its own purposes and policies. */
export class TrustedDomain {
  readonly domain: TrustDomain;
  readonly #validators: readonly { readonly anchor: TrustAnchor; readonly validator: CertificateValidator }[];

  /** `signatures`: what is known of the lists' signatures already. */
  constructor(
    domain: TrustDomain,
    lists: readonly CertificateList[],
    ports: VerdictPorts,
    signatures = new SignatureMemory(ports.signatures),
  ) {
    this.domain = domain;
    const intermediates = domain.intermediates.map(text => readCertificate(derOf(text)));
    this.#validators = domain.anchors.map(anchor => {
      const anchors = [{ certificate: readCertificate(derOf(anchor.certificate)), nameAndKeyOnly: false }];
      return { anchor, validator: new CertificateValidator({ anchors, intermediates, lists }, ports, signatures) };
    });
  }

  /** By data that are current; by older ones where none are, as far as the domain's rule allows. */
  validate(question: CardQuestion): DomainVerdict {
    const verdict = this.#validateBy({ by: "either", longestAgeWithoutNext }, question);
    const { whenOld } = this.domain.revocation;
    if (verdict.valid || verdict.reason !== "revocation-unknown" || whenOld.rule === "deny") return verdict;
    const grace = whenOld.hours * hourMs;
    const aged = this.#validateBy({ by: "either", longestAgeWithoutNext, grace }, question);
    return aged.valid ? { ...aged, revocation: "aged" } : aged;
  }

  #validateBy(revocation: RevocationDemand, { certificate, key, at, ocspResponses }: CardQuestion): DomainVerdict {
    let nearest: Refusal | undefined;
    for (const { anchor, validator } of this.#validators) {
      if (!anchor.purposes.includes(key)) continue;
      const demand = this.#demandOf(anchor, key, at, revocation);
      const verdict = validator.validate(certificate, demand, ocspResponses);
      if (verdict.valid) return { valid: true, certificate: verdict.certificate, revocation: "current" };
      if (nearest === undefined || nearest.reason === "no-path-to-anchor") nearest = verdict;
    }
    return (
      nearest ?? { valid: false, reason: "no-path-to-anchor", detail: `no anchor of ${this.domain.id} for ${key}` }
    );
  }

  #demandOf({ policies }: TrustAnchor, key: ProofKey, at: number, revocation: RevocationDemand): Demand {
    return {
      at,
      purposes: { rule: "one-named", of: purposes[key] },
      keyUsages: [keyUsage.digitalSignature],
      refusesAuthorities: true,
      policies: {
        initialSet: new Set(policies.length === 0 ? [anyPolicy] : policies),
        requireExplicit: policies.length > 0,
        inhibitMapping: false,
        inhibitAny: false,
      },
      revocation,
      algorithms: { leastRsaBits: this.domain.keys.leastRsaBits, allowSha1: false, allowDsa: false },
    };
  }
}

/** The document's schema has seen to it that it is base64. */
function derOf(text: string): Uint8Array {
  return fromBase64(text) ?? new Uint8Array();
}
