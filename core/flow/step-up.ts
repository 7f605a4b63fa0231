import type { FailureCode } from "../errors/catalogue.ts";
import type { OfferedChallenge } from "../ports/broker-connection.ts";
import type { IdentifiedCard, Insertion, PinState } from "../ports/card-readers.ts";

interface Asked {
  /** The broker's name for this demand. */
  readonly id: string;
  /** The seat whose session is to be raised. */
  readonly seat: string;
  /** The name of the application that asks. */
  readonly application: string;
}

interface WithCard extends Asked {
  readonly insertion: Insertion;
  /** The number of the question, or of the call under way. */
  readonly attempt: number;
}

interface Known extends WithCard {
  readonly card: IdentifiedCard;
}

interface Challenged extends Known {
  readonly offered: OfferedChallenge;
}

/**
 * An application asks for the holder's PIN again while he sits here. Stands beside the phase: no seat opens, closes or moves
 * by it, and the applications wait behind the window as they were.
 */
export type StepUp =
  /** The PIN is being cared for: one question at a time. */
  | ({ readonly step: "waiting" } & Asked)
  /** The card is being read again: it may be another one than the session remembers. */
  | ({ readonly step: "identifying" } & WithCard)
  /** The broker is being asked what has to be signed. */
  | ({ readonly step: "challenging" } & Known)
  /** The card is being asked for its tries left. */
  | ({ readonly step: "counting"; readonly problem: "pin-wrong" | undefined } & Challenged)
  /** The person types. */
  | ({
      readonly step: "typing";
      readonly pin: PinState;
      readonly problem: "pin-wrong" | "pin-malformed" | undefined;
      readonly confirmed: boolean;
    } & Challenged)
  /** The PIN is on its way to the card, once. */
  | ({ readonly step: "signing"; readonly pin: PinState } & Challenged)
  /** The proof is on its way to the broker. */
  | ({ readonly step: "sending" } & Challenged)
  /** It cannot be done, and the broker is told; stays until the person closes it or the card goes. */
  | ({ readonly step: "failed"; readonly code: FailureCode; readonly triesLeft: number | undefined } & WithCard);

export type StepUpAt<Step extends StepUp["step"]> = Extract<StepUp, { step: Step }>;
