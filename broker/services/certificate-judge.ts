import type { TrustStore } from "../../core/certificate/trust-store.ts";
import { failureOf } from "../../core/certificate/verdict.ts";
import type { FailureCode } from "../../core/errors/catalogue.ts";
import { displayNameOf, readHolderIdentity } from "../../core/identity/holder-identity.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { ProofKey } from "../../core/proof/proof-purpose.ts";
import type { SessionHolder } from "../../core/session/session.ts";

export type Judgement =
  | {
      readonly fit: true;
      readonly holder: SessionHolder /** DER SubjectPublicKeyInfo. */;
      readonly publicKey: Uint8Array;
    }
  | {
      readonly fit: false;
      readonly code: FailureCode;
      readonly detail: string /** Who the certificate claims, where it could be read. */;
      readonly claimed?: string;
    };

/** What the certificate of each kind of proof must be made for, by OID; one is enough. */
const purposes: Readonly<Record<ProofKey, readonly string[]>> = {
  // TLS client authentication; Microsoft smartcard logon.
  authentication: ["1.3.6.1.5.5.7.3.2", "1.3.6.1.4.1.311.20.2.2"],
  // PIV card authentication (FIPS 201-3, 4.2.2.4).
  presence: ["2.16.840.1.101.3.6.8"],
};

/** Whether a card's certificate may sign its holder in, and who that is. */
export class CertificateJudge {
  readonly #trust: () => TrustStore;
  readonly #clock: Clock;
  readonly #demonstration: boolean;

  constructor(trust: () => TrustStore, clock: Clock, demonstration: boolean) {
    this.#trust = trust;
    this.#clock = clock;
    this.#demonstration = demonstration;
  }

  judge(der: Uint8Array, key: ProofKey): Judgement {
    const verdict = this.#trust().validate(der, { at: this.#clock.now(), purposes: purposes[key] });
    if (!verdict.valid)
      return { fit: false, code: failureOf(verdict.reason), detail: `${verdict.reason}: ${verdict.detail}` };
    const identity = readHolderIdentity(verdict.certificate);
    if (identity === undefined)
      return { fit: false, code: "identity-missing", detail: verdict.certificate.subject.key };
    if (identity.isTest && !this.#demonstration) {
      return {
        fit: false,
        code: "certificate-untrusted",
        detail: "a TEST card outside demonstration mode",
        claimed: identity.subjectNameId,
      };
    }
    const { subjectNameId: id, profession, professionCode } = identity;
    return {
      fit: true,
      holder: { id, displayName: displayNameOf(identity), profession, professionCode },
      publicKey: verdict.certificate.publicKey,
    };
  }
}
