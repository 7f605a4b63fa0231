import type { FailureEntry } from "./entry.ts";

/** Refusals of a holder's certificate, card or proof by the verifier. */
export const proofFailures = {
  "certificate-expired": {
    audience: "holder",
    retriable: false,
    meaning: "The card's certificate is past its validity.",
    remedy: "Order a new card; ask the helpdesk for temporary access meanwhile.",
  },
  "certificate-not-yet-valid": {
    audience: "support",
    retriable: false,
    meaning: "The card's certificate is not valid yet, or a clock is wrong.",
    remedy: "Check the broker's clock.",
  },
  "certificate-revoked": {
    audience: "holder",
    retriable: false,
    meaning: "The card has been revoked by its authority.",
    remedy: "Hand the card in; ask the helpdesk for temporary access.",
  },
  "card-reported-lost": {
    audience: "holder",
    retriable: false,
    meaning: "The holder has reported this card, or all that he had until then, as lost.",
    remedy: "Where it was found again, an administrator takes the report back in the console, under Fallback.",
  },
  "certificate-untrusted": {
    audience: "support",
    retriable: false,
    meaning: "No valid path leads from the card's certificate to one of our trust anchors.",
    remedy: "See the verdict's reason in the trail; check the trust configuration.",
  },
  "certificate-wrong-purpose": {
    audience: "support",
    retriable: false,
    meaning: "The certificate is not one for signing in (key usage or extended key usage).",
    remedy: "The driver must choose the authentication certificate.",
  },
  "certificate-malformed": {
    audience: "support",
    retriable: false,
    meaning: "The certificate cannot be read as strict DER X.509.",
    remedy: "Try another card of the same family.",
  },
  "revocation-unknown": {
    audience: "support",
    retriable: true,
    meaning: "No current revocation data say that the certificate is good.",
    remedy: "Check that the broker can fetch the authority's CRL.",
  },
  "identity-missing": {
    audience: "support",
    retriable: false,
    meaning: "The certificate names no person that our rules can read.",
    remedy: "Try the identity rules on it: `wardkey cert identity`.",
  },
  "card-not-nominative": {
    audience: "holder",
    retriable: false,
    meaning: "The card belongs to a service, not to one person: it opens no personal session.",
    remedy: "Use a personal card.",
  },
  "card-for-testing": {
    audience: "support",
    retriable: false,
    meaning: "A TEST card was shown to a broker in service.",
    remedy: "Use it in demonstration mode alone.",
  },
  "card-family-not-allowed": {
    audience: "support",
    retriable: false,
    meaning: "The card is of a family that its trust domain does not let sign in.",
    remedy: "Check `families` in the trust document.",
  },
  "challenge-unknown": {
    audience: "holder",
    retriable: true,
    meaning: "The proof answers a challenge that was never given, is older than 60 s or was used already.",
    remedy: "Take the card out and insert it again.",
  },
  "proof-mismatch": {
    audience: "support",
    retriable: false,
    meaning: "The proof was made for something else than what was asked: other workstation, purpose or certificate.",
    remedy: "Take the card out and insert it again; if it repeats, suspect the workstation.",
  },
  "proof-signature-wrong": {
    audience: "holder",
    retriable: false,
    meaning: "The signature was not made by the key of the certificate shown.",
    remedy: "The card may be a copy: hand it in.",
  },
} as const satisfies Record<string, FailureEntry>;
