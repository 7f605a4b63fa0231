import type { FailureEntry } from "./entry.ts";

/** Why one proof was not enough, and why the second one, or its registration, was not accepted. */
export const secondFactorFailures = {
  "second-factor-owed": {
    audience: "holder",
    retriable: true,
    meaning: "The first proof holds; this place, or the temporary access, wants a second one before a seat is given.",
    remedy: "Give the code of the authenticator application, or use the security key, within two minutes.",
  },
  "second-factor-missing": {
    audience: "holder",
    retriable: false,
    meaning: "A second proof is wanted, and the holder has registered none.",
    remedy: "Register one from the portal, signed in by card and PIN at a workstation inside the hospital.",
  },
  "second-factor-wrong": {
    audience: "holder",
    retriable: true,
    meaning: "The code is wrong, too old, or was used before.",
    remedy: "Type the code that the authenticator application shows now; check its clock where it is never accepted.",
  },
  "second-factor-key-refused": {
    audience: "holder",
    retriable: true,
    meaning: "The security key's answer does not verify: another key, another origin, or its counter went back.",
    remedy: "Use a key that is registered; remove one whose counter went back, since it may have been copied.",
  },
  "second-factor-declined": {
    audience: "holder",
    retriable: true,
    meaning: "The holder turned back from the page of the security key.",
    remedy: "Choose the code, or the key again.",
  },
  "second-factor-over": {
    audience: "holder",
    retriable: true,
    meaning: "The sign-in that this belongs to waits no longer: two minutes have passed, or it was left.",
    remedy: "Sign in again from the start.",
  },
  "second-factor-not-by-card": {
    audience: "holder",
    retriable: false,
    meaning: "Second proofs are registered and removed only in a session of card and PIN.",
    remedy: "Sign in by card, or have the helpdesk reset what is registered.",
  },
  "second-factors-full": {
    audience: "holder",
    retriable: false,
    meaning: "The holder has as many security keys registered as he can have.",
    remedy: "Remove one that is not used any more.",
  },
} as const satisfies Record<string, FailureEntry>;
