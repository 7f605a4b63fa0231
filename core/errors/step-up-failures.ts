import type { FailureEntry } from "./entry.ts";

/** Why the PIN that an application asked for again raised nothing; the session stays as it was. */
export const stepUpFailures = {
  "step-up-cancelled": {
    audience: "holder",
    retriable: true,
    meaning: "The holder did not want to type the PIN again.",
    remedy: "Open the application again.",
  },
  "step-up-timed-out": {
    audience: "holder",
    retriable: true,
    meaning: "An application asked for the PIN again, and nobody typed it within two minutes.",
    remedy: "Open the application again.",
  },
  "step-up-unknown": {
    audience: "holder",
    retriable: true,
    meaning: "The demand that this answers is over, or was never made at this workstation.",
    remedy: "Open the application again.",
  },
  "step-up-seat-left": {
    audience: "holder",
    retriable: true,
    meaning: "The seat was covered or lost before the PIN was typed again.",
    remedy: "Insert the card, and open the application again.",
  },
  "step-up-other-card": {
    audience: "holder",
    retriable: false,
    meaning: "The card names another holder than the session that is to be raised.",
    remedy: "Use the card that the session was opened with.",
  },
  "workstation-away": {
    audience: "support",
    retriable: true,
    meaning: "The workstation has no line to the broker: the PIN cannot be asked for there.",
    remedy: "Check the workstation's network; open the application again when it is connected.",
  },
} as const satisfies Record<string, FailureEntry>;
