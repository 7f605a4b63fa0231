import type { FailureCode } from "../errors/catalogue.ts";
import type { OfferedChallenge, OwedSecondFactor, SeatedSession } from "../ports/broker-connection.ts";
import type { IdentifiedCard, Insertion, PinState, ReaderCondition } from "../ports/card-readers.ts";
import type { ActivityChoice } from "./activity-choice.ts";
import type { PinCare } from "./pin-care.ts";
import type { StepUp } from "./step-up.ts";

/** A session whose seat is here while its holder is not: covered. */
export interface CoveredSeat {
  readonly session: SeatedSession;
  /** When the holder was last here. */
  readonly since: number;
  /** When the card alone stops being enough; unknown until the broker has said so. */
  readonly graceUntil: number | undefined;
}

/** Every call to the outside carries a number; an answer with another number than the phase's is too late. */
type Attempt = number;

interface WithCard {
  readonly insertion: Insertion;
  /** Somebody's seat that waits covered while this card is looked at. */
  readonly seat: CoveredSeat | undefined;
}

interface Working extends WithCard {
  readonly attempt: Attempt;
}

interface WithoutCard {
  /** Somebody's seat that waits covered meanwhile. */
  readonly seat: CoveredSeat | undefined;
  readonly attempt: Attempt;
}

/** A first proof holds, by a card or without one. */
interface Proven {
  readonly insertion: Insertion | undefined;
  /** Somebody's seat that waits covered meanwhile. */
  readonly seat: CoveredSeat | undefined;
  readonly attempt: Attempt;
}

interface Owing extends Proven {
  readonly owed: OwedSecondFactor;
}

interface Emergency extends WithoutCard {
  /** As he typed it before. */
  readonly who: string;
  readonly words: string;
}

interface Known extends Working {
  readonly card: IdentifiedCard;
}

interface Challenged extends Known {
  readonly offered: OfferedChallenge;
}

/** What the flow is doing; each phase carries only what is valid in it. */
export type Phase =
  /** No card is being looked at. */
  | { readonly name: "idle"; readonly seat: CoveredSeat | undefined }
  /** The card is being read. */
  | ({ readonly name: "identifying" } & Working)
  /** The broker is being asked what has to be proved. */
  | ({ readonly name: "challenging"; readonly presenceAllowed: boolean } & Known)
  /** The presence key is proving that the card is there. */
  | ({ readonly name: "presenting" } & Challenged)
  /** The card is being asked for its tries left. */
  | ({ readonly name: "counting-tries"; readonly problem: "pin-wrong" | undefined } & Challenged)
  /** The person types. */
  | ({
      readonly name: "entering-pin";
      readonly pin: PinState;
      readonly problem: "pin-wrong" | "pin-malformed" | undefined;
      readonly confirmed: boolean;
    } & Challenged)
  /** The PIN is on its way to the card, once. */
  | ({ readonly name: "signing"; readonly pin: PinState } & Challenged)
  /** The proof is on its way to the broker. */
  | ({ readonly name: "opening" } & Challenged)
  /** The person types who he is: there is no card, and a federation may confirm it on his phone. */
  | ({ readonly name: "entering-identifier"; readonly problem: FailureCode | undefined } & WithoutCard)
  /** The broker is being asked to have the phone ring. */
  | ({ readonly name: "asking-phone" } & WithoutCard)
  /** The phone has been asked; both show `bindingMessage`. */
  | ({ readonly name: "awaiting-phone"; readonly bindingMessage: string } & WithoutCard)
  /** The person types who he is, and the temporary password that the helpdesk gave him. */
  | ({
      readonly name: "entering-password";
      /** As he typed it before. */
      readonly who: string;
      readonly problem: FailureCode | undefined;
    } & WithoutCard)
  /** Name and password are on their way to the broker. */
  | ({ readonly name: "proving-password"; readonly who: string } & WithoutCard)
  /** The first proof was not enough: the broker is being asked what is owed. */
  | ({ readonly name: "asking-second-factor" } & Proven)
  /** The person types the code of his authenticator application, or chooses his security key. */
  | ({ readonly name: "second-factor"; readonly problem: FailureCode | undefined } & Owing)
  /** The code is on its way to the broker. */
  | ({ readonly name: "proving-code" } & Owing)
  /** The broker's page asks for the security key. */
  | ({ readonly name: "awaiting-key" } & Owing)
  /** Somebody without a card cannot go on; stays until he has read why. */
  | { readonly name: "turned-away"; readonly seat: CoveredSeat | undefined; readonly code: FailureCode }
  /** The person types who he is, and what the emergency is: there is no card, and nobody proves it. */
  | ({ readonly name: "entering-break-glass"; readonly problem: FailureCode | undefined } & Emergency)
  /** Name and reason are on their way to the broker. */
  | ({ readonly name: "opening-break-glass" } & Emergency)
  /** The holder sits here. */
  | {
      readonly name: "open";
      /** Absent where the session was opened without a card. */
      readonly insertion: Insertion | undefined;
      readonly session: SeatedSession;
      readonly launch: LaunchState | undefined;
      /** The holder wants to break the glass for an application. */
      readonly glass?: GlassWish | undefined;
      /** The holder is choosing his activity; nothing is launched meanwhile. */
      readonly choice?: ActivityChoice | undefined;
      /** Nobody has used the workstation for long: the seat is covered then, unless somebody stirs. */
      readonly coversAt?: number | undefined;
    }
  /** The card is in, and done with: cancelled, locked, or its session ended. */
  | ({ readonly name: "finished" } & WithCard)
  /** The card, or what it needs, was refused; stays until the card is taken out or trouble is over. */
  | ({
      readonly name: "refused";
      readonly code: FailureCode;
      readonly triesLeft: number | undefined;
      /** What is known of a PIN that is blocked. */
      readonly blocked?: PinState | undefined;
    } & WithCard);

