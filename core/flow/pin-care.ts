import type { FailureCode } from "../errors/catalogue.ts";
import type { Insertion, PinRenewal, PinState } from "../ports/card-readers.ts";

interface WithQuestion {
  readonly kind: PinRenewal;
  readonly insertion: Insertion;
  /** The number of the question, or of the call under way. */
  readonly attempt: number;
}

interface Asked extends WithQuestion {
  readonly pin: PinState;
  /** Tries left of the secret that is typed first, where the card has told. */
  readonly triesLeft: number | undefined;
}

export type PinCareProblem = "pin-wrong" | "unblocking-code-wrong" | "pin-malformed";

/** The holder gives the card a new PIN, from an open seat or where the PIN is blocked. Stands beside the phase: no session opens or closes by it, and none opens it. */
export type PinCare =
  /** The card is being asked for its tries left. */
  | ({ readonly step: "counting"; readonly problem: "pin-wrong" | undefined } & WithQuestion)
  /** The person types the old secret and the new PIN. */
  | ({ readonly step: "typing"; readonly problem: PinCareProblem | undefined; readonly confirmed: boolean } & Asked)
  /** Both are on their way to the card, once. */
  | ({ readonly step: "working" } & Asked)
  /** It cannot be done; stays until the person closes it or the card goes. */
  | ({ readonly step: "failed"; readonly code: FailureCode } & WithQuestion);
