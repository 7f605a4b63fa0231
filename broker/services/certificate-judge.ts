import type { FailureCode } from "../../core/errors/catalogue.ts";
import type { ProofKey } from "../../core/proof/proof-purpose.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import { holderIn } from "../../core/session/session-holder.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { holderBehind } from "../store/alias-table.ts";
import { lostSince } from "../store/lost-card-table.ts";
import type { Store } from "../store/store.ts";
import type { CardTrust } from "../trust/card-trust.ts";

/** What the trail says of the card beside who its holder is. */
export type CardRemarks = Pick<TrailRecord, "shownAs" | "revocation">;

export type Judgement =
  | {
      readonly fit: true;
      readonly holder: SessionHolder;
      /** DER SubjectPublicKeyInfo. */
      readonly publicKey: Uint8Array;
      readonly remarks: CardRemarks;
    }
  | {
      readonly fit: false;
      readonly code: FailureCode;
      readonly detail: string;
      /** Who the certificate claims, where it could be read. */
      readonly claimed?: string;
    };

/** Whether a card's certificate may sign its holder in, and who that is here: a card may still say an older identifier. */
export class CertificateJudge {
  readonly #trust: CardTrust;
  readonly #store: Store;

  constructor(trust: CardTrust, store: Store) {
    this.#trust = trust;
    this.#store = store;
  }

  async judge(der: Uint8Array, key: ProofKey): Promise<Judgement> {
    const verdict = await this.#trust.judge(der, key);
    if (!verdict.fit) return verdict;
    const { identity, certificate, revocation } = verdict;
    const { subjectNameId } = identity;
    const id = await holderBehind(this.#store.db, subjectNameId);
    const lostAt = await lostSince(this.#store.db, id);
    // A card that replaces the lost one was made later.
    if (lostAt !== undefined && certificate.notBefore <= lostAt)
      return {
        fit: false,
        code: "card-reported-lost",
        detail: `reported ${new Date(lostAt).toISOString()}`,
        claimed: id,
      };
    return {
      fit: true,
      holder: { ...holderIn(identity), id },
      publicKey: certificate.publicKey,
      remarks: {
        ...(id === subjectNameId ? {} : { shownAs: subjectNameId }),
        ...(revocation === "aged" ? { revocation } : {}),
      },
    };
  }
}