/** `asked`: the application opens as soon as the glass is broken. */
export type GlassWish =
  | { readonly step: "asked"; readonly application: string }
  | { readonly step: "refused"; readonly application: string; readonly code: FailureCode };

export type LaunchState =
  | { readonly state: "opening"; readonly application: string }
  | { readonly state: "failed"; readonly application: string; readonly code: FailureCode };

/** What happened to a session that was, or is, here. */
export type FlowReceipt =
  | { readonly kind: "moved-away"; readonly holder: string; readonly to: string; readonly at: number }
  | {
      readonly kind: "resumed-here";
      readonly from: string;
      readonly at: number;
      readonly applications: readonly string[];
    }
  | { readonly kind: "unlocked-here"; readonly at: number }
  | {
      readonly kind: "ended";
      readonly holder: string;
      readonly at: number;
      readonly reason: "ended" | "expired" | "withdrawn" | "replaced";
    }
  | { readonly kind: "person-changed"; readonly holder: string; readonly at: number }
  /** The holder's card is back: he is told of the temporary access that was issued in his name. */
  | { readonly kind: "temporary-access-issued"; readonly by: string; readonly issuedAt: number; readonly at: number }
  /** The holder is told that what he signs in with from outside was changed, then. */
  | { readonly kind: "second-factors-changed"; readonly changedAt: number; readonly at: number }
  | { readonly kind: "pin-changed" | "pin-unblocked"; readonly at: number };

export interface FlowState {
  readonly phase: Phase;
  readonly condition: ReaderCondition;
  readonly connected: boolean;
  /** Cards in other readers, in the order of their coming; looked at when the present one leaves. */
  readonly others: readonly Insertion[];
  readonly receipt: FlowReceipt | undefined;
  readonly care: PinCare | undefined;
  readonly stepUp: StepUp | undefined;
  /** The number of the latest call to the outside. */
  readonly lastAttempt: Attempt;
}

export const initialFlow: FlowState = {
  phase: { name: "idle", seat: undefined },
  condition: { kind: "no-reader" },
  connected: false,
  others: [],
  receipt: undefined,
  care: undefined,
  stepUp: undefined,
  lastAttempt: 0,
};

export type PhaseNamed<Name extends Phase["name"]> = Extract<Phase, { name: Name }>;
