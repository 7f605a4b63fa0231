import type { FailureEntry } from "./entry.ts";

/** Failures of a card and of its PIN. */
export const cardFailures = {
  "card-removed": {
    audience: "holder",
    retriable: true,
    meaning: "The card left the reader before the work on it was done.",
    remedy: "Insert the card again and leave it in.",
  },
  "sign-in-abandoned": {
    audience: "holder",
    retriable: true,
    meaning: "The card left the reader while its PIN was asked for.",
    remedy: "Insert the card again to sign in.",
  },
  "answer-too-late": {
    audience: "holder",
    retriable: true,
    meaning: "The card left the reader before the broker had answered; what the broker opened was covered at once.",
    remedy: "Insert the card again.",
  },
  "card-reset": {
    audience: "holder",
    retriable: true,
    meaning: "Another program reset the card; its PIN state is lost.",
    remedy: "Start again from the card; nothing was lost.",
  },
  "card-mute": {
    audience: "holder",
    retriable: true,
    meaning: "The chip does not answer (SCARD_W_UNRESPONSIVE_CARD): inserted the wrong way round, or dirty.",
    remedy: "Turn the card, clean its contacts, insert it again.",
  },
  "card-too-slow": {
    audience: "holder",
    retriable: true,
    meaning: "The card did not finish its work in time, or stopped answering in the middle of it.",
    remedy: "Insert the card again; where it comes back, try another reader, then another card.",
  },
  "card-unknown": {
    audience: "holder",
    retriable: false,
    meaning: "No driver recognises this card.",
    remedy: "Use a professional card; for a new card family see CONTRIBUTING.md.",
  },
  "card-answer-malformed": {
    audience: "support",
    retriable: false,
    meaning: "The card's answer does not have the form that its standard demands.",
    remedy: "Try another card of the same family; send the result of `wardkey card --json` to support.",
  },
  "card-refused-command": {
    audience: "support",
    retriable: false,
    meaning: "The card answered a command with an unexpected status word.",
    remedy: "See the status word in the detail.",
  },
  "card-without-certificate": {
    audience: "holder",
    retriable: false,
    meaning: "The card holds no certificate for signing in.",
    remedy: "Have the card's certificates issued.",
  },
  "card-without-pin": {
    audience: "support",
    retriable: false,
    meaning: "The card's directory describes no PIN for its authentication key.",
    remedy:
      "Send the result of `wardkey card --json` to support; a contactless interface has no PIN: use the contact reader.",
  },
  "pin-wrong": {
    audience: "holder",
    retriable: false,
    meaning: "The card refused the PIN; the number of tries left is in the detail.",
    remedy: "Type the PIN again, slowly. It is never sent twice by itself.",
  },
  "pin-blocked": {
    audience: "holder",
    retriable: false,
    meaning: "The card's PIN is blocked.",
    remedy: "Unblock the card with its unblocking code, or ask the helpdesk for temporary access.",
  },
  "pin-malformed": {
    audience: "holder",
    retriable: false,
    meaning: "The PIN typed cannot be one of this card (length or characters); the card was not asked.",
    remedy: "Type the PIN again.",
  },
  "pin-entry-cancelled": {
    audience: "holder",
    retriable: true,
    meaning: "PIN entry was cancelled on the reader's keys; the card was not asked.",
    remedy: "Insert the card again to sign in.",
  },
  "pin-entry-timed-out": {
    audience: "holder",
    retriable: true,
    meaning: "No PIN was typed on the reader's keys in time; the card was not asked.",
    remedy: "Insert the card again to sign in.",
  },
  "unblocking-code-wrong": {
    audience: "holder",
    retriable: false,
    meaning: "The card refused the unblocking code; the number of its tries left is in the detail.",
    remedy: "Compare with the letter that came with the card; it is never sent twice by itself.",
  },
  "unblocking-code-blocked": {
    audience: "holder",
    retriable: false,
    meaning: "The card's unblocking code is blocked: nobody can give this card a PIN any more.",
    remedy: "Order a new card; until then ask the helpdesk for temporary access.",
  },
  "card-signature-wrong": {
    audience: "support",
    retriable: false,
    meaning: "What the card answered is no signature by the key of its certificate.",
    remedy: "Insert the card once more; if it comes back, the card is defective or a copy: take it out of use.",
  },
} as const satisfies Record<string, FailureEntry>;
