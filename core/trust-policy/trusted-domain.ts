import { fromBase64 } from "../bytes/base64.ts";
import type { Certificate } from "../certificate/certificate.ts";
import { TrustStore } from "../certificate/trust-store.ts";
import type { Verdict } from "../certificate/verdict.ts";
import type { Sha256 } from "../ports/digest.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
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

export interface VerdictPorts {
  readonly signatures: SignatureVerifier;
  readonly sha256: Sha256;
}

type Refusal = Extract<Verdict, { valid: false }>;
export type DomainVerdict =
  | { readonly valid: true; readonly certificate: Certificate; readonly revocation: "current" | "aged" }
  | Refusal;

/** A trust domain ready for verdicts. Each anchor has a store of its own, since each has its own purposes and policies. */
export class TrustedDomain {
  readonly domain: TrustDomain;
  readonly #stores: readonly { readonly anchor: TrustAnchor; readonly store: TrustStore }[];

  /** `crls`: DER of the domain's lists. Throws `DerProblem` where one cannot be read. */
  constructor(domain: TrustDomain, crls: readonly Uint8Array[], ports: VerdictPorts) {
    this.domain = domain;
    const intermediates = domain.intermediates.map(derOf);
    this.#stores = domain.anchors.map(anchor => ({
      anchor,
      store: new TrustStore({ anchors: [derOf(anchor.certificate)], intermediates, crls }, ports),
    }));
  }

  validate({ certificate, key, at }: CardQuestion): DomainVerdict {
    let nearest: Refusal | undefined;
    for (const { anchor, store } of this.#stores) {
      if (!anchor.purposes.includes(key)) continue;
      const verdict = store.validate(certificate, { at, purposes: purposes[key] });
      if (verdict.valid) return { valid: true, certificate: verdict.certificate, revocation: "current" };
      if (nearest === undefined || nearest.reason === "no-path-to-anchor") nearest = verdict;
    }
    return (
      nearest ?? { valid: false, reason: "no-path-to-anchor", detail: `no anchor of ${this.domain.id} for ${key}` }
    );
  }
}

/** The document's schema has seen to it that it is base64. */
function derOf(text: string): Uint8Array {
  return fromBase64(text) ?? new Uint8Array();
}
