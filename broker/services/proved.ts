import type { FailureCode } from "../../core/errors/catalogue.ts";
import type { ProofKey } from "../../core/proof/proof-purpose.ts";
import type { SecondFactor } from "../../core/second-factor/second-factor.ts";
import type { Means } from "../../core/session/means.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import type { Writing } from "../store/store.ts";
import type { CardRemarks } from "./certificate-judge.ts";

/** Why a seat is not given; `detail` is for the trail. */
export interface Objection {
  readonly code: FailureCode;
  readonly detail: string;
}

/** What has to be written with a seat, or keeps it from being given. */
export type Condition = (tx: Writing, now: number) => Promise<Objection | undefined>;

/** How long a session may live: from its latest proof on, or until a moment, in milliseconds; with the glass that lasts as long. */
export type SessionLimit =
  | { readonly lifetimeMs: number }
  | { readonly until: number; readonly breakGlass?: string | undefined };

/** Who has proved himself, and how. */
export interface Proved {
  readonly holder: SessionHolder;
  readonly means: Means;
  /** DER of its certificate, and the key that signed; `shown`: the one by which the card is known, whichever key signed. */
  readonly card?: { readonly certificate: Uint8Array; readonly key: ProofKey; readonly shown: Uint8Array };
  readonly remarks?: CardRemarks;
  readonly limit: SessionLimit;
  readonly stages: Readonly<Record<string, number>>;
  readonly condition?: Condition;
  /** One proof is not enough wherever it is, and not only at a place outside. */
  readonly wantsSecondFactor?: boolean;
  /** The second proof, where there was one. */
  readonly secondFactor?: SecondFactor;
}
